"""What a database reports, as an error that says what to do."""

import sqlite3

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, TimeoutError

from matcher.errors import EditConflict, InvalidValue, StoreUnavailable, WrongSchema
from matcher.store.database import Database
from matcher.store.failures import translated

SHOWN = "postgresql://me:***@host/name"


def operational(reason: str) -> OperationalError:
    return OperationalError("INSERT secret", {"x": "secret"}, sqlite3.OperationalError(reason))


@pytest.mark.parametrize(
    ("reason", "hint"),
    [
        ("database is locked", "Another process is writing; try again."),
        ("database or disk is full", "Free space on the disk, then try again."),
        ("attempt to write a readonly database", "Make the file and its folder writable"),
        ("file is not a database", "The file is damaged or no database; restore a backup."),
        ('database "name" does not exist', "Create the database, or correct its name"),
        ("FATAL:  password authentication failed", "Check user and password"),
        ("server closed the connection unexpectedly", "Check that the database is running"),
        ("", "Check that the database is running"),
    ],
)
def test_each_failure_says_what_to_do(reason: str, hint: str) -> None:
    with pytest.raises(StoreUnavailable) as caught, translated(SHOWN):
        raise operational(reason)
    assert str(caught.value.hint).startswith(hint)
    assert SHOWN in caught.value.message
    assert "secret" not in str(caught.value)


def test_only_the_first_line_is_shown() -> None:
    error = psycopg.errors.UniqueViolation("duplicate key\nDETAIL: Key (login)=(secret)")
    with pytest.raises(EditConflict, match="duplicate key") as caught, translated(SHOWN):
        raise IntegrityError("INSERT", {}, error)
    assert "secret" not in str(caught.value)


def test_a_value_that_no_column_holds_is_the_writers() -> None:
    with pytest.raises(InvalidValue, match="out of range"), translated(SHOWN):
        raise DataError("INSERT", {}, psycopg.errors.NumericValueOutOfRange("out of range"))


def test_a_pool_that_is_empty_is_told() -> None:
    with pytest.raises(StoreUnavailable, match="in use"), translated(SHOWN):
        raise TimeoutError()


def test_errors_of_our_own_pass() -> None:
    with pytest.raises(KeyError), translated(SHOWN):
        raise KeyError("mine")


@pytest.mark.parametrize("query", ["SELECT 1 FROM missing", "SELECT missing FROM alembic_version"])
def test_a_missing_table_or_column_is_a_matter_of_the_schema(
    empty_database: Database, query: str
) -> None:
    with empty_database.writing() as session:
        session.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
    with pytest.raises(WrongSchema, match="`matcher init"), empty_database.reading() as session:
        session.execute(text(query))


def test_a_row_that_is_there_already_is_a_conflict(empty_database: Database) -> None:
    def twice() -> None:
        with empty_database.writing() as session:
            session.execute(text("CREATE TABLE t (x INTEGER PRIMARY KEY)"))
            session.execute(text("INSERT INTO t VALUES (1)"))
            session.execute(text("INSERT INTO t VALUES (1)"))

    with pytest.raises(EditConflict):
        twice()
