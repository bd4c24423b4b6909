"""Terms that came after a space was fitted: a concept of its own for each, and what else it means.

As at the fit a Chinese word also counts as its parts and the stems of its senses, which may be
newcomers themselves; so two words that no text had before meet across the languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.text.expansion import Expander
from matcher.text.grown import Grown
from matcher.text.narrow import narrow_product
from matcher.text.segment import is_chinese
from matcher.text.stream import TermTable

Cell = tuple[int, int, float]
Parts = tuple[npt.NDArray[np.float32], npt.NDArray[np.int32], npt.NDArray[np.int32]]


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
    """Immutable. table: the fitted terms and, behind them, those that came.

    matrix: a row for each that came × concepts, in memory that grows with those to come.
    """

    fitted: Fitted
    table: TermTable
    matrix: sparse.csr_matrix
    grown: tuple[Grown, Grown, Grown]

    @classmethod
    def none(cls, fitted: Fitted) -> Newcomers:
        """Nobody yet."""
        nothing = sparse.csr_matrix((0, fitted.concepts), dtype=np.float32)
        parts = (nothing.data, nothing.indices, nothing.indptr)
        return cls(fitted, TermTable(fitted.expander.table), nothing, _grown(parts))

    def __len__(self) -> int:
        return int(self.matrix.shape[0])

    @property
    def terms(self) -> tuple[str, ...]:
        """Those that came, in the order in which they came."""
        return tuple(self.table.names(len(self.fitted.expander.table)))

    def followed_by(self, terms: Sequence[str]) -> Newcomers:
        """The same with these terms, none of which is known, behind the others."""
        first = len(self)
        named = replace(self, table=self.table.followed_by(terms))
        base = self.fitted.expansion.shape[1]
        own: list[Cell] = [
            (row, concept, 1.0)
            for row, term in enumerate(terms)
            for concept in (base + first + row, *self.fitted.prefix(term))
        ]
        rows = named.counted(terms, own)
        data, indices, starts = self.grown
        grown = (
            data.followed_by(rows.data),
            indices.followed_by(rows.indices),
            starts.followed_by(rows.indptr[1:] + starts.values[-1]),
        )
        shape = (first + len(terms), self.fitted.concepts)
        matrix = sparse.csr_matrix(tuple(part.values for part in grown), shape=shape)
        return replace(named, matrix=matrix, grown=grown)

    def number(self, term: str) -> int | None:
        """The number of a term that was fitted or came later."""
        return self.table.get(term)

    def counted(self, terms: Sequence[str], own: Iterable[Cell] = ()) -> sparse.csr_matrix:
        """What other terms count as, beside themselves: terms × concepts; nothing for English.

        own: what they count as themselves, if they do.
        """
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
        counted = _matrix([*cells, *own], (len(terms), self.fitted.concepts))
        if not stems:
            return counted
        own_stems = _matrix(stems, (len(terms), first))
        columns = self.fitted.concepts
        return narrow_product(own_stems, self.fitted.expansion, columns=columns) + counted

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


def _grown(parts: Parts) -> tuple[Grown, Grown, Grown]:
    data, indices, starts = parts
    return Grown.of(data), Grown.of(indices), Grown.of(starts)


def _matrix(cells: Sequence[Cell], shape: tuple[int, int]) -> sparse.csr_matrix:
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return sparse.csr_matrix((np.array(values, np.float32), (rows, columns)), shape=shape)
