"""Matches as an Excel sheet for a broker: titles side by side, score, reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from matcher.files.match_row import MatchRow
from matcher.files.sheets import GENERAL, SheetColumn, write_sheet

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

_WIDTHS = (40, 40, 7, 9, 11, 70, 16, 16)
_WRAPPED = frozenset(("query", "candidate", "reasons"))
_SHEET = "matches"
_INSTEAD = "Write .tsv or .jsonl, or ask for fewer."


def write_workbook(
    stream: BinaryIO, rows: Iterable[MatchRow], labels: Mapping[str, str] = LABELS, *, name: str
) -> int:
    """Write the rows as an .xlsx and return how many there were.

    Raises UnwritableOutput, with `name` as its file, where they are more than a sheet holds.
    """
    columns = [
        SheetColumn(labels[key], width, key in _WRAPPED, "0.000" if key == "score" else GENERAL)
        for key, width in zip(LABELS, _WIDTHS, strict=True)
    ]
    return write_sheet(stream, _SHEET, columns, map(_values, rows), name=name, instead=_INSTEAD)


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
