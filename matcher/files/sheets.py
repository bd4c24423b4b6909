"""Any table as an Excel sheet for people: widths, a frozen header, a filter, texts that stay texts.

The same rows give the same bytes: times in the workbook and in its zip are fixed.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from matcher.errors import UnwritableOutput
from matcher.files.cells import without_unwanted
from matcher.files.formula import is_formula

SheetValue: TypeAlias = str | int | float | date | None

MAX_ROWS = 1_048_575
"""What a sheet holds below its header."""
MAX_TEXT = 32_767
"""Characters that Excel accepts in one cell."""

GENERAL = "General"
_EPOCH = datetime(2000, 1, 1)
_ZIP_EPOCH = (2000, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """How a column looks; `number_format` is Excel's, for numbers and dates."""

    heading: str
    width: float
    wrapped: bool = False
    number_format: str = GENERAL


def write_sheet(
    stream: BinaryIO,
    title: str,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[SheetValue]],
    *,
    name: str,
    instead: str,
) -> int:
    """Write the rows, each as long as `columns`, as an .xlsx; return how many there were.

    Raises UnwritableOutput, with `name` as its file and `instead` as the way out, where they are
    more than a sheet holds.
    """
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "matcher"
    workbook.properties.created = _EPOCH
    sheet = workbook.create_sheet(title)
    _lay_out(sheet, columns)
    try:
        _append_header(sheet, columns)
        count = _append(sheet, columns, _counted(rows, name, instead))
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
    finally:
        sheet.close()
    with tempfile.TemporaryFile() as packed:
        workbook.save(packed)
        _repack(packed, stream)
    return count


def _lay_out(sheet: WriteOnlyWorksheet, columns: Sequence[SheetColumn]) -> None:
    """Column widths and the frozen header; they come first in a sheet that is streamed."""
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width


def _append_header(sheet: WriteOnlyWorksheet, columns: Sequence[SheetColumn]) -> None:
    cells = [WriteOnlyCell(sheet) for _ in columns]
    for cell, column in zip(cells, columns, strict=True):
        cell.font = Font(bold=True)
        _fill(cell, column.heading)
    sheet.append(cells)


def _counted(
    rows: Iterable[Sequence[SheetValue]], name: str, instead: str
) -> Iterable[Sequence[SheetValue]]:
    for count, row in enumerate(rows, 1):
        if count > MAX_ROWS:
            message = f"an Excel sheet holds {MAX_ROWS:,} rows; these are more."
            raise UnwritableOutput(message, file=name, hint=instead)
        yield row


def _append(
    sheet: WriteOnlyWorksheet,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[SheetValue]],
) -> int:
    """Write the rows; the cells are made once, as each row is streamed out when appended."""
    plain, quoted = _styled(sheet, columns, quoted=False), _styled(sheet, columns, quoted=True)
    count = 0
    for values in rows:
        count += 1
        pairs = zip(plain, quoted, values, strict=True)
        cells = [marked if _is_formula(value) else cell for cell, marked, value in pairs]
        for cell, value in zip(cells, values, strict=True):
            _fill(cell, value)
        sheet.append(cells)
    return count


def _styled(
    sheet: WriteOnlyWorksheet, columns: Sequence[SheetColumn], *, quoted: bool
) -> list[WriteOnlyCell]:
    """A row of empty cells. The workbook keeps their styles, which mustn't change afterwards."""
    cells = [WriteOnlyCell(sheet) for _ in columns]
    for column, cell in zip(columns, cells, strict=True):
        cell.quotePrefix = quoted
        cell.alignment = Alignment(vertical="top", wrap_text=column.wrapped)
        if column.number_format != GENERAL:
            cell.number_format = column.number_format
    return cells


def _fill(cell: WriteOnlyCell, value: SheetValue) -> None:
    """Put a value into a cell; a text is marked as one, whatever it begins with."""
    if isinstance(value, str):
        cell.value = without_unwanted(value)[:MAX_TEXT] or None
        cell.data_type = "s" if cell.value else "n"
    else:
        cell.value = value


def _is_formula(value: SheetValue) -> bool:
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
