"""This version adds sessions and attempts to sign in; going back takes them away alone."""

from sqlalchemy import inspect, text

from matcher.store import attempts, migrate, web_sessions
from matcher.store.database import Database
from tests.store.some_records import NOW

# As this version has it, whatever accounts have later.
ACCOUNT = """INSERT INTO account (id, login, login_key, name, organisation, node, manager, language,
    active, password_digest, created_at)
VALUES ('A1', 'lin', 'lin', '', '', '', '', 'zh', true, '', '2026-11-01 12:00:00')"""


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


def test_they_come_and_go_beside_what_was_there(empty_database: Database) -> None:
    migrate.upgrade(empty_database, "0006")
    with empty_database.writing() as session:
        session.execute(text(ACCOUNT))
    before = tables(empty_database)
    migrate.upgrade(empty_database, "0007")
    assert tables(empty_database) - before == {"sign_in_attempt", "web_session"}
    with empty_database.writing() as session:
        secret = web_sessions.begin(session, "A1", NOW)
        attempts.add(session, "a", "x", NOW)
        assert web_sessions.find(session, secret) is not None
    migrate.downgrade(empty_database, "0006")
    assert tables(empty_database) == before
    with empty_database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM account")) == 1
