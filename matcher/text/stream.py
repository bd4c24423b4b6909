"""Many texts as one array of term numbers: the form in which corpora are counted."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.text.segment import Segmenter

_BREAK = -1
_STOP = -2


class TermTable:
    """Terms in order of first appearance; grows, never renumbers."""

    def __init__(self, base: TermTable | None = None) -> None:
        """With a `base`, which must not grow any more, its numbers hold; new terms come after."""
        self._base = base
        self._offset = self._end = len(base) if base is not None else 0
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []

    @classmethod
    def of(cls, terms: Iterable[str]) -> TermTable:
        """A table of these terms."""
        made = cls()
        made._numbers = dict.fromkeys(terms, 0)
        made._names = list(made._numbers)
        made._numbers = {name: number for number, name in enumerate(made._names)}
        made._end = len(made._names)
        return made

    def followed_by(self, terms: Iterable[str]) -> TermTable:
        """Another table with these terms, too; this one may be read, but must not grow any more.

        Nothing is copied, unless other terms follow this table already.
        """
        made = copy(self)
        for term in terms:
            made.number(term)
        return made

    def __len__(self) -> int:
        return self._end

    def get(self, term: str) -> int | None:
        """The number of a term, None for one that isn't there."""
        known = None if self._base is None else self._base.get(term)
        if known is not None:
            return known
        own = self._numbers.get(term)
        # What follows this table is in the same memory.
        return own if own is not None and own < self._end else None

    def number(self, term: str) -> int:
        """The number of a term, a new one if need be."""
        known = self.get(term)
        if known is not None:
            return known
        own = self._end - self._offset
        if len(self._names) != own:
            self._names = self._names[:own]
            self._numbers = {name: self._offset + row for row, name in enumerate(self._names)}
        number = self._numbers[term] = self._end
        self._names.append(term)
        self._end += 1
        return number

    def names(self, first: int = 0) -> list[str]:
        """The terms from number `first` on, in the order of their numbers."""
        own = self._names[max(0, first - self._offset) : self._end - self._offset]
        return own if self._base is None or first >= self._offset else self._base.names(first) + own


@dataclass(frozen=True, slots=True)
class Stream:
    """The tokens of n texts in a row.

    terms: int32[tokens], term numbers. starts: int64[n + 1], where each text begins.
    joined: bool[tokens], whether a token makes a phrase with the one before it.
    """

    terms: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    joined: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> npt.NDArray[np.float32]:
        """float32[n], tokens in each text."""
        return np.diff(self.starts).astype(np.float32)

    @property
    def owners(self) -> npt.NDArray[np.int64]:
        """int64[tokens], the text each token is in."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def spans(self, tokens: int) -> tuple[Stream, npt.NDArray[np.int64]]:
        """Every text cut into runs of about `tokens` tokens; int64[spans], the text each is of."""
        lengths = np.diff(self.starts)
        runs = np.maximum(1, np.round(lengths / tokens)).astype(np.int64)
        owners = np.repeat(np.arange(len(self)), runs)
        place = np.arange(len(owners)) - np.repeat(np.cumsum(runs) - runs, runs)
        starts = self.starts[:-1][owners] + place * lengths[owners] // runs[owners]
        return Stream(self.terms, np.append(starts, len(self.terms)), self.joined), owners

    def counts(self, terms: int) -> sparse.csr_matrix:
        """n × terms, how often each text has each term."""
        ones = np.ones(len(self.terms), np.float32)
        # A copy, because summing duplicates sorts the columns in place.
        columns = self.terms.copy()
        matrix = sparse.csr_matrix((ones, columns, self.starts), shape=(len(self), terms))
        matrix.sum_duplicates()
        return matrix


class Reader:
    """Reads texts into streams over one growing term table. Not for several threads at once."""

    def __init__(self, segmenter: Segmenter, table: TermTable | None = None) -> None:
        self.segmenter = segmenter
        self.table = TermTable() if table is None else table
        self._latin: dict[str, int] = {}
        self._later: dict[str, int] = {}
        self._own: TermTable | None = None

    def over(self, table: TermTable) -> Reader:
        """A reader into a table over this one's, which knows by heart what any of them has read.

        The table of the first reader must not grow any more.
        """
        made = Reader(self.segmenter, table)
        made._latin = self._latin
        made._own = self.table if self._own is None else self._own
        return made

    def read(self, texts: Iterable[str]) -> Stream:
        """The stream of `texts`, which are repaired already."""
        pieces = [np.array(self._codes(text), np.int32) for text in texts]
        starts = np.zeros(len(pieces) + 1, np.int64)
        np.cumsum([len(piece) for piece in pieces], out=starts[1:])
        codes = np.concatenate(pieces) if pieces else np.zeros(0, np.int32)
        return _drop_marks(codes, starts)

    def _codes(self, text: str) -> list[int]:
        known = self._latin
        pieces = self.segmenter.pieces(text)
        if text.isascii():
            return [known[piece] if piece in known else self._learn(piece) for piece in pieces]
        return list(chain.from_iterable(self._piece(piece) for piece in pieces))

    def _piece(self, piece: str) -> list[int]:
        if piece in self._latin:
            return [self._latin[piece]]
        if piece.isascii():
            return [self._learn(piece)]
        return [self._code(word) for word, _ in self.segmenter.words(piece)]

    def _learn(self, piece: str) -> int:
        if piece in self._later:
            return self._later[piece]
        [(word, _)] = self.segmenter.words(piece)
        code = self._code(word)
        # What came later has another number in another table over the same one.
        shared = self._own is None or code < len(self._own)
        (self._latin if shared else self._later)[piece] = code
        return code

    def _code(self, word: str | None) -> int:
        if word is None:
            return _BREAK
        return self.table.number(word) if word else _STOP


def _drop_marks(codes: npt.NDArray[np.int32], starts: npt.NDArray[np.int64]) -> Stream:
    """Take out stop words and breaks; a token after a break or a text's start isn't joined."""
    breaks = np.zeros(len(codes) + 1, np.int64)
    np.cumsum(codes == _BREAK, out=breaks[1:])
    places = np.flatnonzero(codes >= 0)
    kept = np.zeros(len(codes) + 1, np.int64)
    np.cumsum(codes >= 0, out=kept[1:])
    new_starts = kept[starts]
    joined = np.zeros(len(places), bool)
    joined[1:] = breaks[places[1:]] == breaks[places[:-1]]
    joined[new_starts[:-1][new_starts[:-1] < len(places)]] = False
    return Stream(codes[places].astype(np.int32), new_starts, joined)
