"""The tables of events. That they can't be rewritten is tested in test_append_only."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from matcher.domain.event import Event
from matcher.errors import EditConflict

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
EVENT = {"actor": "A1", "verb": "shown", "at": NOON, "subjects": []}


def test_every_field_of_an_event_has_a_column(columns, fields_of):
    assert columns("event") == fields_of(Event) | {"seq", "seal"}


def test_numbers_are_given_out_from_one(add, database):
    add("event", **EVENT)
    add("event", **EVENT)
    with database.reading() as session:
        assert session.scalars(text("SELECT seq FROM event ORDER BY seq")).all() == [1, 2]


def test_a_subject_belongs_to_an_event_that_exists(add):
    with pytest.raises(EditConflict):
        add("event_subject", noun="need", id="N1", event=9)


def test_a_probability_is_kept_to_the_last_bit(add, database):
    add("event", **EVENT, propensity=0.1 + 0.2)
    with database.reading() as session:
        assert session.scalar(text("SELECT propensity FROM event")) == 0.1 + 0.2
