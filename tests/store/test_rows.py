"""Rows in bulk."""

import pytest
from sqlalchemy import Table

from matcher.domain import Noun, Outcome
from matcher.store import rows
from matcher.store.codec import Row, row_of
from matcher.store.database import Database
from matcher.store.tables import kind_of
from tests.store.some_records import NOW


@pytest.fixture
def table() -> Table:
    return kind_of(Noun.OUTCOME).table


def row(id: str, title: str = "") -> Row:
    books = {"version": 1, "created_at": NOW, "changed_at": NOW, "changed_by": "a1"}
    empty = {"title_key": None, "deleted_at": None, "merged_into": "", "import_id": ""}
    return {**row_of(Outcome(id=id, title=title)), **books, **empty}


def test_chunks_are_full_but_for_the_last() -> None:
    assert list(rows.chunks(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(rows.chunks([], 3)) == []


def test_more_rows_than_a_statement_takes_are_written_and_fetched(
    database: Database, table: Table
) -> None:
    many = [row(f"{number:05}") for number in range(2 * rows.CHUNK + 1)]
    with database.writing() as session:
        rows.insert(session, table, many)
        rows.insert(session, table, [])
        found = rows.fetch(session, table, [one["id"] for one in many] + ["missing"])
    assert list(found.values()) == many


def test_an_update_writes_every_column_of_its_rows_alone(database: Database, table: Table) -> None:
    new = {**row("b", "new"), "version": 2, "deleted_at": NOW, "keywords": ["x"]}
    with database.writing() as session:
        rows.insert(session, table, [row("a"), row("b"), row("c")])
        rows.update(session, table, [new])
        rows.update(session, table, [])
        found = rows.fetch(session, table, ["a", "b", "c"])
    assert found == {"a": row("a"), "b": new, "c": row("c")}


def test_pages_follow_each_other(database: Database, table: Table) -> None:
    with database.writing() as session:
        rows.insert(session, table, [row(id) for id in "cabd"])
        first = rows.fetch_after(session, table, "", 2)
        second = rows.fetch_after(session, table, "b", 2, table.c.id != "c")
    assert [one["id"] for one in first] == ["a", "b"]
    assert [one["id"] for one in second] == ["d"]


def test_ids_that_cannot_be_stored_are_not_there(database: Database, table: Table) -> None:
    with database.reading() as session:
        assert rows.fetch(session, table, ["a\0", "\ud83d"]) == {}


def test_only_the_columns_that_are_named_are_fetched(database: Database, table: Table) -> None:
    with database.writing() as session:
        rows.insert(session, table, [row("a", "one"), row("b", "two")])
        one = rows.fetch(session, table, ["a"], frozenset({"id", "title"}))
        two = rows.fetch(session, table, ["b", "a"], frozenset({"id", "version"}))
    assert one == {"a": {"id": "a", "title": "one"}}
    assert two == {"a": {"id": "a", "version": 1}, "b": {"id": "b", "version": 1}}
