"""Whose a pair is, by how its follow-up went."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as S
from matcher.domain.followup import FollowUp, transition
from matcher.domain.pursuit import (
    ASSIGNED,
    CARRIED,
    PROMISED,
    is_carried,
    is_closed,
    is_closed_to,
    is_signed,
    is_taken,
)

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
NEW = FollowUp(id="F1", need="w1", outcome="o1", manager="m1")


def walked(*states: S, why: str = "") -> FollowUp:
    followup = NEW
    for to in states:
        facts = {
            S.DECLINED: {"reason": DeclineReason.NO_CAPACITY},
            S.ON_HOLD: {"until": date(2030, 1, 1)},
            S.DUPLICATE: {"of": "F2"},
        }
        followup = transition(followup, to, by="a", at=NOW, why=why, **facts.get(to, {}))  # type: ignore[arg-type]
    return followup


@pytest.mark.parametrize(
    ("states", "taken"),
    [
        ((), True),  # assigned, not answered yet
        ((S.ACCEPTED,), True),
        ((S.ACCEPTED, S.ON_HOLD), True),
        ((S.ACCEPTED, S.CONTRACT_SIGNED), True),
        ((S.DECLINED,), False),
        ((S.ON_HOLD,), False),
        ((S.ACCEPTED, S.WITHDRAWN, S.SUGGESTED), False),
        ((S.ACCEPTED, S.DECLINED), False),
        ((S.ACCEPTED, S.CONTRACT_SIGNED, S.CLOSED), False),
    ],
)
def test_a_pair_is_taken_from_acceptance_until_it_ends(states: tuple[S, ...], taken: bool) -> None:
    assert is_taken(walked(*states)) is taken


def test_what_a_plan_assigns_anew_is_taken_like_what_it_assigns_first() -> None:
    assert is_taken(walked(S.EXPIRED, S.SUGGESTED, why=ASSIGNED))
    assert not is_taken(walked(S.EXPIRED, S.SUGGESTED, why="another look"))
    assert not is_taken(walked(S.DECLINED, why=ASSIGNED))


@pytest.mark.parametrize(
    ("states", "carried"),
    [((), False), ((S.ACCEPTED,), True), ((S.ACCEPTED, S.ON_HOLD), True), ((S.DECLINED,), False)],
)
def test_it_is_carried_once_it_is_accepted(states: tuple[S, ...], carried: bool) -> None:
    assert is_carried(walked(*states)) is carried


@pytest.mark.parametrize(
    ("states", "to_all", "to_the_manager"),
    [
        ((), True, True),
        ((S.ACCEPTED,), True, True),
        ((S.ACCEPTED, S.CONTRACT_SIGNED, S.CLOSED), True, True),
        ((S.DECLINED,), False, True),
        ((S.ON_HOLD,), False, True),
        ((S.DECLINED, S.SUGGESTED), False, True),
        ((S.EXPIRED,), False, False),
        ((S.ACCEPTED, S.WITHDRAWN), False, False),
        ((S.DUPLICATE,), False, False),
    ],
)
def test_a_decline_closes_a_pair_to_whoever_declined_alone(
    states: tuple[S, ...], to_all: bool, to_the_manager: bool
) -> None:
    followup = walked(*states)
    assert is_closed(followup) is to_all
    assert is_closed_to(followup, "m1") is to_the_manager
    assert is_closed_to(followup, "m2") is to_all


def test_what_was_signed_stays_signed() -> None:
    assert is_signed(walked(S.ACCEPTED, S.CONTRACT_SIGNED, S.WITHDRAWN))
    assert not is_signed(walked(S.ACCEPTED, S.NEGOTIATING, S.WITHDRAWN))


def test_what_waits_for_an_answer_is_promised_but_not_carried() -> None:
    assert set(PROMISED) - set(CARRIED) == {S.SUGGESTED}
