"""Carrying a pair on."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.actions.decisions import Decision, decide
from matcher.actions.followups import move, note, set_contract
from matcher.actions.platform import Platform
from matcher.domain.contract import Contract
from matcher.domain.enums import DeclineReason, Noun
from matcher.domain.enums import FollowUpState as State
from matcher.domain.visibility import SYSTEM
from matcher.errors import (
    EditConflict,
    IllegalTransition,
    InvalidValue,
    NotAllowed,
    NotFound,
)
from matcher.store import events, followups
from tests.actions.pursuits import sign_up
from tests.platforms import manager, outcome, put


def begun(platform: Platform, decision: Decision = Decision.ACCEPT, by: str = "m1") -> str:
    facts = {} if decision is Decision.ACCEPT else {"reason": DeclineReason.PRICE}
    kept = decide(platform, SYSTEM, by, "w1", "o1", decision, **facts)  # type: ignore[arg-type]
    return kept.followup.id


def verbs(platform: Platform) -> list[str]:
    with platform.database.reading() as session:
        return [event.verb for _, event in events.read(session)]


def test_a_deal_goes_its_way_to_the_contract(platform: Platform) -> None:
    own = sign_up(platform, "a1", manager="m1")
    id_ = begun(platform)
    move(platform, own, id_, State.CONTACTED, why=" called ", version=1)
    signed = move(platform, own, id_, State.CONTRACT_SIGNED, contract=Contract(value=500_000))
    sheet = Contract(value=500_000, contract_reg_no="2026-1")
    kept = move(platform, own, id_, State.REGISTERED, contract=sheet)
    assert [step.why for step in kept.followup.history] == ["", "called", "", ""]
    assert signed.followup.contract == Contract(value=500_000)
    assert kept.followup.contract == sheet
    assert verbs(platform) == ["accepted", "contacted", "contract_signed", "registered"]
    with platform.database.reading() as session:
        assert followups.get(session, id_) == kept


def test_what_is_not_legal_is_refused_and_nothing_is_written(platform: Platform) -> None:
    id_ = begun(platform)
    with pytest.raises(IllegalTransition) as refused:
        move(platform, SYSTEM, id_, State.PAID)
    assert State.CONTACTED in refused.value.values["legal"]
    with pytest.raises(InvalidValue, match="until"):
        move(platform, SYSTEM, id_, State.ON_HOLD)
    with pytest.raises(EditConflict):
        move(platform, SYSTEM, id_, State.CONTACTED, version=7)
    assert verbs(platform) == ["accepted"]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
class TestWhoMayAndWhatMust:
    def test_a_duplicate_names_a_follow_up_that_is_there(self, platform: Platform) -> None:
        id_ = begun(platform)
        with pytest.raises(NotFound, match="'F-9'"):
            move(platform, SYSTEM, id_, State.DUPLICATE, of="F-9")
        other = decide(platform, SYSTEM, "m1", "w1", "o2", Decision.ACCEPT).followup.id
        kept = move(platform, SYSTEM, id_, State.DUPLICATE, of=other)
        assert kept.followup.history[-1].of == other

    def test_reopening_needs_a_pair_that_is_free(self, platform: Platform) -> None:
        id_ = begun(platform)
        move(platform, SYSTEM, id_, State.WITHDRAWN)
        rival = begun(platform, by="m2")
        with pytest.raises(EditConflict, match="Another manager"):
            move(platform, SYSTEM, id_, State.ACCEPTED)
        # Back among what may be answered it can go.
        move(platform, SYSTEM, id_, State.SUGGESTED)
        with pytest.raises(EditConflict, match="Another manager"):
            move(platform, SYSTEM, id_, State.CONTACTED)
        move(platform, SYSTEM, rival, State.EXPIRED)
        assert move(platform, SYSTEM, id_, State.CONTACTED).followup.is_open

    def test_a_conflict_that_came_later_keeps_out_who_begins_not_who_goes_on(
        self, platform: Platform
    ) -> None:
        id_ = begun(platform)
        declined = decide(
            platform, SYSTEM, "m1", "w1", "o2", Decision.DECLINE, reason=DeclineReason.REGION
        )
        put(platform, Noun.MANAGER, manager("m1", conflicts=("Harbour",)))
        put(platform, Noun.OUTCOME, *(outcome(one, holder="Harbour") for one in ("o1", "o2")))
        assert move(platform, SYSTEM, id_, State.CONTACTED).version == 2
        move(platform, SYSTEM, declined.followup.id, State.SUGGESTED)
        with pytest.raises(NotAllowed, match="conflict"):
            move(platform, SYSTEM, declined.followup.id, State.ACCEPTED)

    def test_follow_ups_of_others_are_not_there(self, platform: Platform) -> None:
        other = sign_up(platform, "a2", manager="m2")
        id_ = begun(platform)
        for change in (
            lambda: move(platform, other, id_, State.CONTACTED),
            lambda: note(platform, other, id_, "mine"),
        ):
            with pytest.raises(NotFound):
                change()


def test_notes_stay_and_the_next_step_is_replaced(platform: Platform) -> None:
    id_ = begun(platform)
    note(platform, SYSTEM, id_, "Called.", next_action=" Send the NDA ", due_on=date(2026, 12, 1))
    kept = note(platform, SYSTEM, id_, "Called again.")
    assert [one.text for one in kept.followup.notes] == ["Called.", "Called again."]
    assert (kept.followup.next_action, kept.followup.due) == ("Send the NDA", date(2026, 12, 1))
    kept = note(platform, SYSTEM, id_, next_action="")
    assert (kept.followup.next_action, kept.followup.due, len(kept.followup.notes)) == ("", None, 2)
    with pytest.raises(InvalidValue):
        note(platform, SYSTEM, id_, "  ")
    assert verbs(platform) == ["accepted", "noted", "noted", "next_set"]


def test_a_contract_sheet_is_replaced_without_a_step(platform: Platform) -> None:
    id_ = begun(platform)
    own = sign_up(platform, "a1", manager="m1")
    kept = set_contract(platform, own, id_, Contract(value=7), version=1)
    assert (kept.followup.contract, kept.version) == (Contract(value=7), 2)
    assert len(kept.followup.history) == 1
    assert verbs(platform)[-1] == "contract_noted"
    with pytest.raises(EditConflict):
        set_contract(platform, own, id_, Contract(), version=1)
    with pytest.raises(NotFound):
        set_contract(platform, sign_up(platform, "a2", manager="m2"), id_, Contract())


def test_a_registered_contract_keeps_a_number(platform: Platform) -> None:
    id_ = begun(platform)
    move(platform, SYSTEM, id_, State.CONTRACT_SIGNED)
    move(platform, SYSTEM, id_, State.REGISTERED, contract=Contract(contract_reg_no="1"))
    with pytest.raises(InvalidValue, match="has a number"):
        set_contract(platform, SYSTEM, id_, Contract(value=7))
    kept = set_contract(platform, SYSTEM, id_, Contract(contract_reg_no="2"))
    assert kept.followup.contract == Contract(contract_reg_no="2")
