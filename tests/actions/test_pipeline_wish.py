"""Which follow-ups are wished for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from matcher.actions.decisions import UNDONE
from matcher.actions.pipeline_wish import Attention, PipelineWish, is_work
from matcher.domain.enums import FollowUpState as S
from matcher.domain.pursuit import ASSIGNED
from matcher.store.outlines import Outline

TODAY = date(2026, 11, 23)


def outline(**more: Any) -> Outline:
    own: dict[str, Any] = {
        **{"id": "F", "need": "w1", "outcome": "o1", "manager": "m1", "node": "n1"},
        **{"state": S.CONTACTED, "left": S.CONTACTED, "next_action": "Call", "due_on": None},
        **{"version": 1, "since": datetime(2026, 11, 1, tzinfo=UTC), "why": "", "until": None},
    }
    return Outline(**{**own, **more})


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (22, [Attention.LATE, Attention.TODAY, Attention.SOON]),
        (23, [Attention.TODAY, Attention.SOON]),
        (30, [Attention.SOON]),
    ],
)
def test_what_is_due_is_due_by_a_day_and_what_is_late_was_due_before_today(
    day: int, wanted: list[Attention]
) -> None:
    one = outline(due_on=date(2026, 11, day))
    asked = [each for each in Attention if PipelineWish(attention=each).asks_for(one, TODAY)]
    assert asked == wanted


def test_without_a_next_day_only_what_is_carried_stands_idle() -> None:
    idle = PipelineWish(attention=Attention.IDLE)
    assert idle.asks_for(outline(), TODAY)
    assert not idle.asks_for(outline(due_on=TODAY), TODAY)
    assert not idle.asks_for(outline(state=S.CLOSED), TODAY)
    assert not idle.asks_for(outline(state=S.ON_HOLD, until=TODAY), TODAY)


@pytest.mark.parametrize("state", [S.DECLINED, S.ON_HOLD])
def test_what_was_never_taken_up_stands_aside(state: S) -> None:
    one = outline(state=state, left=S.SUGGESTED)
    assert not PipelineWish().asks_for(one, TODAY)
    assert not PipelineWish(states=(state,)).asks_for(one, TODAY)
    assert PipelineWish(aside=True).asks_for(one, TODAY)


def test_a_decision_that_was_taken_back_is_no_follow_up() -> None:
    back = outline(state=S.SUGGESTED, left=S.SUGGESTED, why=UNDONE)
    assert not PipelineWish(aside=True).asks_for(back, TODAY)
    assert PipelineWish().asks_for(outline(why=UNDONE), TODAY)


def test_states_narrow_it_down() -> None:
    wish = PipelineWish(states=(S.PAID,))
    assert not wish.asks_for(outline(), TODAY)
    assert wish.asks_for(outline(state=S.PAID), TODAY)


@pytest.mark.parametrize(
    ("more", "work"),
    [
        ({}, True),
        ({"state": S.DECLINED, "left": S.CONTACTED}, True),
        ({"state": S.DECLINED, "left": S.SUGGESTED}, False),
        ({"state": S.ON_HOLD, "left": S.SUGGESTED}, False),
        ({"state": S.SUGGESTED, "left": S.SUGGESTED}, False),
        ({"state": S.SUGGESTED, "left": S.SUGGESTED, "since": None}, True),
        ({"state": S.SUGGESTED, "left": S.SUGGESTED, "why": ASSIGNED}, True),
    ],
)
def test_work_is_what_was_taken_up_or_assigned(more: dict[str, Any], work: bool) -> None:
    assert is_work(outline(**more)) is work
