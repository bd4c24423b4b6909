"""A dump: all that a database holds, as one portable file, written while others go on working."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import Column, ColumnElement, Select, Table, Text, select
from sqlalchemy.orm import Session

from matcher import __version__
from matcher.store.database import Database
from matcher.store.dump_format import FORMAT, Header, Trailer, line_of
from matcher.store.migrate import revision_in
from matcher.store.schema.tables import lasting
from matcher.store.sequences import last_number, numbered

_ROWS_AT_ONCE = 200


def dump(database: Database, write: BinaryIO, *, at: datetime) -> dict[str, int]:
    """Write all lasting tables as of one moment and return how many rows each has.

    `at` (UTC) goes into the header. Others read and write meanwhile; memory doesn't grow with the
    database. Two databases of equal content give equal rows. Raises StoreUnavailable, and what
    `write` raises; where it raised, what was written is no dump.
    """
    lines = _Lines(write)
    with database.reading() as session:
        lines.add(Header(FORMAT, revision_in(session), __version__, at.isoformat()))
        counts = {table.name: _write_rows(session, table, lines) for table in lasting()}
        for table in lasting():
            if numbered(table) is not None:
                lines.add({"sequence": table.name, "last": last_number(session, table)})
    lines.add(Trailer(counts, lines.sha256()))
    return counts


class _Lines:
    """Writes lines and keeps the digest of all that were written."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()

    def add(self, value: Header | Trailer | Mapping[str, Any]) -> None:
        line = line_of(value)
        self._digest.update(line)
        self._stream.write(line)

    def sha256(self) -> str:
        return self._digest.hexdigest()


def _write_rows(session: Session, table: Table, lines: _Lines) -> int:
    count = 0
    with session.execute(_in_order(session, table)) as found:
        for row in found.mappings():
            lines.add({"table": table.name, "row": dict(row)})
            count += 1
    return count


def _in_order(session: Session, table: Table) -> Select[Any]:
    """All rows by primary key, texts in the order of code points whatever the server's language."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    keys = [_key(column, on_sqlite) for column in table.primary_key]
    return select(table).order_by(*keys).execution_options(yield_per=_ROWS_AT_ONCE)


def _key(column: Column[Any], on_sqlite: bool) -> ColumnElement[Any]:
    return column if on_sqlite or not isinstance(column.type, Text) else column.collate("C")
