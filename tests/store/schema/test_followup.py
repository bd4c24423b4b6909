"""The tables of follow-ups: every field has its place, and no part is without its whole."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from matcher.domain.contract import Contract
from matcher.domain.followup import FollowUp, Note, Transition
from matcher.errors import EditConflict

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
PARTS = {
    "transition": {"from_state": "suggested", "to_state": "accepted", "by": "A1", "at": NOON},
    "note": {"by": "A1", "at": NOON, "text": "Called."},
    "contract": {"currency": "CNY"},
}


def test_every_field_has_a_column(columns, fields_of):
    parts = {"history", "notes", "contract"}
    assert columns("follow_up") == fields_of(FollowUp) - parts | {"version"}
    assert columns("transition") == fields_of(Transition) | {"seq", "follow_up"}
    assert columns("note") == fields_of(Note) | {"seq", "follow_up"}
    assert columns("contract") == fields_of(Contract) | {"follow_up"}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_belongs_to_a_follow_up_that_exists(add, part):
    with pytest.raises(EditConflict):
        add(part, follow_up="F9", **PARTS[part])


def test_a_follow_up_with_a_past_cannot_be_deleted(add, database):
    add("follow_up", id="F1", need="N1", outcome="O1", manager="M1", state="accepted", version=1)
    add("transition", follow_up="F1", **PARTS["transition"])
    with pytest.raises(EditConflict), database.writing() as session:
        session.execute(text("DELETE FROM follow_up"))


def test_a_contract_of_more_than_two_thousand_million_has_room(add, database):
    add("follow_up", id="F1", need="N1", outcome="O1", manager="M1", state="accepted", version=1)
    add("contract", follow_up="F1", currency="CNY", value=10**15)
    with database.reading() as session:
        assert session.scalar(text("SELECT value FROM contract")) == 10**15
