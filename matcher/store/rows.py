"""Rows of the tables of records, as mappings of their columns: read and written in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Insert, Result, Select, Table, Update, bindparam, select
from sqlalchemy.orm import Session

from matcher.store.codec import Row, is_storable

T = TypeVar("T")

CHUNK = 500
"""Ids in one statement; databases bound the number of parameters."""


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Cut `items` into lists of `size`, the last one shorter."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def fetch(
    session: Session, table: Table, ids: Sequence[str], names: frozenset[str] = frozenset()
) -> dict[str, Row]:
    """Return the rows with these ids, by id; ids without a row are left out.

    names: of the columns, `id` among them; all where none is named.
    """
    found: dict[str, Row] = {}
    for chunk in chunks(filter(is_storable, ids)):
        # One id is what is asked for most, and a list of one takes a quarter longer.
        one = len(chunk) == 1
        statement = _by_id(table, names) if one else _by_ids(table, names)
        result = session.execute(statement, {"id": chunk[0]} if one else {"ids": chunk})
        found.update((row["id"], row) for row in as_dicts(result))
    return found


def as_dicts(result: Result[Any]) -> Iterator[Row]:
    """Yield the rows of an answer; a `RowMapping` looks up its columns one at a time."""
    names = tuple(result.keys())
    return (dict(zip(names, row, strict=True)) for row in result)


def fetch_after(
    session: Session, table: Table, id: str, limit: int, *conditions: ColumnElement[bool]
) -> list[Row]:
    """Return the first `limit` rows after `id`, in the order of ids by code points."""
    query = select(table).where(table.c.id > id, *conditions).order_by(table.c.id).limit(limit)
    return list(as_dicts(session.execute(query)))


def insert(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Add rows; an empty list is nothing to do."""
    if rows:
        session.execute(_insert(table), list(rows))


def update(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Write all columns of rows that are there."""
    if rows:
        values = [{**row, "_id": row["id"]} for row in rows]
        session.connection().execute(_update(table), values)


# Statements are made once: to make one takes longer than to look up a row.


@cache
def _by_id(table: Table, names: frozenset[str]) -> Select[Any]:
    return _some(table, names).where(table.c.id == bindparam("id"))


@cache
def _by_ids(table: Table, names: frozenset[str]) -> Select[Any]:
    return _some(table, names).where(table.c.id.in_(bindparam("ids", expanding=True)))


def _some(table: Table, names: frozenset[str]) -> Select[Any]:
    return select(*(column for column in table.c if not names or column.name in names))


@cache
def _insert(table: Table) -> Insert:
    return table.insert()


@cache
def _update(table: Table) -> Update:
    names = [column.name for column in table.c if column.name != "id"]
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return table.update().where(table.c.id == bindparam("_id")).values(values)
