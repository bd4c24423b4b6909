"""Texts of both languages as counts of concepts in one space.

A concept is a term (an English stem, a model number, a Chinese word), a phrase of two neighbouring
English stems, or the beginning of a long stem, which brings finance and financial together. An
English token counts as itself. A Chinese word counts as itself *and* as the stems of its dictionary
senses, one count shared among the senses in proportion to how common their stems are in the texts
at hand: of the renderings of 假, the one that the other language really uses should win.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.text.dictionary import Dictionary
from matcher.text.expansion import Expander, expansion_matrix
from matcher.text.segment import is_chinese
from matcher.text.stream import Stream, TermTable

# Stems are told apart by more than this many letters; the beginning is a concept of its own.
PREFIX_LENGTH = 5
# The second term of a phrase's key.
_LOW = 0xFFFFFFFF


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


class ConceptSpace:
    """The concepts of a collection of texts: what they are and how a text counts as them.

    Made by `fit`; never changes afterwards. `names[i]` is concept i in words, `kinds[i]` its Kind.
    """

    def __init__(
        self,
        names: Sequence[str],
        kinds: npt.NDArray[np.int8],
        expansion: sparse.csr_matrix,
        phrases: npt.NDArray[np.int64],
        expander: Expander,
    ) -> None:
        """expansion: terms × concepts; phrases: sorted keys, the last concepts in this order."""
        self._expander = expander
        self.names = names
        self.kinds = kinds
        self.importance = np.array([IMPORTANCE[kind] for kind in Kind], np.float32)[kinds]
        self._expansion = expansion
        self._meaning = expansion.tocsc()
        self._phrases = phrases
        self._base = len(names) - len(phrases)

    def __len__(self) -> int:
        return len(self.names)

    @classmethod
    def fit(
        cls, streams: Sequence[Stream], table: TermTable, dictionary: Dictionary
    ) -> ConceptSpace:
        """The concepts of these streams, which were read with `table`.

        The table grows by the stems of the senses, which later texts may hold.
        """
        expander = Expander(table, dictionary, _document_frequency(streams, len(table)))
        rows = expander.expand_all()
        names = table.names()
        latin = np.array([not is_chinese(name) for name in names], bool)
        phrases = _repeated_phrases(streams, latin, expander.phrases)
        prefixes: dict[str, int] = {}
        prefix_of = {
            number: prefixes.setdefault(name[:PREFIX_LENGTH], len(prefixes))
            for number, name in enumerate(names)
            if len(name) >= PREFIX_LENGTH and name.isascii() and name.isalpha()
        }
        matrix = expansion_matrix(rows, prefix_of, phrases, len(prefixes))
        sizes = {Kind.TERM: len(names), Kind.PREFIX: len(prefixes), Kind.PHRASE: len(phrases)}
        kinds = np.repeat(np.array(list(sizes), np.int8), list(sizes.values()))
        pairs = [f"{names[key >> 32]} {names[key & _LOW]}" for key in phrases.tolist()]
        all_names = [*names, *(f"{prefix}…" for prefix in prefixes), *pairs]
        return cls(all_names, kinds, matrix, phrases, expander)

    def counts(self, stream: Stream, table: TermTable | None = None) -> Counts:
        """How often each text of a stream holds each concept.

        `table`: what the stream was read with, if not with the table of `fit`; of its new terms,
        Chinese words count as their senses, and others don't count.
        """
        known = self._expansion.shape[0]
        terms = _without(stream, stream.terms < known) if len(stream.terms) else stream
        matrix = terms.counts(known) @ self._expansion + self._phrase_counts(terms)
        if table is not None and len(table) > known:
            fresh = table.names(known)
            matrix = matrix + stream.counts(len(table))[:, known:] @ self._newcomers(fresh)
        return Counts(matrix.tocsr(), stream.lengths)

    def _newcomers(self, fresh: Sequence[str]) -> sparse.csr_matrix:
        """What each term that came after `fit` counts as: new terms × concepts."""
        known = self._expansion.shape[0]
        shape = (len(fresh), known)
        chinese = [(row, term) for row, term in enumerate(fresh) if is_chinese(term)]
        found = [(row, *self._expander.known(term, known)) for row, term in chinese]
        parts = _matrix(((row, parts) for row, parts, _ in found), shape)
        stems = _matrix(((row, stems) for row, _, stems in found), shape)
        # A term's own concept has the term's number.
        parts.resize((len(fresh), len(self)))
        return (parts + stems @ self._expansion).tocsr()

    def translations(self) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """The Chinese words that have senses, as themselves and as their senses.

        Both words × concepts.
        """
        known = self._expansion.shape[0]
        itself = sparse.identity(known, np.float32, format="csr")
        itself.resize(self._expansion.shape)
        others = (self._expansion - itself).tocsr()
        others.eliminate_zeros()
        chinese = np.array([is_chinese(name) for name in self.names[:known]], bool)
        rows = np.flatnonzero(chinese & (np.diff(others.indptr) > 0))
        return itself[rows], others[rows]

    def knows(self, term: int) -> bool:
        """Whether the term was there at `fit` or came with a sense."""
        return term < int(self._expansion.shape[0])

    def expansion(self, term: int) -> Iterator[tuple[int, float]]:
        """The concepts one occurrence of a term counts as, with how much."""
        first, last = self._expansion.indptr[term], self._expansion.indptr[term + 1]
        concepts, shares = self._expansion.indices[first:last], self._expansion.data[first:last]
        return zip(concepts.tolist(), shares.tolist(), strict=True)

    def stems(self, term: str) -> list[int]:
        """The terms that a Chinese word which came after `fit` counts as; empty for any other."""
        known = self._expansion.shape[0]
        return [number for number, _ in self._expander.known(term, known)[1]]

    def terms(self, concept: int) -> Iterator[tuple[int, float]]:
        """The terms that count as a concept, with how much one occurrence of each does."""
        first, last = self._meaning.indptr[concept], self._meaning.indptr[concept + 1]
        terms, shares = self._meaning.indices[first:last], self._meaning.data[first:last]
        return zip(terms.tolist(), shares.tolist(), strict=True)

    def phrase_terms(self, concept: int) -> tuple[int, int] | None:
        """The two terms a phrase is made of; None for a concept that isn't a phrase."""
        if concept < self._base:
            return None
        key = int(self._phrases[concept - self._base])
        return key >> 32, key & _LOW

    def _phrase_counts(self, stream: Stream) -> sparse.csr_matrix:
        keys, owners = _pairs(stream)
        places = np.searchsorted(self._phrases, keys)
        found = places < len(self._phrases)
        found[found] = self._phrases[places[found]] == keys[found]
        columns = places[found] + self._base
        ones = np.ones(len(columns), np.float32)
        return sparse.csr_matrix((ones, (owners[found], columns)), shape=(len(stream), len(self)))


def _matrix(
    rows: Iterable[tuple[int, list[tuple[int, float]]]], shape: tuple[int, int]
) -> sparse.csr_matrix:
    """A matrix from (row, [(column, value), …])."""
    entries = [(row, column, value) for row, cells in rows for column, value in cells]
    places, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return sparse.csr_matrix((np.array(values, np.float32), (places, columns)), shape=shape)


def _document_frequency(streams: Iterable[Stream], terms: int) -> npt.NDArray[np.float32]:
    total = np.zeros(terms, np.float32)
    for stream in streams:
        total += np.bincount(stream.counts(terms).indices, minlength=terms)
    return total


def _pairs(stream: Stream) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Key (first << 32 | second) and text of every two joined tokens."""
    at = np.flatnonzero(stream.joined)
    terms = stream.terms.astype(np.int64)
    return (terms[at - 1] << 32) | terms[at], stream.owners[at]


def _repeated_phrases(
    streams: Iterable[Stream], latin: npt.NDArray[np.bool_], senses: set[int]
) -> npt.NDArray[np.int64]:
    """Sorted keys of the phrases that two texts, or a text and the dictionary, have in common."""
    found = [np.fromiter(senses, np.int64, len(senses))]
    for stream in streams:
        keys, owners = _pairs(stream)
        both = latin[keys >> 32] & latin[keys & _LOW]
        order = np.lexsort((owners[both], keys[both]))
        keys, owners = keys[both][order], owners[both][order]
        fresh = np.ones(len(keys), bool)
        fresh[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
        found.append(keys[fresh])
    keys, counts = np.unique(np.concatenate(found), return_counts=True)
    return keys[counts >= 2]


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
