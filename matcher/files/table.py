"""A table in a file: its columns, and its rows as often as they are asked for.

Delimited and JSON Lines files are read from disk each time and never held; a workbook is held
by its reader. Title rows, header rows and blank rows don't appear among the rows, but they
count in the row numbers, so that an error names the row a person sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from matcher.errors import InvalidValue, UnreadableFile
from matcher.files import delimited, jsonlines
from matcher.files.cells import MAX_CELL, Cell, cleaned, has_unwanted, is_blank, texts_in
from matcher.files.decode import Encoding
from matcher.files.header import Known, NumberedRow, find_header
from matcher.files.notices import Code, Notices
from matcher.files.source import Kind, Source, encoding_of, locate
from matcher.files.spreadsheet import PREVIEW_ROWS, open_sheet

LOST = "\ufffd"
"""What stands in a text for bytes that mean nothing in its encoding."""
Corrections = Mapping[int, Mapping[str, str]]
"""What cells are to say instead: by the number of the row, then by the name of the column."""


class Row(NamedTuple):
    """One record: its number in the file, from 1, and its cells in the order of the columns.

    A row may have fewer cells than the table has columns.
    """

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of one file.

    `columns`: names as they stand in the file, "" for a column without one; `header_row`: the
    number of the last header row, 0 for JSON Lines; `sheet` and `encoding` where they apply.
    """

    source: Source
    columns: tuple[str, ...]
    header_row: int
    sheet: str | None
    encoding: Encoding | None
    _read: Callable[[], Iterator[NumberedRow]]

    @property
    def name(self) -> str:
        """The path as the user gave it, for messages."""
        return self.source.name

    def corrected(self, corrections: Corrections) -> Table:
        """The same table as if these cells said something else; the file stays as it is.

        Of columns with one name the first is meant; what no row or column has is passed over.
        """
        if not corrections:
            return self
        places = {name: place for place, name in reversed(list(enumerate(self.columns)))}

        def read() -> Iterator[NumberedRow]:
            for number, cells in self._read():
                yield number, _overlaid(cells, corrections.get(number, {}), places)

        return replace(self, _read=read)

    def rows(self, notices: Notices | None = None) -> Iterator[Row]:
        """The records. What was repaired or passed over on the way is told to `notices`.

        Raises InvalidValue for a cell over `MAX_CELL` characters and, in a delimited file,
        for a row with more cells than the header.
        """
        notices = Notices(self.name) if notices is None else notices
        self._note_encoding(notices)
        for number, cells in self._read():
            if number > self.header_row and not all(map(is_blank, cells)):
                yield Row(number, self._checked(number, cells, notices))

    def _note_encoding(self, notices: Notices) -> None:
        if self.encoding not in (None, Encoding.UTF8):
            notices.add(Code.LEGACY_ENCODING, f"was read as {self.encoding}, not as UTF-8.")

    def _checked(self, number: int, cells: Sequence[Cell], notices: Notices) -> Sequence[Cell]:
        if len(cells) > len(self.columns):
            cells = self._cut(number, cells, notices)
        texts = "".join(texts_in(cells))
        if len(texts) > MAX_CELL:
            self._refuse_long(number, cells)
        if LOST in texts or has_unwanted(texts):
            return self._repaired(number, cells, notices)
        return cells

    def _cut(self, number: int, cells: Sequence[Cell], notices: Notices) -> Sequence[Cell]:
        width = len(self.columns)
        if not all(map(is_blank, cells[width:])):
            self._refuse_extra(number, cells)
            message = "cells beyond the header are ignored."
            notices.add(Code.CELLS_WITHOUT_HEADER, message, row=number)
        return cells[:width]

    def _refuse_extra(self, number: int, cells: Sequence[Cell]) -> None:
        if self.source.kind is Kind.DELIMITED:
            raise InvalidValue(
                f"has {len(cells)} cells where the header has {len(self.columns)}.",
                file=self.name,
                row=number,
                hint="Quote cells that hold the delimiter, or add the missing column names.",
            )

    def _refuse_long(self, number: int, cells: Sequence[Cell]) -> None:
        for column, cell in zip(self.columns, cells, strict=False):
            if isinstance(cell, str) and len(cell) > MAX_CELL:
                raise InvalidValue(
                    f"a cell holds {len(cell):,} characters, more than {MAX_CELL:,}.",
                    file=self.name,
                    row=number,
                    column=column,
                    hint="Keep what describes the record; leave out full documents.",
                )

    def _repaired(self, number: int, cells: Sequence[Cell], notices: Notices) -> list[Cell]:
        """The cells without control characters; what was removed or lost is noted by cell."""
        repaired: list[Cell] = []
        for column, cell in zip(self.columns, cells, strict=False):
            clean = cleaned(cell)
            if clean != cell:
                message = "control characters were removed."
                notices.add(Code.CHARACTERS_REMOVED, message, row=number, column=column)
            if isinstance(clean, str) and LOST in clean:
                message = f"some characters are lost ({LOST})."
                notices.add(Code.CHARACTERS_LOST, message, row=number, column=column)
            repaired.append(clean)
        return repaired


def _overlaid(
    cells: Sequence[Cell], texts: Mapping[str, str], places: Mapping[str, int]
) -> Sequence[Cell]:
    known = {places[name]: text for name, text in texts.items() if name in places}
    if not known:
        return cells
    row = [*cells, *[None] * (max(known) + 1 - len(cells))]
    for place, text in known.items():
        row[place] = text
    return row


def read_table(path: str | Path, known: Known) -> Table:
    """The table in a file: .csv, .tsv, .txt, .jsonl (each also .gz), .xlsx, .xlsm, .xls.

    `known` says which column names are understood; it helps to find the delimiter, the sheet
    and the header below title rows. Raises UsageError for other suffixes; UnreadableFile for a
    missing, empty, damaged or disguised file and for one without a record; MissingColumn for a
    workbook without a known column.
    """
    source = locate(path)
    table = _open(source, known)
    if next(table.rows(), None) is None:
        raise UnreadableFile(
            "has a header but no record." if table.header_row else "has no record.",
            file=source.name,
            hint="Add at least one row below the header.",
        )
    return table


def _open(source: Source, known: Known) -> Table:
    if source.kind is Kind.SPREADSHEET:
        sheet = open_sheet(source, known)
        header = sheet.header
        return Table(source, header.columns, header.row, sheet.name, None, sheet.read_rows)
    encoding = encoding_of(source)
    if source.kind is Kind.DELIMITED:
        return _open_delimited(source, encoding, known)
    keys = jsonlines.keys_of(source, encoding)
    read = partial(jsonlines.read_rows, source, encoding, keys)
    return Table(source, keys, 0, None, encoding, read)


def _open_delimited(source: Source, encoding: Encoding, known: Known) -> Table:
    delimiter = delimited.delimiter_of(source, encoding, known)
    read = partial(delimited.read_rows, source, encoding, delimiter)
    header = find_header(list(islice(read(), PREVIEW_ROWS)), known)
    if header is None:
        hint = "Write the column names into the first row."
        raise UnreadableFile("has no header and no record.", file=source.name, hint=hint)
    return Table(source, header.columns, header.row, None, encoding, read)
