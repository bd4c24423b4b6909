"""Rows of a file as records of the domain, one after the other, each with a report."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from matcher.domain.record import Record
from matcher.errors import InvalidValue, UsageError
from matcher.files.cells import as_text
from matcher.files.draft import Draft
from matcher.files.fields import missing_text
from matcher.files.guard import unguarded
from matcher.files.mapping import ColumnMap
from matcher.files.notices import Code, Notices
from matcher.files.own_rows import FORMAT, Place, direct_values, is_direct, read_direct
from matcher.files.row_ids import check_id, given_id, made_id, named
from matcher.files.row_makers import MAKERS, Maker
from matcher.files.row_report import ParsedRow, RowCode, refusal
from matcher.files.source import Kind
from matcher.files.table import Corrections, Row, Table, read_table
from matcher.files.vocabulary import Vocabulary

PROGRESS_EVERY = 1000

Progress = Callable[[int], None]
"""Called with the number of rows that have been read."""
_AS_WRITTEN: Corrections = MappingProxyType({})


class Rows:
    """The rows of one file; iterating reads them from the file, from its beginning each time.

    `columns` says which column holds which field; `holds` names the fields that the file can
    say anything of, so that an importer leaves the others of a stored record as they are.
    `notices` are those of the last reading, complete after it: what concerns the whole file.
    """

    def __init__(
        self,
        table: Table,
        columns: ColumnMap,
        maker: Maker,
        place: Place,
        progress: Progress,
        corrections: Corrections = _AS_WRITTEN,
        counting: Callable[[str], bool] = lambda name: False,
    ) -> None:
        self.file = table.name
        self.columns = columns
        self.holds = maker.holds(table, columns)
        self.notices = Notices(self.file)
        self._written, self._table = table, table.corrected(corrections)
        self._maker, self._counting = maker, counting
        self._place = place
        self._progress = progress

    def __iter__(self) -> Iterator[ParsedRow[Record]]:
        self.notices = Notices(self.file)
        self._note_columns()
        seen = _Seen()
        count = 0
        for count, row in enumerate(self._table.rows(self.notices), 1):
            yield self._parsed(row, seen)
            if count % PROGRESS_EVERY == 0:
                self._progress(count)
        if count % PROGRESS_EVERY:
            self._progress(count)

    def cells(self) -> Iterator[tuple[int, dict[str, str]]]:
        """What a person reads in each row of the file, by column, without blanks and without
        corrections; with the row's number."""
        names = self._written.columns
        for row in self._written.rows():
            read = ((name, as_text(cell)) for name, cell in zip(names, row.cells, strict=False))
            yield row.number, {name: text for name, text in read if name and text}

    def _note_columns(self) -> None:
        wanted = "" if FORMAT in self._written.columns else self._missing_text()
        if wanted:
            message = (
                "no column is a text: only titles are imported, and matching suffers. "
                f"Name one {wanted}, or choose it with a mapping."
            )
            self.notices.add(Code.NO_TEXT_COLUMN, message, about=(wanted,))
        unread = self.columns.unmapped
        if unread:
            message = f"columns that are not read: {', '.join(map(self._named, unread))}."
            self.notices.add(Code.UNMAPPED_COLUMNS, message, about=unread)
        unkept = tuple(map(self.columns.name, self._maker.unkept(self.columns)))
        if unkept:
            message = f"columns for which a record has no place: {', '.join(unkept)}."
            self.notices.add(Code.COLUMNS_NOT_KEPT, message, about=unkept)

    def _missing_text(self) -> str:
        return missing_text(self._maker.noun, self.columns.fields)

    def _named(self, column: str) -> str:
        return f"{column} (a row number)" if self._counting(column) else column

    def _parsed(self, row: Row, seen: _Seen) -> ParsedRow[Record]:
        draft = Draft(row.number, self._values(row), self.columns)
        try:
            if self.columns.is_total(row):
                raise refusal(RowCode.TOTAL_ROW, "is a total and left out.", hint="")
            record = self._direct(row) or self._read(draft)
            check_id(draft, record.id)  # type: ignore[attr-defined]
            seen.check(record, row.number)
        except InvalidValue as error:
            return draft.failed(error)
        return draft.parsed(record)

    def _direct(self, row: Row) -> Record | None:
        """The record of a line that the platform wrote, or that can't be flat."""
        values = direct_values(self._table, row)
        if not is_direct(values, self._maker.kind):
            return None
        return read_direct(values, self._maker.kind, self._maker.noun, self._place)

    def _values(self, row: Row) -> dict[str, Any]:
        values = self.columns.values(row)
        if self._table.source.kind is Kind.DELIMITED:
            return {name: unguarded(cell) for name, cell in values.items()}
        return values

    def _read(self, draft: Draft) -> Record:
        self._maker.read(draft, self._place)
        given = given_id(draft)
        if not given and not self.notices.count(Code.IDS_FROM_CONTENT):
            message = "rows without an id get one made of what they say."
            self.notices.add(Code.IDS_FROM_CONTENT, message, row=draft.row)
        name = given or made_id(self._maker.noun, self._maker.telling(draft))
        draft.fields["id"] = named(name, self._place.namespace)
        self._maker.add_source(draft, given, self.columns, self._place.node)
        return self._maker.finish(draft)


@dataclass(slots=True)
class _Seen:
    """The ids of a file so far: the row each stands in and a digest of its record."""

    rows: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def check(self, record: Record, row: int) -> None:
        """Raise InvalidValue for an id that an earlier row has, with the same content or not."""
        told = json.dumps(record.to_mapping(), sort_keys=True, ensure_ascii=True)
        digest = hashlib.sha256(told.encode()).digest()[:16]
        name: str = record.id  # type: ignore[attr-defined]
        earlier, first = self.rows.setdefault(name, (row, digest))
        if earlier == row:
            return
        if digest == first:
            message = f"is the same as row {earlier} and counts once."
            raise refusal(RowCode.DUPLICATE_ROW, message, field="id", hint="", earlier=earlier)
        raise refusal(
            RowCode.DUPLICATE_ID,
            f"the id {name!r} is in rows {earlier} and {row}, which differ.",
            field="id",
            hint="Keep one of them, or give each an id of its own.",
            earlier=earlier,
        )


def read_rows(
    path: str | Path,
    noun: str,
    vocabulary: Vocabulary,
    *,
    namespace: str = "",
    node: str = "",
    at: dt.datetime | None = None,
    progress: Progress | None = None,
    corrections: Corrections = _AS_WRITTEN,
) -> Rows:
    """The rows of a file of outcomes, needs, managers, organisations, follow-ups, interactions.

    `noun` is a member of `Noun` or `sheet_columns.INTERACTION`. `namespace` is the source's name
    and goes before its ids; `node` is where the records belong; `at` (UTC) is the time of a
    follow-up's state where the file gives none; `corrections` are cells that are to say something
    else than the file does. Raises what `read_table` and `map_columns` raise,
    UsageError for a noun that isn't imported; a row that can't be read raises nothing and says so.
    """
    maker = MAKERS.get(noun)
    if maker is None:
        hint = f"Use one of {', '.join(MAKERS)}."
        raise UsageError(f"records of the kind {noun!r} aren't imported.", hint=hint)
    words = maker.vocabulary(vocabulary)
    table = read_table(path, maker.knows(words))
    place = Place(namespace, node, at)
    columns, told = maker.map(table, words), progress or (lambda count: None)
    return Rows(table, columns, maker, place, told, corrections, vocabulary.counts_rows)
