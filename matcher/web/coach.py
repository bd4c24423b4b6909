"""How complete a need or an outcome is, and what is worth adding, in words.

What is said of each is what the product does with it; none of it is a figure that was measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.actions.completeness import Aspect, completeness
from matcher.domain.enums import Noun
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.web.say import Say

MOST = 3
"""Suggestions at a time."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to add. name: the field of the form it belongs into."""

    name: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class CoachShown:
    """percent: 0 to 100; level: the same in words; suggestions: the most useful first."""

    percent: int
    said: int
    all: int
    level: str
    suggestions: tuple[Suggestion, ...]


def coach_shown(record: Need | Outcome, say: Say) -> CoachShown:
    """What the coach says of a record as it stands."""
    noun = Noun.NEED if isinstance(record, Need) else Noun.OUTCOME
    found = completeness(record)
    return CoachShown(
        percent=found.percent,
        said=len(found.said),
        all=len(Aspect),
        level=say(*_level(found.percent)),
        suggestions=tuple(_suggestion(noun, one, say) for one in found.missing[:MOST]),
    )


def _level(percent: int) -> Pair:
    if percent == 100:
        return "齐全", "complete"
    if percent >= 70:
        return "较完整", "nearly complete"
    return ("还缺一些", "some of it is missing") if percent >= 35 else ("刚开始", "just begun")


def _suggestion(noun: Noun, aspect: Aspect, say: Say) -> Suggestion:
    name, text, why = _WORDS[noun][aspect]
    return Suggestion(name, say(*text), say(*why))


_FOUND_BY_WORDS: Pair = (
    "匹配靠文字：写到的词，才能与对方的词对上。",
    "Matching reads the words: only what is written can meet the other side’s.",
)
_FIELD = (
    "field",
    ("选一个技术领域。", "Choose a field."),
    (
        "按领域筛选时才找得到。",
        "Those who narrow down by field find it.",
    ),
)
_REGION = (
    "region",
    ("写上地区。", "Say where."),
    ("按地区筛选时才找得到。", "Those who narrow down by place find it."),
)
_EFFECT_WHY: Pair = (
    "读者一眼就能判断够不够。",
    "A reader sees at once whether it is enough.",
)
_Words = Mapping[Aspect, tuple[str, Pair, Pair]]
_OF_NEED: _Words = {
    Aspect.TITLE: (
        "title",
        ("名称写具体：对象和要达到的性能。", "A title that tells: what, and what it must do."),
        ("列表里只看得到名称。", "In lists the title is what is read."),
    ),
    Aspect.SUBJECT: (
        "problem",
        ("涉及什么材料、部件或对象？", "Which material, part or object is it about?"),
        _FOUND_BY_WORDS,
    ),
    Aspect.METHOD: (
        "problem",
        ("用过或设想用什么方法、工艺？", "Which method or process was tried, or do you think of?"),
        _FOUND_BY_WORDS,
    ),
    Aspect.EFFECT: (
        "indicators",
        ("要改善多少？写：现有值 → 目标值。", "By how much? Write: value now → value wanted."),
        _EFFECT_WHY,
    ),
    Aspect.INDICATOR: (
        "indicators",
        ("写一项带数字的指标。", "Give one indicator with a number."),
        (
            "成果方据此判断能否做到。",
            "By it holders tell whether they can do it.",
        ),
    ),
    Aspect.APPLICATION: (
        "problem",
        ("用在哪里？哪条产线、哪种设备？", "What is it used for: which line, which machine?"),
        _FOUND_BY_WORDS,
    ),
    Aspect.MONEY: (
        "budget",
        ("写上预算，估计数也行。", "Give a budget; an estimate will do."),
        ("有了预算，太贵的成果不再推荐。", "With it, what is too dear is left out."),
    ),
    Aspect.MODES: (
        "coop_modes",
        ("选合作方式，可多选。", "Choose how you’d work together; several may suit."),
        ("对方先看方式是否合适。", "The other side sees whether the way suits."),
    ),
    Aspect.TRL: (
        "min_trl",
        ("最低要多成熟？", "How mature must it be at least?"),
        ("有了它，太早的成果不再推荐。", "With it, what is too early is left out."),
    ),
    Aspect.DEADLINE: (
        "valid_until",
        ("写上截止日期。", "Give a deadline."),
        ("过期后不再推荐，免得有人白问。", "After it nobody is sent to you in vain."),
    ),
    Aspect.FIELD: _FIELD,
    Aspect.REGION: _REGION,
}
_OF_OUTCOME: _Words = {
    **_OF_NEED,
    Aspect.TITLE: (
        "title",
        ("名称写具体：是什么、用在哪里。", "A title that tells: what it is and what for."),
        ("列表里只看得到名称。", "In lists the title is what is read."),
    ),
    Aspect.SUBJECT: (
        "summary",
        ("涉及什么材料、部件或对象？", "Which material, part or object is it about?"),
        _FOUND_BY_WORDS,
    ),
    Aspect.METHOD: (
        "summary",
        ("用的是什么方法、工艺？", "By which method or process does it work?"),
        _FOUND_BY_WORDS,
    ),
    Aspect.EFFECT: (
        "advantages",
        ("比现有技术好多少？写：现有值 → 实测值。", "Better by how much? Write: usual → measured."),
        _EFFECT_WHY,
    ),
    Aspect.INDICATOR: (
        "advantages",
        ("写一项带数字的实测指标。", "Give one measured figure."),
        ("企业据此判断能否采用。", "By it enterprises tell whether it is for them."),
    ),
    Aspect.APPLICATION: (
        "applications",
        ("可以用在哪里？", "What can it be used for?"),
        _FOUND_BY_WORDS,
    ),
    Aspect.MONEY: (
        "price",
        ("写上价格，或可先使用后付费。", "Give a price, or let it be paid after use."),
        ("企业按预算筛选时看得到。", "Enterprises can hold it against their budget."),
    ),
    Aspect.MODES: (
        "transfer_modes",
        ("选转化方式，可多选。", "Choose how it may pass to others; several may suit."),
        ("对方先看方式是否合适。", "The other side sees whether the way suits."),
    ),
    Aspect.TRL: (
        "trl",
        ("现在多成熟？", "How mature is it?"),
        ("需求常有最低成熟度要求。", "Needs may ask for a lowest one."),
    ),
    Aspect.DEADLINE: (
        "valid_until",
        ("写上有效期。", "Say until when it is offered."),
        ("过期后不再推荐，免得有人白问。", "After it nobody is sent to you in vain."),
    ),
}
_WORDS: Mapping[Noun, _Words] = {Noun.NEED: _OF_NEED, Noun.OUTCOME: _OF_OUTCOME}
