"""Numbers that the database gives out: never twice, not even after a gap."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, text

from matcher.store.schema.tables import tables
from matcher.store.sequences import give_out, go_on_after, last_number, numbered

TABLES = {table.name: table for table in tables()}
CHANGE = TABLES["change"]


@pytest.fixture
def session(database):
    with database.writing() as session:
        yield session


def write(session):
    """Write a change and return its number."""
    values = {"noun": "need", "id": "N1", "at": "2026-11-01 12:00:00+00"}
    names = "(noun, id, at)"
    session.execute(text(f"INSERT INTO change {names} VALUES (:noun, :id, :at)"), values)  # noqa: S608
    return session.scalar(select(CHANGE.c.seq).order_by(CHANGE.c.seq.desc()).limit(1))


def test_a_table_that_never_had_a_row_is_at_nought(session):
    assert last_number(session, CHANGE) == 0


def test_the_last_number_outlives_its_row(session):
    assert [write(session), write(session)] == [1, 2]
    session.execute(text("DELETE FROM change"))
    assert last_number(session, CHANGE) == 2
    assert write(session) == 3


@pytest.mark.parametrize("rows", [0, 2])
def test_numbers_go_on_after_the_one_that_was_set(session, rows):
    for _ in range(rows):
        write(session)
    go_on_after(session, CHANGE, 40)
    assert last_number(session, CHANGE) == 40
    assert write(session) == 41


@pytest.mark.parametrize("number", [0, 1, 2])
def test_numbers_never_go_back(session, number):
    write(session)
    write(session)
    go_on_after(session, CHANGE, number)
    assert write(session) == 3


def test_one_table_is_set_without_the_others(session):
    go_on_after(session, CHANGE, 40)
    assert last_number(session, TABLES["event"]) == 0


def test_which_tables_are_numbered():
    assert numbered(CHANGE) is CHANGE.c.seq
    assert numbered(TABLES["outcome"]) is None
    assert numbered(TABLES["account_role"]) is None


def test_a_table_without_numbers_has_no_last_one(session):
    with pytest.raises(ValueError, match="outcome"):
        last_number(session, TABLES["outcome"])


@pytest.mark.parametrize("count", [1, 3])
def test_numbers_are_reserved_behind_the_last_one(session, count):
    write(session)
    first = give_out(session, CHANGE, count)
    values = [
        {"seq": first + n, "noun": "need", "id": "N1", "at": datetime(2026, 11, 1, tzinfo=UTC)}
        for n in range(count)
    ]
    session.execute(insert(CHANGE), values)
    assert first == 2
    assert last_number(session, CHANGE) == 1 + count
    assert write(session) == 2 + count


def test_the_first_number_that_is_reserved_is_one(session):
    assert give_out(session, CHANGE, 2) == 1
