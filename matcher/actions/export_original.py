"""The texts of imported records as their files had them, beside what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.import_rows import WRITING
from matcher.actions.import_runs import rows_of
from matcher.actions.masked import GUARDED
from matcher.actions.shelf import Shelf
from matcher.errors import UsageError
from matcher.files.atomic import check_writable, replacing
from matcher.files.draft import plain
from matcher.files.export_lines import BOM, csv_line
from matcher.store.rows import chunks

COLUMNS = ("id", "field", "original", "stored")
_SUFFIX = ".csv"


def check_originals(path: Path, beside: Path) -> None:
    """Raise UsageError unless it is a .csv of its own, UnwritableOutput for a bad place."""
    if path.suffix.lower() != _SUFFIX or path.absolute() == beside.absolute():
        hint = "Name another file that ends in .csv."
        raise UsageError("originals are written as .csv.", file=str(path), hint=hint)
    check_writable(path)


def write_originals(session: Session, shelf: Shelf, written: Mapping[str, str], path: Path) -> int:
    """Write a line for each text that is stored otherwise than its file had it; return how many.

    `written`: the import that wrote the newest version, by the record's id.
    """
    count = 0
    with replacing(path) as stream:
        stream.write((BOM + csv_line(COLUMNS)).encode())
        for line in _lines(session, shelf, written):
            stream.write(csv_line(line).encode())
            count += 1
    return count


def _lines(
    session: Session, shelf: Shelf, written: Mapping[str, str]
) -> Iterator[tuple[str, str, str, str]]:
    for import_id in sorted(set(written.values())):
        rows = (
            row
            for row in rows_of(session, import_id)
            if row.original and row.action in WRITING and written.get(row.record_id) == import_id
        )
        for chunk in chunks(rows):
            present = shelf.present(session, [row.record_id for row in chunk])
            for row in chunk:
                record = present[row.record_id].record
                yield from _of(record, row.original)


def _of(record: Any, original: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    for field in sorted(original.keys() - set(GUARDED)):
        yield record.id, field, original[field], plain(getattr(record, field, ""))
