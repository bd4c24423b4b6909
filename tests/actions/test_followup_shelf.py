"""What a file adds to a follow-up that is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from matcher.actions.followup_shelf import FollowUpShelf
from matcher.domain import DeclineReason, FollowUp, Note, Transition, transition
from matcher.domain.enums import FollowUpState as State
from matcher.errors import IllegalTransition, InvalidValue
from matcher.files.followup_rows import BY_IMPORT
from matcher.files.row_report import ParsedRow

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=9)
FLAT = frozenset({"need", "outcome", "manager", "state", "next_action"})
WHOLE = FLAT | {"history", "notes", "contract", "node"}
BEGUN = FollowUp(id="f", need="n", outcome="o", manager="m", node="core")


def row(state: State, at: dt.datetime = NOW, **more: Any) -> FollowUp:
    """What the reader makes of a plain row."""
    step = {name: more.pop(name) for name in ("reason", "until", "of") if name in more}
    told = Transition(from_state=State.SUGGESTED, to_state=state, by=BY_IMPORT, at=at, **step)
    history = () if state is State.SUGGESTED else (told,)
    return replace(BEGUN, state=state, history=history, **more)


def blended(before: FollowUp, after: FollowUp, holds: frozenset[str] = FLAT) -> FollowUp:
    return FollowUpShelf().blended(before, ParsedRow(2, after), holds)


def test_a_row_leads_on_by_one_step() -> None:
    before = transition(BEGUN, State.ACCEPTED, by="a", at=NOW)
    after = blended(before, row(State.NEGOTIATING, LATER, next_action="call"))
    assert after.history[:1] == before.history
    assert (after.history[-1].by, after.history[-1].at) == (BY_IMPORT, LATER)
    assert (after.state, after.next_action) == (State.NEGOTIATING, "call")


def test_a_row_of_the_same_state_changes_nothing() -> None:
    before = row(State.NEGOTIATING)
    assert blended(before, row(State.NEGOTIATING, LATER)) == before


def test_a_step_is_no_earlier_than_the_one_before() -> None:
    before = transition(BEGUN, State.ACCEPTED, by="a", at=LATER)
    assert blended(before, row(State.CONTACTED, NOW)).history[-1].at == LATER


def test_an_illegal_step_after_what_people_did_is_refused() -> None:
    before = transition(BEGUN, State.NEGOTIATING, by="a", at=NOW)
    with pytest.raises(IllegalTransition):
        blended(before, row(State.ACCEPTED, LATER))
    with pytest.raises(IllegalTransition):
        blended(replace(BEGUN, state=State.NEGOTIATING), row(State.ACCEPTED))


def test_what_an_import_said_a_later_one_may_put_right() -> None:
    before = row(State.NEGOTIATING)
    assert blended(before, row(State.ACCEPTED, LATER)).state is State.ACCEPTED
    assert blended(before, row(State.SUGGESTED)).state is State.SUGGESTED


def test_a_row_that_people_went_on_from_changes_nothing() -> None:
    before = transition(row(State.CONTACTED), State.NEGOTIATING, by="a", at=LATER)
    assert blended(before, row(State.CONTACTED, LATER, next_action="old")) == before
    accepted = transition(BEGUN, State.ACCEPTED, by="a", at=NOW)
    assert blended(accepted, BEGUN) == accepted


def test_a_whole_history_goes_on_where_the_stored_one_ends() -> None:
    before = transition(BEGUN, State.ACCEPTED, by="a", at=NOW)
    noted = replace(before, notes=(Note(by="a", at=NOW, text="x"),))
    longer = transition(noted, State.CONTACTED, by="a", at=LATER)
    assert blended(before, longer, WHOLE) == longer
    assert blended(longer, before, WHOLE) == longer


def test_another_history_is_refused() -> None:
    before = transition(BEGUN, State.ACCEPTED, by="a", at=NOW)
    other = transition(BEGUN, State.ACCEPTED, by="b", at=NOW)
    with pytest.raises(InvalidValue, match="history"):
        blended(before, other, WHOLE)


def test_a_follow_up_stays_with_its_pair() -> None:
    with pytest.raises(InvalidValue) as error:
        blended(BEGUN, replace(BEGUN, outcome="o2"))
    assert error.value.where["field"] == "outcome"


def test_another_reason_for_the_same_state_is_refused() -> None:
    before = row(State.DECLINED, reason=DeclineReason.PRICE)
    with pytest.raises(InvalidValue, match="reason"):
        blended(before, row(State.DECLINED, reason=DeclineReason.REGION))


def test_ids_that_no_database_holds_are_refused() -> None:
    with pytest.raises(InvalidValue):
        FollowUpShelf().check(replace(BEGUN, manager="\0"))
