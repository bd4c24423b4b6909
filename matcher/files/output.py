"""Writing ranked matches: JSON Lines, TSV, Excel or TREC run, by the suffix of the file."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from matcher.errors import UsageError
from matcher.files.atomic import check_writable, replacing
from matcher.files.cells import without_unwanted
from matcher.files.formula import as_literal
from matcher.files.match_row import MatchRow
from matcher.files.workbook import LABELS, write_workbook

TSV_COLUMNS = (
    *("query_id", "candidate_id", "rank", "score"),
    *("band", "query_title", "candidate_title", "reasons"),
)
RUN_NAME = "matcher"


def check_output(path: str | Path) -> None:
    """Raise UsageError for a suffix that isn't written, UnwritableOutput for a bad place.

    To be called before the long work starts.
    """
    _suffix(path)
    check_writable(path)


def write_matches(
    path: str | Path, rows: Iterable[MatchRow], labels: Mapping[str, str] = LABELS
) -> int:
    """Write the rows in their order and return how many there were.

    .jsonl: one object a pair with query_id, candidate_id, rank, score, likelihood where there is
    one, parts, reasons. .tsv: a header, then the columns of `TSV_COLUMNS`; a text that a
    spreadsheet could take for a formula has an apostrophe before it. .xlsx: a sheet for people, its
    headings from `labels`. .trec: `query_id Q0 candidate_id rank score matcher`. The same rows
    give the same bytes. The file appears whole or not at all. Raises UsageError, UnwritableOutput.
    """
    suffix = _suffix(path)
    with replacing(path) as stream:
        if suffix == _WORKBOOK:
            return write_workbook(stream, rows, labels, name=str(path))
        return _write_lines(stream, rows, *_LINES[suffix])


def _suffix(path: str | Path) -> str:
    suffix = Path(path).suffix.lower()
    if suffix != _WORKBOOK and suffix not in _LINES:
        hint = f"Use one of {', '.join((*_LINES, _WORKBOOK))}, or - for standard output."
        message = f"matches aren't written as {suffix or 'a file without a suffix'}."
        raise UsageError(message, file=str(path), hint=hint)
    return suffix


def _write_lines(
    stream: BinaryIO, rows: Iterable[MatchRow], header: str, line: Callable[[MatchRow], str]
) -> int:
    stream.write(header.encode())
    count = 0
    for row in rows:
        stream.write(line(row).encode())
        count += 1
    return count


def _json_line(row: MatchRow) -> str:
    likely = {} if row.likelihood is None else {"likelihood": float(row.likelihood)}
    record = {
        "query_id": row.query_id,
        "candidate_id": row.candidate_id,
        "rank": row.rank,
        "score": float(row.score),
        **likely,
        "parts": {name: float(part) for name, part in row.parts.items()},
        "reasons": [dict(reason) for reason in row.reasons],
    }
    return without_unwanted(json.dumps(record, ensure_ascii=False, allow_nan=False)) + "\n"


def _tsv_line(row: MatchRow) -> str:
    reasons = "; ".join(row.reason_texts)
    return _delimited(
        (
            *map(_cell, (row.query_id, row.candidate_id)),
            *(row.rank, float(row.score)),
            *map(_cell, (row.band, row.query_title, row.candidate_title, reasons)),
        )
    )


def _delimited(cells: Iterable[str | float]) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter="\t", lineterminator="\n").writerow(cells)
    return line.getvalue()


def _cell(text: str) -> str:
    """The text on one line, and not a formula."""
    return as_literal(_LINE_BREAKS.sub(" ", without_unwanted(text)))


def _trec_line(row: MatchRow) -> str:
    query, candidate = _word(row.query_id), _word(row.candidate_id)
    return f"{query} Q0 {candidate} {row.rank} {float(row.score)!r} {RUN_NAME}\n"


def _word(text: str) -> str:
    """An id without white space, which separates the columns of a run."""
    return "_".join(without_unwanted(text).split()) or "_"


_LINE_BREAKS = re.compile(r"[\t\r\n]+")
_WORKBOOK = ".xlsx"
_LINES = {
    ".jsonl": ("", _json_line),
    ".tsv": (_delimited(TSV_COLUMNS), _tsv_line),
    ".trec": ("", _trec_line),
}
"""By suffix: the header, and how a row becomes a line."""
