"""Rows of an Excel workbook: the sheet that holds the table, and its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from matcher.errors import MissingColumn, UnreadableFile
from matcher.files.header import Header, Known, NumberedRow, find_header
from matcher.files.package import PASSWORD, PASSWORD_HINT, check_workbook
from matcher.files.source import Source

PREVIEW_ROWS = 60
CERTAIN = 2
"""Known column names that make a sheet a table beyond doubt."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet in memory and the header that was found in it."""

    name: str
    header: Header
    grid: CalamineSheet

    def read_rows(self) -> Iterator[NumberedRow]:
        """Every row of the sheet, numbered as Excel does."""
        return _rows(self.grid)


def open_sheet(source: Source, known: Known) -> Sheet:
    """The first visible worksheet with a header of which two names are known, else one.

    One alone may be a word in a sheet of instructions that precedes the table.

    Raises UnreadableFile for what isn't a workbook that can be opened; MissingColumn, naming
    every sheet and its columns, when no sheet holds a table that is understood.
    """
    check_workbook(source)
    try:
        with source.path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as workbook:
            found = list(_until_certain(_sheets(workbook, known)))
    except PasswordError as error:
        raise UnreadableFile(PASSWORD, file=source.name, hint=PASSWORD_HINT) from error
    except CalamineError as error:
        hint = "Open it in Excel and save it anew as .xlsx."
        message = f"can't be read as a workbook ({error})."
        raise UnreadableFile(message, file=source.name, hint=hint) from error
    if not found:
        hint = "Put the records into the first sheet, below one header row."
        raise UnreadableFile("every visible sheet is empty.", file=source.name, hint=hint)
    best = max(found, key=_certainty)
    if not best.header.known:
        raise _no_table(source, found)
    return best


def _sheets(workbook: CalamineWorkbook, known: Known) -> Iterator[Sheet]:
    for index, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible:
            grid = workbook.get_sheet_by_index(index)
            header = find_header(list(islice(_rows(grid), PREVIEW_ROWS)), known)
            if header is not None:
                yield Sheet(sheet.name, header, grid)


def _until_certain(sheets: Iterator[Sheet]) -> Iterator[Sheet]:
    """The sheets up to the first that is surely the table; those after it aren't parsed."""
    for sheet in sheets:
        yield sheet
        if _certainty(sheet) == CERTAIN:
            return


def _certainty(sheet: Sheet) -> int:
    return min(sheet.header.known, CERTAIN)


def _rows(grid: CalamineSheet) -> Iterator[NumberedRow]:
    return enumerate(grid.iter_rows(), 1)


def _no_table(source: Source, sheets: list[Sheet]) -> MissingColumn:
    listed = "; ".join(
        f"{sheet.name}: {', '.join(filter(None, sheet.header.columns))}" for sheet in sheets
    )
    return MissingColumn(
        f"no sheet has a column that is understood (found {listed}).",
        file=source.name,
        hint="Name the columns, for example id, title and text, or pass a mapping file.",
        sheets=tuple(sheet.name for sheet in sheets),
        found=tuple(name for sheet in sheets for name in sheet.header.columns if name),
    )
