"""Terms that came after a space was fitted: a concept of its own for each, and what else it means.

As at the fit a Chinese word also counts as its parts and the stems of its senses, which may be
newcomers themselves; so two words that no text had before meet across the languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from matcher.text.expansion import Expander
from matcher.text.segment import is_chinese
from matcher.text.stream import TermTable

Cell = tuple[int, int, float]


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """What is known already. expansion: terms × concepts; concepts: how many with those to come.

    prefix: a term → the concept of its beginning, if there is one.
    """

    expander: Expander
    expansion: sparse.csr_matrix
    concepts: int
    prefix: Callable[[str], list[int]]


@dataclass(frozen=True, slots=True, eq=False)
class Newcomers:
    """Immutable. numbers: term → its row. matrix: rows × concepts; meaning: the same by columns."""

    fitted: Fitted
    terms: Sequence[str]
    numbers: Mapping[str, int]
    matrix: sparse.csr_matrix
    meaning: sparse.csc_matrix

    @classmethod
    def none(cls, fitted: Fitted) -> Newcomers:
        """Nobody yet."""
        nothing = sparse.csr_matrix((0, fitted.concepts), dtype=np.float32)
        return cls(fitted, (), {}, nothing, nothing.tocsc())

    def __len__(self) -> int:
        return len(self.terms)

    def followed_by(self, terms: Sequence[str]) -> Newcomers:
        """The same with these terms, none of which is known, behind the others."""
        first = len(self)
        numbers = {**self.numbers, **{term: row for row, term in enumerate(terms, first)}}
        named = replace(self, terms=(*self.terms, *terms), numbers=numbers)
        base = self.fitted.expansion.shape[1]
        own = [
            (row, concept, 1.0)
            for row, term in enumerate(terms)
            for concept in (base + first + row, *self.fitted.prefix(term))
        ]
        rows = named.counted(terms) + _matrix(own, (len(terms), self.fitted.concepts))
        matrix = sparse.vstack([self.matrix, rows], format="csr")
        return replace(named, matrix=matrix, meaning=matrix.tocsc())

    def number(self, term: str) -> int | None:
        """The number of a term that was fitted or came later."""
        known, first = self.fitted.expander.table.get(term), self.fitted.expansion.shape[0]
        if known is not None and known < first:
            return known
        row = self.numbers.get(term)
        return None if row is None else first + row

    def counted(self, terms: Sequence[str]) -> sparse.csr_matrix:
        """What other terms count as, beside themselves: terms × concepts; nothing for English."""
        first, base = self.fitted.expansion.shape
        cells: list[Cell] = []
        stems: list[Cell] = []
        for row, term in enumerate(terms):
            parts, senses = self.fitted.expander.known(term) if is_chinese(term) else ([], [])
            for other, share, expands in _both(parts, senses):
                number = self.number(other)
                if number is None:
                    continue
                if expands and number < first:
                    stems.append((row, number, share))
                    continue
                # A fitted term's own concept has the term's number.
                cells.append((row, number if number < first else base + number - first, share))
                if expands:
                    cells.extend((row, concept, share) for concept in self.fitted.prefix(other))
        expanded = (_matrix(stems, (len(terms), first)) @ self.fitted.expansion).tocsr()
        expanded.resize((len(terms), self.fitted.concepts))
        return expanded + _matrix(cells, expanded.shape)

    def bring(self, table: TermTable, first: int) -> None:
        """Add to a table what its terms from `first` on count as, and what that counts as."""
        while first < len(table):
            names, first = table.names(first), len(table)
            for term in filter(is_chinese, names):
                for other, _, _ in _both(*self.fitted.expander.known(term)):
                    table.number(other)


def _both(
    parts: Iterable[tuple[str, float]], senses: Iterable[tuple[str, float]]
) -> Iterable[tuple[str, float, bool]]:
    """Parts count as themselves alone; the stems of senses count as all that they count as."""
    yield from ((part, share, False) for part, share in parts)
    yield from ((stem, share, True) for stem, share in senses)


def _matrix(cells: Sequence[Cell], shape: tuple[int, int]) -> sparse.csr_matrix:
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return sparse.csr_matrix((np.array(values, np.float32), (rows, columns)), shape=shape)
