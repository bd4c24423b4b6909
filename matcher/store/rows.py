"""Rows of the tables of records, as mappings of their columns: read and written in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Table, bindparam, select
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


def fetch(session: Session, table: Table, ids: Sequence[str]) -> dict[str, Row]:
    """Return the rows with these ids, by id; ids without a row are left out."""
    found: dict[str, Row] = {}
    for chunk in chunks(filter(is_storable, ids)):
        result = session.execute(select(table).where(table.c.id.in_(chunk)))
        found.update((row["id"], dict(row)) for row in result.mappings())
    return found


def fetch_after(
    session: Session, table: Table, id: str, limit: int, *conditions: ColumnElement[bool]
) -> list[Row]:
    """Return the first `limit` rows after `id`, in the order of ids by code points."""
    query = select(table).where(table.c.id > id, *conditions).order_by(table.c.id).limit(limit)
    return [dict(row) for row in session.execute(query).mappings()]


def insert(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Add rows; an empty list is nothing to do."""
    if rows:
        session.execute(table.insert(), list(rows))


def update(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Write all columns of rows that are there."""
    if rows:
        same = table.c.id == bindparam("_id")
        names = [column.name for column in table.c if column.name != "id"]
        statement = table.update().where(same).values({name: bindparam(name) for name in names})
        session.connection().execute(statement, [{**row, "_id": row["id"]} for row in rows])
