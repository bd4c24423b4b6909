"""Texts of both languages as counts of concepts in one space.

A concept is a term (an English stem, a model number, a Chinese word), a phrase of two neighbouring
English stems, or the beginning of a long stem, which brings finance and financial together. An
English token counts as itself. A Chinese word counts as itself *and* as the stems of its dictionary
senses, one count shared among the senses in proportion to how common their stems are in the texts
at hand: of the renderings of 假, the one that the other language really uses should win.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import overload

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.text.dictionary import Dictionary
from matcher.text.expansion import Expander, expansion_matrix
from matcher.text.narrow import narrow_product
from matcher.text.newcomers import Fitted, Newcomers
from matcher.text.phrases import pairs, phrase_parts, repeated_phrases
from matcher.text.reading import Reading, TextReader, stream_of
from matcher.text.said import Said, said
from matcher.text.segment import Segmenter, is_chinese
from matcher.text.stream import Stream, TermTable

# Stems are told apart by more than this many letters; the beginning is a concept of its own.
PREFIX_LENGTH = 5
# Stands behind a beginning in its concept's name.
_MORE = "…"
MOST_SAID = 4_096
"""Texts of which it is remembered what they say: some tens of megabytes."""
MOST_COUNTED = 1_024
"""Texts whose counts are remembered: those that ask, each perhaps several times."""


class Kind(IntEnum):
    """What a concept is made of."""

    TERM = 0
    PHRASE = 1
    PREFIX = 2


# A phrase repeats evidence its two words give already; a prefix is a guess.
IMPORTANCE = {Kind.TERM: 1.0, Kind.PHRASE: 0.5, Kind.PREFIX: 0.3}


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each text holds each concept.

    matrix: n × concepts; lengths: float32[n], tokens in the text.
    """

    matrix: sparse.csr_matrix
    lengths: npt.NDArray[np.float32]

    def rows(self, rows: npt.NDArray[np.int64] | slice) -> Counts:
        """The same for some of the texts."""
        return Counts(self.matrix[rows], self.lengths[rows])


class Names(Sequence[str]):
    """The concepts in words: terms, then beginnings, then phrases; put together when asked for."""

    def __init__(
        self, terms: Sequence[str], prefixes: Sequence[str], phrases: npt.NDArray[np.int64]
    ) -> None:
        self.terms, self.prefixes, self._phrases = terms, prefixes, phrases

    def __len__(self) -> int:
        return len(self.terms) + len(self.prefixes) + len(self._phrases)

    @overload
    def __getitem__(self, concept: int) -> str: ...
    @overload
    def __getitem__(self, concept: slice) -> Sequence[str]: ...
    def __getitem__(self, concept: int | slice) -> str | Sequence[str]:
        if isinstance(concept, slice):
            return [self[i] for i in range(*concept.indices(len(self)))]
        prefix = concept - len(self.terms)
        phrase = prefix - len(self.prefixes)
        if prefix < 0:
            return self.terms[concept]
        if phrase < 0:
            return self.prefixes[prefix] + _MORE
        first, second = phrase_parts(int(self._phrases[phrase]))
        return f"{self.terms[first]} {self.terms[second]}"


class ConceptSpace:
    """The concepts of a collection of texts: what they are and how a text counts as them.

    Made by `fit`; never changes afterwards. `names[i]` is concept i in words, `kinds[i]` its Kind.
    With `room`, a space made by `grown` gives terms that came later a concept of their own each,
    behind the fitted ones.
    """

    def __init__(
        self,
        names: Names,
        kinds: npt.NDArray[np.int8],
        expansion: sparse.csr_matrix,
        phrases: npt.NDArray[np.int64],
        expander: Expander,
        room: int = 0,
    ) -> None:
        """expansion: terms × concepts; phrases: sorted keys, the last concepts in this order.

        room: concepts kept free for later terms.
        """
        self.expander = expander
        self.names = names
        self.kinds = kinds
        self.room = room
        weights = np.array([IMPORTANCE[kind] for kind in Kind], np.float32)[kinds]
        self.importance = np.append(weights, np.full(room, IMPORTANCE[Kind.TERM], np.float32))
        self.matrix = expansion
        self.phrases = phrases
        self._base = len(names) - len(phrases)
        self.newcomers = Newcomers.none(Fitted(expander, expansion, len(self), self._prefix))
        self.said = lru_cache(MOST_SAID)(self._said)
        """Where a reading says each concept by fitted words; the same for all that grew from it."""
        self.counted = lru_cache(MOST_COUNTED)(self._counted)
        """The counts of a reading without unknown words; the same for all that grew from it."""
        self._readers: dict[Segmenter, TextReader] = {}

    def __len__(self) -> int:
        """The number of concepts, those included that are still free."""
        return len(self.names) + self.room

    @property
    def fresh(self) -> Sequence[str]:
        """The terms that came after `fit` and have a concept of their own."""
        return self.newcomers.terms

    @property
    def beginnings(self) -> range:
        """The concepts that are the beginning of a stem."""
        return range(len(self.names.terms), self._base)

    @property
    def fitted(self) -> int:
        """The number of terms at `fit`; the terms of `fresh` have the numbers after them."""
        return int(self.matrix.shape[0])

    @classmethod
    def fit(
        cls, streams: Sequence[Stream], table: TermTable, dictionary: Dictionary, room: int = 0
    ) -> ConceptSpace:
        """The concepts of these streams, which were read with `table`.

        The table grows by the stems of the senses, which later texts may hold.
        """
        expander = Expander(table, dictionary, _document_frequency(streams, len(table)))
        rows = expander.expand_all()
        names = table.names()
        latin = np.array([not is_chinese(name) for name in names], bool)
        phrases = repeated_phrases(streams, latin, expander.phrases)
        prefixes: dict[str, int] = {}
        prefix_of = {
            number: prefixes.setdefault(name[:PREFIX_LENGTH], len(prefixes))
            for number, name in enumerate(names)
            if _has_prefix(name)
        }
        matrix = expansion_matrix(rows, prefix_of, phrases, len(prefixes))
        sizes = {Kind.TERM: len(names), Kind.PREFIX: len(prefixes), Kind.PHRASE: len(phrases)}
        kinds = np.repeat(np.array(list(sizes), np.int8), list(sizes.values()))
        return cls(Names(names, list(prefixes), phrases), kinds, matrix, phrases, expander, room)

    def grown(self, later: Sequence[str]) -> ConceptSpace:
        """The same with these terms, which come after those of `fresh`, each a concept of its own.

        Where there is no room left for a term it counts as if it were unknown.
        """
        made = copy(self)
        made.newcomers = self.newcomers.followed_by(later[: self.room - len(self.newcomers)])
        return made

    def counts(self, stream: Stream, table: TermTable | None = None) -> Counts:
        """How often each text of a stream holds each concept.

        `table`: what the stream was read with, if not with the table of `fit`. Of terms that are
        neither fitted nor fresh, Chinese words count as their senses, and others don't count.
        """
        fitted = _without(stream, stream.terms < self.fitted) if len(stream.terms) else stream
        phrases = self._phrase_counts(fitted)
        # Rows in order are added without a look at every concept there is.
        phrases.sort_indices()
        phrases.resize((len(stream), len(self)))
        if table is None or len(table) <= self.fitted:
            counted, rows = fitted.counts(self.fitted), [self.matrix]
        else:
            unknown = table.names(self.fitted + len(self.newcomers))
            counted = stream.counts(len(table))
            rows = [self.matrix, self.newcomers.matrix]
            if unknown:
                rows.append(self.newcomers.counted(unknown))
        matrix = narrow_product(counted, *rows, columns=len(self)) + phrases
        return Counts(matrix.tocsr(), stream.lengths)

    def _prefix(self, term: str) -> list[int]:
        """The concept of the term's beginning, if there is one."""
        known = self._prefixes.get(term[:PREFIX_LENGTH]) if _has_prefix(term) else None
        return [] if known is None else [known]

    @cached_property
    def _prefixes(self) -> dict[str, int]:
        return {prefix: self.fitted + i for i, prefix in enumerate(self.names.prefixes)}

    def translations(self) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """The Chinese words that have senses, as themselves and as their senses.

        Both words × concepts.
        """
        known = self.fitted
        itself = sparse.identity(known, np.float32, format="csr")
        itself.resize(self.matrix.shape)
        others = (self.matrix - itself).tocsr()
        others.eliminate_zeros()
        chinese = np.array([is_chinese(name) for name in self.names.terms], bool)
        rows = np.flatnonzero(chinese & (np.diff(others.indptr) > 0))
        return itself[rows], others[rows]

    def knows(self, term: int) -> bool:
        """Whether the term was there at `fit` or came with a sense."""
        return term < self.fitted

    def expansion(self, term: int) -> Iterator[tuple[int, float]]:
        """The concepts one occurrence of a fitted or fresh term counts as, with how much."""
        own = self.matrix if self.knows(term) else self.newcomers.matrix
        row = term if self.knows(term) else term - self.fitted
        cells = slice(own.indptr[row], own.indptr[row + 1])
        return zip(own.indices[cells].tolist(), own.data[cells].tolist(), strict=True)

    def stems(self, term: str) -> list[int]:
        """The terms that a Chinese word which isn't known counts as; empty for any other."""
        numbers = (self.newcomers.number(stem) for stem, _ in self.expander.known(term)[1])
        return [number for number in numbers if number is not None]

    def reader(self, segmenter: Segmenter) -> TextReader:
        """What reads texts of the fitted terms; the same for all that grew from it, and gone with
        the last of them."""
        if segmenter not in self._readers:
            self._readers[segmenter] = TextReader(segmenter, self.expander.table)
        return self._readers[segmenter]

    def _counted(self, reading: Reading) -> Counts:
        return self.counts(stream_of([reading], TermTable(self.expander.table)))

    def _said(self, reading: Reading) -> Said:
        return said(reading, self.matrix, self.phrases, self._base)

    def _phrase_counts(self, stream: Stream) -> sparse.csr_matrix:
        keys, owners = pairs(stream)
        # In order they are looked up in half the time.
        order = np.argsort(keys)
        keys, owners = keys[order], owners[order]
        places = np.searchsorted(self.phrases, keys)
        found = places < len(self.phrases)
        found[found] = self.phrases[places[found]] == keys[found]
        columns = places[found] + self._base
        ones = np.ones(len(columns), np.float32)
        return sparse.csr_matrix(
            (ones, (owners[found], columns)), shape=(len(stream), len(self.names))
        )


def _has_prefix(name: str) -> bool:
    return len(name) >= PREFIX_LENGTH and name.isascii() and name.isalpha()


def _document_frequency(streams: Iterable[Stream], terms: int) -> npt.NDArray[np.float32]:
    total = np.zeros(terms, np.float32)
    for stream in streams:
        total += np.bincount(stream.counts(terms).indices, minlength=terms)
    return total


def _without(stream: Stream, kept: npt.NDArray[np.bool_]) -> Stream:
    """The stream with only the kept tokens; what stood around a dropped one is no longer joined."""
    if kept.all():
        return stream
    places = np.flatnonzero(kept)
    before = np.zeros(len(kept) + 1, np.int64)
    np.cumsum(kept, out=before[1:])
    adjacent = np.zeros(len(places), bool)
    adjacent[1:] = np.diff(places) == 1
    return Stream(stream.terms[places], before[stream.starts], stream.joined[places] & adjacent)
