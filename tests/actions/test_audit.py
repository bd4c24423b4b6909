"""What was done to the platform is written down."""

from __future__ import annotations

import pytest

from matcher.actions.audit import note
from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.store import events
from matcher.store.database import Database
from tests.platforms import NOW


def test_a_note_is_an_event(database: Database) -> None:
    model = Subject(noun=Noun.MODEL, id="0001-5e5ca3c9")
    with database.writing() as session:
        note(session, "a1", "published", NOW, model, model=model.id)
    with database.reading() as session:
        [(_, found)] = events.read(session)
    wanted = Event(actor="a1", verb="published", at=NOW, subjects=(model,), model_version=model.id)
    assert found == wanted


def failing(database: Database) -> None:
    with database.writing() as session:
        note(session, "a1", "published", NOW)
        raise ZeroDivisionError


def test_it_is_gone_with_what_it_tells_of(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        failing(database)
    with database.reading() as session:
        assert events.latest(session) == 0
