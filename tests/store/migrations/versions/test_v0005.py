"""This version adds the jobs; going back takes them away alone."""

from sqlalchemy import inspect, text

from matcher.domain.enums import Noun
from matcher.store import migrate, records
from matcher.store.database import Database
from tests.store.some_records import EXAMPLES, NOW

INSERT = (
    "INSERT INTO job (id, kind, account, node, arguments, made_at, run_at, state, worker, doing,"
    " attempts, done, cancelling, result, error, version) VALUES ('j', 'import', 'a1', 'n1', '{}',"
    " '2026-11-01 00:00:00', '2026-11-01 00:00:00', 'waiting', '', '', 0, 0, false, '{}', '{}', 1)"
)


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


def test_it_comes_and_goes_beside_what_was_there(empty_database: Database) -> None:
    migrate.upgrade(empty_database, "0004")
    with empty_database.writing() as session:
        records.put(session, Noun.NEED, [EXAMPLES[Noun.NEED]], actor="a1", at=NOW)
    before = tables(empty_database)
    migrate.upgrade(empty_database, "0005")
    assert tables(empty_database) - before == {"job"}
    with empty_database.writing() as session:
        session.execute(text(INSERT))
        assert session.scalar(text("SELECT count(*) FROM job")) == 1
    migrate.downgrade(empty_database, "0004")
    assert tables(empty_database) == before
    with empty_database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM need")) == 1
