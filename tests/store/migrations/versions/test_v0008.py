"""This version adds saved searches; going back takes them away alone."""

from datetime import timedelta

from sqlalchemy import inspect, text

from matcher.store import migrate, saved_searches
from matcher.store.database import Database
from tests.store.some_contents import SEARCH

# As this version has it, whatever accounts have later.
ACCOUNT = """INSERT INTO account (id, login, login_key, name, organisation, node, manager, language,
    active, password_digest, created_at)
VALUES ('A1', 'lin', 'lin', '', '', '', '', 'zh', true, '', '2026-11-01 12:00:00')"""


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


def test_they_come_and_go_beside_what_was_there(empty_database: Database) -> None:
    migrate.upgrade(empty_database, "0007")
    with empty_database.writing() as session:
        session.execute(text(ACCOUNT))
    before = tables(empty_database)
    migrate.upgrade(empty_database, "0008")
    assert tables(empty_database) - before == {"saved_search"}
    with empty_database.writing() as session:
        saved_searches.add(session, SEARCH)
        seen = SEARCH.seen(["o9"], SEARCH.looked_at + timedelta(hours=1))
        saved_searches.save(session, seen)
        assert saved_searches.every(session) == (seen,)
    migrate.downgrade(empty_database, "0007")
    assert tables(empty_database) == before
    with empty_database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM account")) == 1
