"""The report of an import as a file: a line of JSON a row, or a table with a line a problem."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from matcher.actions.import_report import ImportReport, RowResult
from matcher.errors import UsageError
from matcher.files.atomic import check_writable, replacing
from matcher.files.export_lines import BOM, csv_line
from matcher.files.sheets import SheetColumn, write_sheet

SUFFIXES = (".jsonl", ".csv", ".xlsx")

_COLUMNS = (
    *(SheetColumn("row", 8), SheetColumn("id", 24), SheetColumn("action", 12)),
    *(SheetColumn("changed fields", 24, wrapped=True), SheetColumn("code", 20)),
    *(SheetColumn("column", 20), SheetColumn("problem", 60, wrapped=True)),
    *(SheetColumn("what to do", 48, wrapped=True), SheetColumn("original", 60, wrapped=True)),
)


def check_report(path: Path) -> None:
    """Raise UsageError for a suffix that isn't written, UnwritableOutput for a bad place."""
    if path.suffix.lower() not in SUFFIXES:
        hint = f"Use one of {', '.join(SUFFIXES)}."
        message = f"a report isn't written as {path.suffix or 'a file without a suffix'}."
        raise UsageError(message, file=str(path), hint=hint)
    check_writable(path)


def write_report(path: Path, report: ImportReport) -> None:
    """Write all rows of the report. The file appears whole or not at all."""
    check_report(path)
    with replacing(path) as stream:
        match path.suffix.lower():
            case ".xlsx":
                instead = "Write the report as .jsonl or .csv."
                lines = _lines(report)
                write_sheet(stream, "import", _COLUMNS, lines, name=str(path), instead=instead)
            case ".csv":
                _write_csv(stream, report)
            case _:
                for result in report.results:
                    line = json.dumps(result.to_mapping(), ensure_ascii=True)
                    stream.write(f"{line}\n".encode())


def _write_csv(stream: BinaryIO, report: ImportReport) -> None:
    stream.write((BOM + csv_line(column.heading for column in _COLUMNS)).encode())
    for line in _lines(report):
        stream.write(csv_line(line).encode())


def _lines(report: ImportReport) -> Iterator[tuple[int | str, ...]]:
    for result in report.results:
        yield from _of(result)


def _of(result: RowResult) -> Iterator[tuple[int | str, ...]]:
    """A line for each problem, one line without for a row that has none."""
    begun = (result.row, result.id, result.action.value, ", ".join(result.fields))
    for said in result.problems:
        original = result.original.get(said.field or "", "")
        told = (said.code.value, said.column or "", said.message, said.hint or "", original)
        yield (*begun, *told)
    if not result.problems:
        yield (*begun, "", "", "", "", "")
