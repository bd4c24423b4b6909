"""Matches as an Excel sheet for a broker: titles side by side, score, reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from types import MappingProxyType
from typing import BinaryIO

from matcher.files.match_row import MatchRow
from matcher.files.sheets import GENERAL, SheetColumn, SheetValue, write_sheet

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "query": "Query",
        "candidate": "Candidate",
        "rank": "Rank",
        "score": "Score",
        "likelihood": "Likelihood",
        "band": "Band",
        "reasons": "Reasons",
        "query_id": "Query id",
        "candidate_id": "Candidate id",
    }
)
"""Column headings in English; a caller may pass the same keys in another language."""

_LIKELIHOOD = "likelihood"
_WIDTHS: Mapping[str, float] = MappingProxyType(
    dict(zip(LABELS, (40, 40, 7, 9, 11, 11, 70, 16, 16), strict=True))
)
_FORMATS: Mapping[str, str] = MappingProxyType({"score": "0.000", _LIKELIHOOD: "0%"})
_WRAPPED = frozenset(("query", "candidate", "reasons"))
_SHEET = "matches"
_INSTEAD = "Write .tsv or .jsonl, or ask for fewer."


def write_workbook(
    stream: BinaryIO, rows: Iterable[MatchRow], labels: Mapping[str, str] = LABELS, *, name: str
) -> int:
    """Write the rows as an .xlsx and return how many there were.

    The column of likelihoods is there where the first row has one. Raises UnwritableOutput, with
    `name` as its file, where they are more than a sheet holds.
    """
    rows = iter(rows)
    first = next(rows, None)
    rows = rows if first is None else chain([first], rows)
    likely = first is not None and first.likelihood is not None
    keys = [key for key in LABELS if likely or key != _LIKELIHOOD]
    values = ([_values(row)[key] for key in keys] for row in rows)
    columns = [_column(key, labels) for key in keys]
    return write_sheet(stream, _SHEET, columns, values, name=name, instead=_INSTEAD)


def _column(key: str, labels: Mapping[str, str]) -> SheetColumn:
    return SheetColumn(labels[key], _WIDTHS[key], key in _WRAPPED, _FORMATS.get(key, GENERAL))


def _values(row: MatchRow) -> dict[str, SheetValue]:
    """By the keys of `LABELS`; a record without a title is shown by its id."""
    return {
        "query": row.query_title or row.query_id,
        "candidate": row.candidate_title or row.candidate_id,
        "rank": row.rank,
        "score": float(row.score),
        _LIKELIHOOD: None if row.likelihood is None else float(row.likelihood),
        "band": row.band,
        "reasons": "\n".join(row.reason_texts),
        "query_id": row.query_id,
        "candidate_id": row.candidate_id,
    }
