"""The first version has all tables, and what keeps some of them from being rewritten."""

import pytest
from sqlalchemy import text

from matcher.domain import Noun
from matcher.errors import MatcherError
from matcher.store import migrate, records
from matcher.store.database import Database
from matcher.store.schema.append_only import TABLES
from tests.store.some_records import EXAMPLES, NOW


@pytest.fixture
def first(empty_database: Database) -> Database:
    migrate.upgrade(empty_database, "0001")
    return empty_database


@pytest.mark.parametrize("noun", EXAMPLES)
def test_every_record_fits(first: Database, noun: Noun) -> None:
    with first.writing() as session:
        records.put(session, noun, [EXAMPLES[noun]], actor="a1", at=NOW)
        stored = records.get(session, noun, EXAMPLES[noun].id)
    assert stored is not None
    assert stored.record == EXAMPLES[noun]


def test_an_event_cannot_be_rewritten(first: Database) -> None:
    values = "(1, 'a', 'seen', '2026-03-01 00:00:00', '[]', '')"
    insert = "INSERT INTO event (seq, actor, verb, at, subjects, model_version) VALUES "
    with first.writing() as session:
        session.execute(text(insert + values))
    with pytest.raises(MatcherError, match="append-only"), first.writing() as session:
        session.execute(text("DELETE FROM event"))


def test_every_append_only_table_has_its_triggers(first: Database) -> None:
    query = (
        "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if first.is_sqlite
        else "SELECT DISTINCT event_object_table FROM information_schema.triggers"
    )
    with first.reading() as session:
        assert set(session.execute(text(query)).scalars()) == set(TABLES)
