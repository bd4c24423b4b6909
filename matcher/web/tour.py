"""The tour: what newcomers of each role are shown, stop by stop, on the pages themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask, g, request

from matcher.actions.touring import tour_of
from matcher.domain.enums import Role
from matcher.errors import MatcherError
from matcher.web.context import platform, viewer
from matcher.web.nav import nav_for


@dataclass(frozen=True, slots=True)
class Stop:
    """A page and what is said there, in both languages.

    endpoint: without "page."; aim: what it points at, as CSS selects it; nothing where it isn't.
    """

    endpoint: str
    roles: tuple[Role, ...]
    aim: str
    titles: tuple[str, str]
    texts: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a reader stands: at stop `number`, from 1, of `stops`; here: it is on this page."""

    stop: Stop
    number: int
    stops: int
    here: bool


STOPS = (
    Stop(
        "today.show",
        (Role.MANAGER,),
        ".pair.open .sides",
        ("每天从这里开始", "Your day starts here"),
        (
            "左边是谁需要，右边是谁有。两边画同样线的词意思相同，一中一英也一样；指着一个，另一个会亮起来。",
            "On the left who needs, on the right who has. Words underlined in both texts mean the "
            "same, also across languages: point at one and its partner lights up.",
        ),
    ),
    Stop(
        "today.show",
        (Role.MANAGER,),
        ".pair.open .acts",
        ("一个键就定", "One key decides"),
        (
            "a 接受，d 不合适（再按数字说原因），s 稍后，w 看详细的理由，u 撤销。"
            "您的决定会让以后的推荐更准。",
            "a accepts, d declines (a number says why), s puts off, w shows why in full, u takes "
            "the last one back. Later suggestions learn from it.",
        ),
    ),
    Stop(
        "pipeline.show",
        (Role.MANAGER,),
        ".board, .finished",
        ("接受的都在这里", "What you accept is here"),
        (
            "每张卡片是一次跟进：下一步是什么、哪天到期，过期的在最前面。可以拖动，也可以按键移动。",
            "Each card is a follow-up with its next step and day, overdue ones first. Drag it, or "
            "move it by key.",
        ),
    ),
    Stop(
        "imports.show_all",
        (Role.ADMIN,),
        ".upload",
        ("先把数据放进来", "First bring in what you have"),
        (
            "成果、需求、经理人的 Excel 或 CSV 文件。先检查，哪一行有什么问题都看得到；"
            "导入后也能整个撤销。",
            "Outcomes, needs and managers, from Excel or CSV. Everything is checked first, row by "
            "row, and a whole import can be undone.",
        ),
    ),
    Stop(
        "models.show",
        (Role.ADMIN,),
        ".train",
        ("再训练模型", "Then train a model"),
        (
            "推荐来自模型。训练会用上最新的记录和大家的反馈；只有没有变差的才会发布，也随时可以回退。",
            "Suggestions come from a model. Training takes in new records and what people decided; "
            "a worse one isn't published, and you can always go back.",
        ),
    ),
    Stop(
        "quality.show",
        (Role.ADMIN,),
        "section.plot",
        ("看看效果如何", "See how it goes"),
        (
            "推荐有多少被接受、多久联系上、谁得到了机会，以及今天可以处理的：过期的信息、重复的记录。",
            "How many suggestions are accepted, how soon people are contacted, who gets a chance; "
            "and what can be put right today: listings out of date, duplicates.",
        ),
    ),
    Stop(
        "needs.show",
        (Role.ENTERPRISE,),
        "a.btn-primary",
        ("写下您的需求", "Write down what you need"),
        (
            "边写边能看到有哪些成果符合，旁边会提示还缺什么。写一半去看别的页面也没关系，内容留在这个窗口里。",
            "While you write you see which outcomes fit, and what is still missing. Look elsewhere "
            "half-way if you like: this window keeps what you typed.",
        ),
    ),
    Stop(
        "outcomes.show",
        (Role.HOLDER,),
        "a.btn-primary",
        ("写下您的成果", "Write down what you have"),
        (
            "边写边能看到有哪些需求符合，旁边会提示还缺什么。写一半去看别的页面也没关系，内容留在这个窗口里。",
            "While you write you see which needs fit, and what is still missing. Look elsewhere "
            "half-way if you like: this window keeps what you typed.",
        ),
    ),
    Stop(
        "find.show",
        tuple(Role),
        "#search",
        ("用自己的话查找", "Find in your own words"),
        (
            "中文也能找到英文的成果，反过来也一样。左边可以缩小范围；满意的查找可以保存，有新的会告诉您。",
            "A search in one language finds listings in the other. Narrow it down on the left, and "
            "save it to be told of new results.",
        ),
    ),
    Stop(
        "interests.show",
        (Role.ENTERPRISE,),
        "h1",
        ("有意向，就说一声", "Say what interests you"),
        (
            "看中一项成果就点“表达意向”，会有一位经理人来联系您。进展都在这里。",
            "Express interest in an outcome and a manager will contact you. You see here how far "
            "it is.",
        ),
    ),
)


def stops_for(roles: Iterable[Role]) -> tuple[Stop, ...]:
    """What somebody with these roles is shown, in order."""
    held = set(roles)
    return tuple(one for one in STOPS if held & set(one.roles))


def standing() -> Standing | None:
    """The stop of whoever reads: on its own page, and on the one that they come in by."""
    reader = viewer().account if "signed_in" in g else None
    if reader is None or not request.endpoint:
        return None
    stops = stops_for(reader.roles)
    endpoint = request.endpoint.removeprefix("page.")
    entry = nav_for(reader.roles)[0].place.endpoint
    if endpoint not in {entry, *(one.endpoint for one in stops)}:
        return None
    try:
        tour = tour_of(platform(), viewer())
    except MatcherError:
        return None  # The page itself says what is wrong.
    if tour.over or tour.step >= len(stops):
        return None
    stop = stops[tour.step]
    here = endpoint == stop.endpoint
    return Standing(stop, tour.step + 1, len(stops), here) if here or endpoint == entry else None


def add_tour(app: Flask) -> None:
    """Give templates `tour()`, the stop to be shown."""
    app.context_processor(_offered)


def _offered() -> dict[str, Any]:
    return {"tour": partial(standing)}
