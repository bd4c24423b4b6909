"""The form of a dump: JSON Lines that either kind of database can write and read.

The first line is the header, the last one the trailer; in between stands a line for each row,
`{"table": name, "row": {column: value}}`, and one for each table that the database numbers,
`{"sequence": name, "last": number}`. Times and days are written in ISO 8601.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Table

from matcher.store.schema.base import UtcTime

FORMAT = 1
"""Grows when a dump can't be read any more by a product that reads the number before."""


@dataclass(frozen=True, slots=True)
class Header:
    """Says what follows: `schema` is the revision of the tables (None: made without migrations).

    `product` is the version that wrote it, `created_at` when, in ISO 8601.
    """

    format: int
    schema: str | None
    product: str
    created_at: str


@dataclass(frozen=True, slots=True)
class Trailer:
    """Says what was written: rows by table, and the SHA-256 of all lines before."""

    counts: Mapping[str, int]
    sha256: str


def line_of(value: Header | Trailer | Mapping[str, Any]) -> bytes:
    """Return `value` as one line of a dump; equal values give equal bytes."""
    plain = value if isinstance(value, Mapping) else asdict(value)
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, sort_keys=True, default=_iso)
    # A text cut in the middle of a character must not be what stops a backup.
    return text.encode("utf-8", "surrogatepass") + b"\n"


def parse_line(line: bytes) -> dict[str, Any]:
    """Return the object that a line holds. Raises ValueError for anything else."""
    value = json.loads(line.decode("utf-8", "surrogatepass"))
    if not isinstance(value, dict):
        raise ValueError("The line holds no object.")
    return value


def row_reader(table: Table) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Return what turns a row as it was written into values for the table's columns.

    It raises ValueError, TypeError or KeyError for a row that isn't one of this table.
    """
    readers = {column.name: _reader(column.type) for column in table.columns}

    def read(row: Mapping[str, Any]) -> dict[str, Any]:
        if row.keys() != readers.keys():
            raise KeyError("The columns are others.")
        return {name: None if row[name] is None else readers[name](row[name]) for name in readers}

    return read


def _reader(kind: object) -> Callable[[Any], Any]:
    if isinstance(kind, UtcTime):
        return _time
    return date.fromisoformat if isinstance(kind, Date) else lambda value: value


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"{text} has no time zone.")
    return time


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in a dump.")
