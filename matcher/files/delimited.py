"""Rows of a CSV or TSV file: which delimiter it has, and its records one at a time."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from matcher.errors import InvalidValue
from matcher.files.cells import MAX_CELL
from matcher.files.decode import Encoding
from matcher.files.header import Known
from matcher.files.source import Source, lines

DELIMITERS = (",", ";", "\t")
SAMPLE_LINES = 60
_CLOSE = 'Write a quotation mark inside a quoted cell twice ("") or remove it.'


def delimiter_of(source: Source, encoding: Encoding, known: Known) -> str:
    """Tab for .tsv; otherwise told from the first lines.

    The delimiter that yields most known column names is taken; of equals the one that cuts
    most rows to the same number of cells, then the one that cuts most.
    """
    if source.suffix == ".tsv":
        return "\t"
    sample = list(islice(lines(source, encoding, newline=""), SAMPLE_LINES))
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter, known))


def _fit(sample: Sequence[str], delimiter: str, known: Known) -> tuple[int, float, int]:
    csv.field_size_limit(MAX_CELL)
    try:
        rows = [row for row in csv.reader(sample, delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0, 0.0, 0
    if not rows:
        return 0, 0.0, 0
    names = max(sum(known(cell) for cell in row if cell) for row in rows)
    width, alike = Counter(map(len, rows)).most_common(1)[0]
    return names, alike / len(rows) if width > 1 else 0.0, width


def read_rows(
    source: Source, encoding: Encoding, delimiter: str
) -> Iterator[tuple[int, list[str]]]:
    """Every record with its number as a spreadsheet shows it: blank lines count, and a cell
    with line ends is still one row.

    Raises InvalidValue for a cell over `MAX_CELL` characters and for a quotation mark that is
    opened and never closed, which would swallow the rest of the file.
    """
    csv.field_size_limit(MAX_CELL)
    feed = _Feed(lines(source, encoding, newline=""))
    reader = csv.reader(feed, delimiter=delimiter)
    number = 0
    try:
        for cells in reader:
            number += 1
            feed.inside_record = False
            yield number, cells
    except csv.Error as error:
        raise InvalidValue(
            f"a cell is longer than {MAX_CELL:,} characters, or its quotes don't match ({error}).",
            file=source.name,
            row=number + 1,
            hint=_CLOSE,
        ) from error


class _Feed:
    """Lines for a csv.reader, which asks for more than there are only inside open quotes."""

    def __init__(self, source: Iterator[str]) -> None:
        self._lines = source
        self.inside_record = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None and self.inside_record:
            raise csv.Error("a quotation mark is never closed")
        if line is None:
            raise StopIteration
        self.inside_record = True
        return line
