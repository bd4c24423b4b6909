"""Writing stored records to a file: JSON Lines, CSV or Excel, by the suffix of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from matcher.domain.enums import Language
from matcher.domain.record import Record
from matcher.errors import UsageError
from matcher.files.atomic import check_writable, replacing
from matcher.files.export_lines import BOM, csv_line, json_line
from matcher.files.export_workbook import write_record_sheet
from matcher.files.flat import flatten
from matcher.files.sheet_columns import COLUMNS

SUFFIXES = (".jsonl", ".csv", ".xlsx")


def check_export(path: str | Path, noun: str) -> None:
    """Raise UsageError for a suffix or noun that isn't written, UnwritableOutput for a bad place.

    To be called before the long work starts.
    """
    _suffix(path)
    if noun not in COLUMNS:
        hint = f"Use one of {', '.join(COLUMNS)}."
        raise UsageError(f"records of the kind {noun!r} aren't exported.", hint=hint)
    check_writable(path)


def write_records(
    path: str | Path, noun: str, stored: Iterable[Record], language: Language = Language.ZH
) -> int:
    """Write the records in their order and return how many there were.

    .jsonl holds everything and is read back as it was. .csv (UTF-8 with a byte-order mark) has
    the fields' names as headings and codes for choices; .xlsx is for people, its headings and
    choices in `language`. Neither of the two holds node, owner and accounts, nor a follow-up's
    history and notes. The same records give the same bytes. The file appears whole or not at
    all. Raises UsageError, UnwritableOutput.
    """
    suffix = _suffix(path)
    check_export(path, noun)
    with replacing(path) as stream:
        if suffix == ".xlsx":
            return write_record_sheet(stream, noun, stored, language, name=str(path))
        if suffix == ".csv":
            stream.write((BOM + csv_line(COLUMNS[noun])).encode())
            return _write(stream, stored, lambda record: csv_line(flatten(record, noun)))
        return _write(stream, stored, lambda record: json_line(record, noun))


def _write(stream: BinaryIO, stored: Iterable[Record], line: Callable[[Record], str]) -> int:
    count = 0
    for record in stored:
        stream.write(line(record).encode())
        count += 1
    return count


def _suffix(path: str | Path) -> str:
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        hint = f"Use one of {', '.join(SUFFIXES)}."
        message = f"records aren't written as {suffix or 'a file without a suffix'}."
        raise UsageError(message, file=str(path), hint=hint)
    return suffix
