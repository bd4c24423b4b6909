"""The steps that a page offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from matcher.domain.contract import Contract
from matcher.domain.enums import FollowUpState as S
from matcher.domain.followup import FollowUp, legal_transitions, transition
from matcher.domain.phase import Phase
from matcher.web.move_choices import choice_of, choices

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
NEW = FollowUp(id="F1", need="w1", outcome="o1", manager="m1")


@pytest.mark.parametrize("state", list(S)[:12])
def test_all_legal_steps_are_offered_and_no_others_each_with_a_key_of_its_own(state: S) -> None:
    one = NEW
    if state is not S.SUGGESTED:
        one = transition(one, S.CONTRACT_SIGNED, by="a", at=NOW)
        one = replace(one, state=state, history=(replace(one.history[0], to_state=state),))
    held = (
        one
        if state is S.CLOSED
        else transition(one, S.ON_HOLD, by="a", at=NOW, until=date(2027, 1, 1))
    )
    for each in (one, held):
        found = choices(each)
        assert tuple(choice.state for choice in found) == legal_transitions(each)
        assert len({choice.key for choice in found}) == len(found)


def test_what_has_to_be_said_with_a_step() -> None:
    asks = {choice.state: choice.asks for choice in choices(NEW) if choice.asks}
    assert asks == {S.DECLINED: "reason", S.ON_HOLD: "until", S.DUPLICATE: "of"}
    signed = transition(NEW, S.CONTRACT_SIGNED, by="a", at=NOW)
    numbered = replace(signed, contract=Contract(contract_reg_no="7"))
    for one, field in ((signed, "contract_reg_no"), (numbered, "")):
        choice = choice_of(one, S.REGISTERED)
        assert choice is not None
        assert choice.asks == field


def test_a_phase_has_the_steps_that_lead_into_it() -> None:
    assert [one.state for one in choices(NEW, Phase.NEGOTIATION)] == [S.NEGOTIATING]
    assert choices(NEW, Phase.PAYMENT) == ()
    assert choice_of(NEW, S.PAID) is None
    assert [one.state for one in choices(NEW, Phase.END)] == [
        *(S.DECLINED, S.EXPIRED, S.DUPLICATE, S.WITHDRAWN)
    ]
