"""Interests come with a version of their own, and going back takes them away, and no more."""

import pytest
from sqlalchemy import inspect, text

from matcher.domain.enums import Noun
from matcher.store import interests, migrate, records
from matcher.store.database import Database
from matcher.store.migrations.versions.v0003i import down_revision, revision
from tests.store.some_contents import INTEREST
from tests.store.some_records import EXAMPLES, NOW


@pytest.fixture
def before(empty_database: Database) -> Database:
    """A platform of the version before, with a record."""
    migrate.upgrade(empty_database, down_revision)
    with empty_database.writing() as session:
        records.put(session, Noun.NEED, [EXAMPLES[Noun.NEED]], actor="a1", at=NOW)
    return empty_database


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


def test_an_interest_can_be_kept_and_going_back_drops_interests_alone(before: Database) -> None:
    there = tables(before)
    migrate.upgrade(before, revision)
    assert tables(before) - there == {"interest", "interest_step"}
    with before.writing() as session:
        interests.add(session, INTEREST)
    with before.reading() as session:
        kept = interests.get(session, INTEREST.id)
        assert kept is not None
        assert kept.interest == INTEREST
    migrate.downgrade(before, down_revision)
    assert tables(before) == there
    with before.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM need")) == 1
