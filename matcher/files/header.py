"""Finding the header of a table: below merged title rows, one row high or two.

A row is the header because its cells are known column names; where none is known, because it
is the one with the most texts. Two rows are one header where the second names the parts of a
merged cell of the first, or gives the same names in another language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.files.cells import Cell, without_unwanted

JOINER = " / "
"""Between the two names of a column that has two header rows."""
LONGEST_NAME = 120
LONGEST_PART = 24
"""Characters in the lower name of a divided column; a longer one is a value."""

Known = Callable[[str], bool]
"""Whether a column of this name would be understood."""
NumberedRow = tuple[int, Sequence[Cell]]
"""A row number as the user sees it, and the cells."""


@dataclass(frozen=True, slots=True)
class Header:
    """Column names from the left edge on ("" where a column has none), and where they end.

    `row` is the number of the last header row; `known` counts the names that are understood.
    """

    columns: tuple[str, ...]
    row: int
    known: int


def find_header(preview: Sequence[NumberedRow], known: Known) -> Header | None:
    """The header among the first rows of a table; None when they are all blank."""
    rows = [(number, _names(cells)) for number, cells in preview]
    rows = [(number, names) for number, names in rows if any(names)]
    if not rows:
        return None
    best = max(range(len(rows)), key=lambda index: _rank(rows[index][1], known))
    first, second = _extent([names for _, names in rows], best, known)
    names = rows[first][1] if first == second else _joined(rows[first][1], rows[second][1])
    columns = tuple(names[: _width(names)])
    return Header(columns, rows[second][0], _count_known(columns, known))


def _rank(names: Sequence[str], known: Known) -> tuple[int, int]:
    """Known names first, texts second; of equals `max` takes the upper row."""
    return _count_known(names, known), sum(map(bool, names))


def _names(cells: Sequence[Cell]) -> list[str]:
    """The cells as column names: one line each, and none for what is too long for a name."""
    texts = [_one_line(cell) if isinstance(cell, str) else "" for cell in cells]
    return [text if len(text) <= LONGEST_NAME else "" for text in texts]


def _one_line(text: str) -> str:
    return " ".join(without_unwanted(text).split())


def _count_known(names: Sequence[str], known: Known) -> int:
    return sum(1 for name in names if name and known(name))


def _width(names: Sequence[str]) -> int:
    return max((index + 1 for index, name in enumerate(names) if name), default=0)


def _extent(rows: Sequence[Sequence[str]], best: int, known: Known) -> tuple[int, int]:
    """First and last row of the header that holds row `best`."""
    for first, second in pairwise(range(max(best - 1, 0), min(best + 2, len(rows)))):
        upper, lower = _level(rows[first], rows[second])
        if _names_parts(upper, lower) or (_is_names(upper, known) and _is_names(lower, known)):
            return first, second
    return best, best


def _level(upper: Sequence[str], lower: Sequence[str]) -> tuple[list[str], list[str]]:
    """The two rows at the same length."""
    width = max(len(upper), len(lower))
    return [*upper, *[""] * (width - len(upper))], [*lower, *[""] * (width - len(lower))]


def _names_parts(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the lower row only divides merged cells of the upper one.

    Then some column has its name above and nothing below (merged downwards), some has nothing
    above and a name below (merged sideways), and a column with both starts a merged cell.
    """
    parts = [name for name in lower if name]
    both = [i for i, name in enumerate(lower) if name and upper[i]]
    starts = all(i + 1 < len(upper) and not upper[i + 1] and lower[i + 1] for i in both)
    downwards = any(above and not below for above, below in zip(upper, lower, strict=True))
    sideways = any(below and not above for above, below in zip(upper, lower, strict=True))
    names = len(set(parts)) == len(parts) and all(map(_is_part, parts))
    return starts and downwards and sideways and names


def _is_part(text: str) -> bool:
    return len(text) <= LONGEST_PART and not text.isnumeric()


def _is_names(row: Sequence[str], known: Known) -> bool:
    """Whether a row is made of column names; two such rows give them in two languages."""
    return (count := _count_known(row, known)) >= 2 and 2 * count >= sum(map(bool, row))


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Column names of two header rows; a merged cell's name goes on to its right."""
    names: list[str] = []
    span = ""
    for above, below in zip(*_level(upper, lower), strict=True):
        span = above or (span if below else "")
        parts = [part for part in (span, below) if part]
        names.append(JOINER.join(dict.fromkeys(parts)))
    return names
