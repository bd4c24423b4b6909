"""Reading the files of a set: gzipped JSON lines and tables with tabs."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from matcher.errors import InvalidValue, MissingColumn, UnreadableFile
from matcher.evaluate.metrics import Qrels
from training.sets.case import Record, as_record

QREL_COLUMNS = ("query_id", "doc_id", "grade")


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that aren't blank with their numbers from 1; a name that ends in .gz is unpacked.

    Raises UnreadableFile for a file that is missing, cut short or not UTF-8.
    """
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        hint = "Fetch the set anew."
        raise UnreadableFile(f"can't be read ({error}).", file=str(path), hint=hint) from error


def read_objects(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines. Raises what `read_lines` does, and InvalidValue."""
    for number, line in read_lines(path):
        try:
            value = json.loads(line)
        except ValueError as error:
            raise InvalidValue("is not JSON.", file=str(path), row=number) from error
        if not isinstance(value, dict):
            raise InvalidValue("is not a JSON object.", file=str(path), row=number)
        yield value


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of a table with tabs below its header, with their numbers in the file.

    Raises MissingColumn unless the header is `columns`; InvalidValue for a row of another width.
    """
    lines = read_lines(path)
    _, header = next(lines, (1, ""))
    if tuple(header.split("\t")) != columns:
        raise MissingColumn(f"needs the header {', '.join(columns)}.", file=str(path), row=1)
    for number, line in lines:
        cells = tuple(line.split("\t"))
        if len(cells) != len(columns):
            message = f"has {len(cells)} cells instead of {len(columns)}."
            raise InvalidValue(message, file=str(path), row=number)
        yield number, cells


def read_qrels(path: Path) -> Qrels:
    """The judgements of a file. Raises what `read_table` does; InvalidValue for a broken grade."""
    qrels: dict[str, dict[str, int]] = {}
    for number, (query, document, grade) in read_table(path, QREL_COLUMNS):
        qrels.setdefault(query, {})[document] = as_grade(grade, path, number)
    return qrels


def as_grade(cell: str, path: Path, row: int) -> int:
    """A grade from 0 up. Raises InvalidValue."""
    if not (cell.isascii() and cell.isdecimal()):
        raise InvalidValue(f"{cell!r} is not a grade.", file=str(path), row=row, column="grade")
    return int(cell)


def read_texts(path: Path, lang: str = "") -> list[Record]:
    """The records of a file by their text alone; `lang` where the file doesn't say."""
    return [
        as_record(str(found["id"]), found["text"], lang=found.get("lang", lang))
        for found in read_objects(path)
    ]
