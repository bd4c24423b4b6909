"""How a plan is printed: what is missing in numbers, then by manager, the best pair first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from matcher.actions.plan_reading import PlanView
from matcher.cli.plan_lines import plan_lines
from matcher.domain.enums import Language, Noun
from matcher.domain.plan import (
    LineState,
    Plan,
    PlanLine,
    Quota,
    Short,
    Shortfall,
    Unassigned,
    Unmet,
)


def line(need: str, manager: str, value: float, **more: LineState) -> PlanLine:
    return PlanLine(need=need, outcome="o1", manager=manager, value=value, **more)


VIEW = PlanView(
    Plan(
        id="P1",
        made_at=datetime(2026, 11, 1, tzinfo=UTC),
        by="a1",
        quota=Quota(least=1, most=3),
        lines=(
            line("n1", "m2", 0.25),
            line("n2", "m1", 0.5),
            line("n3", "m1", 0.75),
            line("n4", "m1", 0.9, state=LineState.REMOVED),
        ),
        unassigned=(
            Unassigned(need="n5", outcome="o1", rule=Unmet.QUOTA),
            Unassigned(need="n6", outcome="o1", rule=Unmet.WEAK),
            Unassigned(need="n7", outcome="o1", rule=Unmet.QUOTA),
        ),
        short=(Short(manager="m3", missing=1, reason=Shortfall.NO_PAIR),),
    ),
    1,
    {(Noun.NEED, "n3"): "涂层\x1b[31m", (Noun.MANAGER, "m1"): "某甲"},
    ("new_model",),
)


IN_SHORT = [
    "P1  draft  1:3  3 pairs",
    "Unassigned: 3 (those who fit best are full 2 · need and outcome have too little in common 1)",
    "Managers below the least: 1 (too few pairs fit 1)",
    "Degraded: new_model",
    "m1 某甲",
    "  0.750  n3 涂层 [31m + o1",
    "  0.500  n2 + o1",
    "m2",
    "  0.250  n1 + o1",
]


def test_what_could_not_be_is_counted_before_the_pairs() -> None:
    assert list(plan_lines(VIEW, Language.EN)) == IN_SHORT


def test_the_details_come_after_the_pairs() -> None:
    assert list(plan_lines(VIEW, Language.EN, details=True)) == [
        *IN_SHORT,
        "Unassigned:",
        "  n5 + o1: those who fit best are full",
        "  n6 + o1: need and outcome have too little in common",
        "  n7 + o1: those who fit best are full",
        "Managers below the least:",
        "  m3: missing 1: too few pairs fit",
    ]


def test_the_plan_in_chinese() -> None:
    told = list(plan_lines(VIEW, Language.ZH))
    assert told[:3] == [
        "P1  草案  1:3  3 对接",
        "未分配: 3 (最合适的经理人均已满额 2 · 需求与成果相关性弱 1)",
        "未达下限的经理人: 1 (合适的对接太少 1)",
    ]


def test_of_a_plan_that_lacks_nothing_there_is_nothing_to_count() -> None:
    whole = PlanView(replace(VIEW.plan, unassigned=(), short=()), 1, {})
    told = list(plan_lines(whole, Language.EN, details=True))
    assert told[:2] == ["P1  draft  1:3  3 pairs", "m1"]
    assert told[-1] == "  0.250  n1 + o1"
