"""Known interactions: which query goes with which candidate, and how strongly.

A table with the columns `query_id`, `candidate_id` and, if wanted, `weight`. Millions of rows
are held as three arrays; ids are kept once each.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InvalidValue, MissingColumn
from matcher.files.cells import Cell, as_id, is_blank
from matcher.files.heading import fold
from matcher.files.notices import Notices
from matcher.files.table import Table, read_table

QUERY_ID, CANDIDATE_ID, WEIGHT = "query_id", "candidate_id", "weight"
_FOLDED = {fold(name): name for name in (QUERY_ID, CANDIDATE_ID, WEIGHT)}
_LARGEST_WEIGHT = float(np.finfo(np.float32).max)


@dataclass(frozen=True, slots=True)
class Interactions:
    """`n` interactions in the order of the file.

    `queries` and `candidates`: int32[n], places in `query_ids` and `candidate_ids`, which hold
    each id once in the order of first appearance; `weights`: float32[n], finite and ≥ 0.
    """

    query_ids: tuple[str, ...]
    candidate_ids: tuple[str, ...]
    queries: NDArray[np.int32]
    candidates: NDArray[np.int32]
    weights: NDArray[np.float32]
    notices: Notices

    def __len__(self) -> int:
        return len(self.weights)


@dataclass(frozen=True, slots=True)
class _Ids:
    """Numbers ids as they come, and holds the numbers of all rows."""

    numbers: dict[str, int] = field(default_factory=dict)
    rows: array[int] = field(default_factory=lambda: array("i"))

    def add(self, name: str) -> None:
        self.rows.append(self.numbers.setdefault(name, len(self.numbers)))

    def array(self) -> NDArray[np.int32]:
        return np.frombuffer(self.rows, dtype=np.intc).astype(np.int32)


class _Places(NamedTuple):
    """Where the columns are; `weight` lies beyond every row where there is no such column."""

    query: int
    candidate: int
    weight: int


def read_interactions(path: str | Path) -> Interactions:
    """Read a file of interactions; a missing or blank weight is 1.

    Raises what `read_table` raises; MissingColumn without the two id columns; InvalidValue,
    with the row, for a blank id and for a weight that is no number, negative or not finite.
    """
    table = read_table(path, lambda name: fold(name) in _FOLDED)
    file, places = table.name, _places(table)
    notices = Notices(file)
    queries, candidates, weights = _Ids(), _Ids(), array("f")
    for number, cells in table.rows(notices):
        queries.add(_id(cells, places.query, file, number, QUERY_ID))
        candidates.add(_id(cells, places.candidate, file, number, CANDIDATE_ID))
        weights.append(_weight(cells, places.weight, file, number))
    return Interactions(
        tuple(queries.numbers),
        tuple(candidates.numbers),
        queries.array(),
        candidates.array(),
        np.frombuffer(weights, dtype=np.float32).copy(),
        notices,
    )


def _places(table: Table) -> _Places:
    """Find the columns by name, without case, spaces and underscores."""
    found: dict[str, int] = {}
    for index, name in enumerate(table.columns):
        found.setdefault(_FOLDED.get(fold(name), ""), index)
    for wanted in (QUERY_ID, CANDIDATE_ID):
        if wanted not in found:
            raise _column_missing(table, wanted)
    return _Places(found[QUERY_ID], found[CANDIDATE_ID], found.get(WEIGHT, len(table.columns)))


def _column_missing(table: Table, wanted: str) -> MissingColumn:
    found = tuple(filter(None, table.columns))
    return MissingColumn(
        f"there is no column {wanted} (found {', '.join(found)}).",
        file=table.name,
        row=table.header_row or None,
        column=wanted,
        hint=f"Write a header {QUERY_ID}, {CANDIDATE_ID} and, if wanted, {WEIGHT}.",
        found=found,
        wanted=(QUERY_ID, CANDIDATE_ID),
    )


def _id(cells: Sequence[Cell], index: int, file: str, row: int, column: str) -> str:
    cell = cells[index] if index < len(cells) else None
    found = as_id(cell, file=file, row=row, column=column)
    if not found:
        hint = "Fill it in or remove the row."
        raise InvalidValue("the id is blank.", file=file, row=row, column=column, hint=hint)
    return found


def _weight(cells: Sequence[Cell], index: int, file: str, row: int) -> float:
    cell = cells[index] if index < len(cells) else None
    if is_blank(cell):
        return 1.0
    try:
        weight = float(cell) if isinstance(cell, str | int | float) else math.nan
    except (ValueError, OverflowError):
        weight = math.nan
    if not 0 <= weight <= _LARGEST_WEIGHT:
        raise InvalidValue(
            f"the weight {cell!r} is not a number from 0 up.",
            file=file,
            row=row,
            column=WEIGHT,
            hint="Write a finite number, or leave it empty for 1.",
        )
    return weight
