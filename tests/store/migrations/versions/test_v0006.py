"""This version chains the events there are; going back leaves them as they were."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import inspect, select, text

import matcher.store.migrations.versions.v0006 as module
from matcher.domain.event import Event
from matcher.errors import EditConflict
from matcher.store import chain, events, migrate
from matcher.store.chain import START, Head, sealed
from matcher.store.database import Database
from matcher.store.schema.base import Base

EVENTS = Base.metadata.tables["event"]
COUNT = 25
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
OLD = """INSERT INTO event (actor, verb, at, subjects, position, propensity, model_version)
VALUES (:actor, 'shown', '2026-11-01 12:00:00.500000', :subjects, 1, :p, '')"""
SUBJECTS = '[{"id": "n1", "noun": "need"}]'


def old(actor: str, propensity: float) -> dict[str, object]:
    return {"actor": actor, "subjects": SUBJECTS, "p": propensity}


def old_events(database: Database) -> None:
    """Events of the version before, with a gap in their numbers."""
    migrate.upgrade(database, "0005")
    with database.writing() as session:
        for n in range(COUNT):
            session.execute(text(OLD), old(f"A{n}", 1 / (n + 1)))
        if not database.is_sqlite:
            session.execute(text("SELECT nextval('event_seq_seq')"))
        session.execute(text(OLD), old("last", 1))


def content(database: Database) -> list[tuple[object, ...]]:
    names = "seq, actor, verb, at, subjects, position, propensity, model_version"
    with database.reading() as session:
        found = session.execute(text(f"SELECT {names} FROM event ORDER BY seq"))  # noqa: S608
        return [tuple(row) for row in found]


def test_the_events_there_are_become_a_chain_that_goes_on(
    empty_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_ROWS_AT_ONCE", 10)
    old_events(empty_database)
    before = content(empty_database)
    migrate.upgrade(empty_database, "0006")
    assert content(empty_database) == before
    with empty_database.writing() as session:
        events.append(session, [Event(actor="A1", verb="opened", at=NOON)])
    seal, count = START, 0
    with empty_database.reading() as session:
        for row in session.execute(select(EVENTS).order_by(EVENTS.c.seq)).mappings():
            assert row["seal"] == (seal := sealed(seal, row))
            count += 1
        assert chain.head(session) == Head(row["seq"], seal, count)
    assert count == COUNT + 2


def test_events_are_append_only_after_it(empty_database: Database) -> None:
    old_events(empty_database)
    migrate.upgrade(empty_database, "0006")
    for statement in ("UPDATE event SET actor = 'x'", "DELETE FROM event WHERE seq = 1"):
        with pytest.raises(EditConflict), empty_database.writing() as session:
            session.execute(text(statement))


def test_without_events_there_is_no_chain_yet(empty_database: Database) -> None:
    migrate.upgrade(empty_database, "0006")
    with empty_database.reading() as session:
        assert chain.head(session) is None


def test_it_goes_back_and_comes_again_with_the_same_seals(empty_database: Database) -> None:
    old_events(empty_database)
    before = content(empty_database)
    migrate.upgrade(empty_database, "0006")
    with empty_database.reading() as session:
        head = chain.head(session)
    migrate.downgrade(empty_database, "0005")
    assert content(empty_database) == before
    with empty_database.reading() as session:
        assert "event_head" not in inspect(session.connection()).get_table_names()
    with pytest.raises(EditConflict), empty_database.writing() as session:
        session.execute(text("DELETE FROM event"))
    migrate.upgrade(empty_database, "0006")
    with empty_database.reading() as session:
        assert chain.head(session) == head


def test_a_time_is_sealed_as_it_was_written(empty_database: Database) -> None:
    old_events(empty_database)
    migrate.upgrade(empty_database, "0006")
    with empty_database.reading() as session:
        at = session.scalars(select(EVENTS.c.at)).first()
    assert at == NOON + timedelta(milliseconds=500)
