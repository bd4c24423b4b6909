"""The product's own bilingual terms: every data/lexicon/*.tsv, which an admin may extend."""

from __future__ import annotations

import math
from pathlib import Path
from typing import NamedTuple

from matcher.errors import InvalidValue, UnreadableFile

COLUMNS = ["zh", "en", "weight"]


class LexiconTerm(NamedTuple):
    """A Chinese term, an English one for it, and how close they are (1 the same, 0.5 loosely)."""

    zh: str
    en: str
    weight: float


def read_lexicon(folder: Path) -> list[LexiconTerm]:
    """The terms of every TSV file in a folder, file by file in the order of their names."""
    return [term for path in sorted(folder.glob("*.tsv")) for term in read_terms(path)]


def read_terms(path: Path) -> list[LexiconTerm]:
    """The terms of a TSV file with the header `zh, en, weight`; `#` begins a comment line.

    Raises InvalidValue naming the row for a line that isn't a term, UnreadableFile for a file that
    isn't UTF-8.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            "The lexicon isn't UTF-8.", file=str(path), hint="Save it as UTF-8 text."
        ) from error
    if not lines or lines[0].split("\t") != COLUMNS:
        raise InvalidValue(
            "The lexicon has no header.",
            file=str(path),
            row=1,
            hint=f"Begin it with {COLUMNS}, tab-separated.",
        )
    return [
        _term(line, path, row)
        for row, line in enumerate(lines[1:], start=2)
        if line.strip() and not line.startswith("#")
    ]


def _term(line: str, path: Path, row: int) -> LexiconTerm:
    cells = line.split("\t")
    try:
        zh, en, weight = cells[0].strip(), cells[1].strip(), float(cells[2])
    except (IndexError, ValueError) as error:
        raise InvalidValue(
            "Not a term.", file=str(path), row=row, hint="Write zh, en and a number, tab-separated."
        ) from error
    if not zh or not en or not (math.isfinite(weight) and 0 < weight <= 1):
        raise InvalidValue(
            "A term needs zh, en and a weight above 0 and up to 1.",
            file=str(path),
            row=row,
            column="weight",
        )
    return LexiconTerm(zh, en, weight)
