"""Matches as an Excel sheet for a broker: titles side by side, score, reasons in words.

The same rows give the same bytes: times in the workbook and in its zip are fixed.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from matcher.errors import UnwritableOutput
from matcher.files.cells import without_unwanted
from matcher.files.formula import is_formula
from matcher.files.match_row import MatchRow

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "query": "Query",
        "candidate": "Candidate",
        "rank": "Rank",
        "score": "Score",
        "band": "Band",
        "reasons": "Reasons",
        "query_id": "Query id",
        "candidate_id": "Candidate id",
    }
)
"""Column headings in English; a caller may pass the same keys in another language."""

MAX_ROWS = 1_048_575
"""What a sheet holds below its header."""
MAX_TEXT = 32_767
"""Characters that Excel accepts in one cell."""

_WIDTHS = (40, 40, 7, 9, 11, 70, 16, 16)
_WRAPPED = frozenset(("query", "candidate", "reasons"))
_LETTERS = "ABCDEFGH"
_EPOCH = datetime(2000, 1, 1)
_ZIP_EPOCH = (2000, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_SHEET = "matches"


def write_workbook(
    stream: BinaryIO, rows: Iterable[MatchRow], labels: Mapping[str, str] = LABELS, *, name: str
) -> int:
    """Write the rows as an .xlsx and return how many there were.

    Raises UnwritableOutput, with `name` as its file, where they are more than a sheet holds.
    """
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "matcher"
    workbook.properties.created = _EPOCH
    sheet = workbook.create_sheet(_SHEET)
    _lay_out(sheet)
    try:
        _append_header(sheet, labels)
        count = _append(sheet, rows, name)
        sheet.auto_filter.ref = f"A1:{_LETTERS[-1]}{count + 1}"
    finally:
        sheet.close()
    with tempfile.TemporaryFile() as packed:
        workbook.save(packed)
        _repack(packed, stream)
    return count


def _lay_out(sheet: WriteOnlyWorksheet) -> None:
    """Column widths and the frozen header; they come first in a sheet that is streamed."""
    sheet.freeze_panes = "A2"
    for letter, width in zip(_LETTERS, _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width


def _append_header(sheet: WriteOnlyWorksheet, labels: Mapping[str, str]) -> None:
    cells = [WriteOnlyCell(sheet) for _ in LABELS]
    for cell, key in zip(cells, LABELS, strict=True):
        cell.font = Font(bold=True)
        _fill(cell, labels[key])
    sheet.append(cells)


def _append(sheet: WriteOnlyWorksheet, rows: Iterable[MatchRow], name: str) -> int:
    """Write the rows; the cells are made once, as each row is streamed out when appended."""
    plain, quoted = _styled_cells(sheet, quoted=False), _styled_cells(sheet, quoted=True)
    count = 0
    for row in rows:
        count += 1
        if count > MAX_ROWS:
            message = f"an Excel sheet holds {MAX_ROWS:,} rows; these are more."
            hint = "Write .tsv or .jsonl, or ask for fewer."
            raise UnwritableOutput(message, file=name, hint=hint)
        values = _values(row)
        pairs = zip(plain, quoted, values, strict=True)
        cells = [marked if _is_formula(value) else cell for cell, marked, value in pairs]
        for cell, value in zip(cells, values, strict=True):
            _fill(cell, value)
        sheet.append(cells)
    return count


def _styled_cells(sheet: WriteOnlyWorksheet, *, quoted: bool) -> list[WriteOnlyCell]:
    """A row of empty cells. The workbook keeps their styles, which mustn't change afterwards."""
    cells = [WriteOnlyCell(sheet) for _ in LABELS]
    for key, cell in zip(LABELS, cells, strict=True):
        cell.quotePrefix = quoted
        cell.alignment = Alignment(vertical="top", wrap_text=key in _WRAPPED)
        if key == "score":
            cell.number_format = "0.000"
    return cells


def _values(row: MatchRow) -> tuple[str | int | float, ...]:
    """In the order of `LABELS`; a record without a title is shown by its id."""
    return (
        row.query_title or row.query_id,
        row.candidate_title or row.candidate_id,
        row.rank,
        float(row.score),
        row.band,
        "\n".join(row.reason_texts),
        row.query_id,
        row.candidate_id,
    )


def _fill(cell: WriteOnlyCell, value: str | float) -> None:
    """Put a number or a text into a cell; a text is marked as one, whatever it begins with."""
    if isinstance(value, str):
        cell.value = without_unwanted(value)[:MAX_TEXT] or None
        cell.data_type = "s" if cell.value else "n"
    else:
        cell.value = value


def _is_formula(value: str | float) -> bool:
    return isinstance(value, str) and is_formula(without_unwanted(value))


def _repack(packed: BinaryIO, stream: BinaryIO) -> None:
    """Copy a zip with fixed times, in the package and on its parts."""
    with (
        zipfile.ZipFile(packed) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with source.open(part) as old, target.open(entry, "w") as new:
                if part.filename == _CORE:
                    stamp = _EPOCH.isoformat().encode() + b"Z"
                    new.write(_MODIFIED.sub(rb"\g<1>" + stamp, old.read()))
                else:
                    shutil.copyfileobj(old, new)
