"""The second version adds plans, and going back to the first takes them away, and no more."""

import pytest
from sqlalchemy import inspect, text

from matcher.domain.enums import Noun
from matcher.store import migrate, plans, records
from matcher.store.database import Database
from tests.store.some_contents import PLAN
from tests.store.some_records import EXAMPLES, NOW


@pytest.fixture
def first(empty_database: Database) -> Database:
    """A platform of the version before, with a record."""
    migrate.upgrade(empty_database, "0001")
    with empty_database.writing() as session:
        records.put(session, Noun.NEED, [EXAMPLES[Noun.NEED]], actor="a1", at=NOW)
    return empty_database


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


def test_a_plan_can_be_kept_beside_what_was_there(first: Database) -> None:
    migrate.upgrade(first, "0002")
    with first.writing() as session:
        plans.add(session, PLAN)
    with first.reading() as session:
        kept = plans.get(session, PLAN.id)
        assert kept is not None
        assert kept.plan == PLAN
        assert session.scalar(text("SELECT count(*) FROM need")) == 1


def test_going_back_drops_the_plans_alone(first: Database) -> None:
    before = tables(first)
    migrate.upgrade(first, "0002")
    assert tables(first) - before == {"plan", "plan_line"}
    with first.writing() as session:
        plans.add(session, PLAN)
    migrate.downgrade(first, "0001")
    assert tables(first) == before
    with first.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM need")) == 1
