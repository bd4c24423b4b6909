"""This version adds the answers to repeated requests; going back takes them away alone."""

from sqlalchemy import inspect, text

from matcher.domain.enums import Noun
from matcher.store import idempotency, migrate, records
from matcher.store.database import Database
from tests.store.some_records import EXAMPLES, NOW


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


def test_it_comes_and_goes_beside_what_was_there(empty_database: Database) -> None:
    migrate.upgrade(empty_database, "0003i")
    with empty_database.writing() as session:
        records.put(session, Noun.NEED, [EXAMPLES[Noun.NEED]], actor="a1", at=NOW)
    before = tables(empty_database)
    migrate.upgrade(empty_database, "0004")
    assert tables(empty_database) - before == {"idempotency"}
    with empty_database.writing() as session:
        assert idempotency.begin(session, "a1", "k", "r", NOW) is None
        assert idempotency.begin(session, "a1", "k", "r", NOW) is not None
    migrate.downgrade(empty_database, "0003i")
    assert tables(empty_database) == before
    with empty_database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM need")) == 1
