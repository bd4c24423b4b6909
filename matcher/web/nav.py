"""The pages that each role finds at the top, the first of which is where it starts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.domain.enums import Language, Role

_EVERYONE = tuple(Role)


@dataclass(frozen=True, slots=True)
class Place:
    """A page at the top. endpoint: without "page."; key: what, after g, leads there.

    behind: whether it stands in the menu of administration, not in the row.
    """

    endpoint: str
    zh: str
    en: str
    roles: tuple[Role, ...]
    key: str = ""
    behind: bool = False

    def label(self, language: Language) -> str:
        """Its name."""
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True, slots=True)
class Shown:
    """A place for a reader; current: whether it is where they are."""

    place: Place
    endpoint: str
    current: bool


PLACES = (
    Place("today.show", "今日", "Today", (Role.MANAGER,), "t"),
    Place("pipeline.show", "跟进", "Pipeline", (Role.MANAGER, Role.ADMIN), "p"),
    Place("find.show", "查找", "Find", _EVERYONE, "f"),
    Place("needs.show", "我的需求", "My needs", (Role.ENTERPRISE,), "n"),
    Place("outcomes.show", "我的成果", "My outcomes", (Role.HOLDER,), "o"),
    Place(
        "interests.show",
        "意向",
        "Interests",
        (Role.ENTERPRISE, Role.MANAGER, Role.ADMIN),
        "i",
    ),
    Place("models.show", "模型", "Models", (Role.ADMIN,), "m"),
    Place("quality.show", "质量", "Quality", (Role.ADMIN,), "q"),
    Place("imports.show_all", "导入", "Import", (Role.ADMIN,), "u"),
    Place("jobs.show", "任务", "Jobs", (Role.ADMIN,), "j", behind=True),
    Place("people.show", "账户", "People", (Role.ADMIN,), "a", behind=True),
    Place("plans.show_all", "对接计划", "Plans", (Role.ADMIN,), "l", behind=True),
    Place("managers.show", "经理人", "Managers", (Role.ADMIN,), "e", behind=True),
    Place("nodes.show", "节点", "Nodes", (Role.ADMIN,), behind=True),
    Place("rules.show", "规则", "Rules", (Role.ADMIN,), behind=True),
    Place("audit.show", "操作记录", "Audit", (Role.ADMIN,), "h", behind=True),
)


def nav_for(roles: Iterable[Role], endpoint: str = "") -> tuple[Shown, ...]:
    """The pages at the top for these roles, in order."""
    held = set(roles)
    part = endpoint.removeprefix("page.").partition(".")[0]
    return tuple(
        Shown(one, f"page.{one.endpoint}", one.endpoint.partition(".")[0] == part)
        for one in PLACES
        if held & set(one.roles)
    )
