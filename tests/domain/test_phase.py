"""Phases: the states of a follow-up in groups."""

from __future__ import annotations

import pytest

from matcher.domain.enums import FollowUpState as S
from matcher.domain.phase import STATES, Phase, phase_of


def test_every_state_is_in_one_phase_and_a_hold_in_none() -> None:
    placed = [state for states in STATES.values() for state in states]
    assert len(placed) == len(set(placed))
    assert set(placed) == set(S) - {S.ON_HOLD}


def test_phases_follow_the_chain() -> None:
    chain = [S.SUGGESTED, S.NDA_SIGNED, S.NEGOTIATING, S.CONTRACT_SIGNED, S.PAID, S.CLOSED]
    assert [phase_of(state, state) for state in chain] == list(Phase)


@pytest.mark.parametrize(("state", "phase"), [(S.ON_HOLD, Phase.EXCHANGE), (S.DECLINED, Phase.END)])
def test_what_is_held_stays_where_it_was_and_what_has_ended_does_not(
    state: S, phase: Phase
) -> None:
    assert phase_of(state, S.TECHNICAL_EXCHANGE) is phase
