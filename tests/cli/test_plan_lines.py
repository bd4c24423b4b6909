"""How a plan is printed: by manager, the best pair first, then what is missing, in words."""

from __future__ import annotations

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
        unassigned=(Unassigned(need="n5", outcome="o1", rule=Unmet.QUOTA),),
        short=(Short(manager="m3", missing=1, reason=Shortfall.NO_PAIR),),
    ),
    1,
    {(Noun.NEED, "n3"): "涂层\x1b[31m", (Noun.MANAGER, "m1"): "某甲"},
    ("new_model",),
)


def test_the_plan_in_english() -> None:
    assert list(plan_lines(VIEW, Language.EN)) == [
        "P1  draft  1:3  3 pairs",
        "m1 某甲",
        "  0.750  n3 涂层 [31m + o1",
        "  0.500  n2 + o1",
        "m2",
        "  0.250  n1 + o1",
        "Unassigned: those who fit best are full 1",
        "  n5 + o1: those who fit best are full",
        "Below the least:",
        "  m3: missing 1: too few pairs fit",
        "Degraded: new_model",
    ]


def test_the_plan_in_chinese() -> None:
    told = list(plan_lines(VIEW, Language.ZH))
    assert told[0] == "P1  草案  1:3  3 对接"
    assert told[6:8] == ["未分配: 最合适的经理人均已满额 1", "  n5 + o1: 最合适的经理人均已满额"]
