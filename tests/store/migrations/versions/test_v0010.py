"""This version adds tours; going back takes them away alone."""

from sqlalchemy import inspect

from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.tour import Tour
from matcher.store import accounts, migrate, tours
from matcher.store.database import Database
from tests.store.some_records import NOW


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


def test_they_come_and_go_beside_what_was_there(empty_database: Database) -> None:
    migrate.upgrade(empty_database, "0009")
    with empty_database.writing() as session:
        accounts.add(session, Account(id="A1", login="lin", roles=(Role.ADMIN,)), at=NOW)
    before = tables(empty_database)
    migrate.upgrade(empty_database, "0010")
    assert tables(empty_database) - before == {"tour"}
    with empty_database.writing() as session:
        tours.put(session, "A1", Tour(1))
        assert tours.of_account(session, "A1") == Tour(1)
    migrate.downgrade(empty_database, "0009")
    assert tables(empty_database) == before
