"""What a term counts as: itself, and for a Chinese word the stems of its dictionary senses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.text.dictionary import Dictionary
from matcher.text.phrases import phrase_key
from matcher.text.segment import is_chinese
from matcher.text.stream import TermTable

# A sense of m words gives each of them 1/m**0.7 of its share: two words say more than one.
LENGTH_POWER = 0.7
# How strongly a sense's share grows with the frequency of its stems.
COMMONNESS_POWER = 0.5
# What a phrase inside a sense and the parts of an unknown Chinese word count.
PHRASE_SHARE = 0.5
PART_SHARE = 0.5

Weighted = list[tuple[int, float]]
Named = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What one term counts as: other terms by number, and phrases of two terms by key."""

    terms: Weighted
    phrases: Weighted


class Expander:
    """Works out what a term counts as. Grows the table by stems that only the dictionary knows."""

    def __init__(
        self, table: TermTable, dictionary: Dictionary, frequency: npt.NDArray[np.float32]
    ) -> None:
        """`frequency`: the number of texts each term of the table is in."""
        self.table = table
        self._dictionary = dictionary
        self.frequency = frequency
        self.phrases: set[int] = set()

    def expand_all(self) -> list[Expansion]:
        """One expansion for each term of the table, those included that expanding adds."""
        rows: list[Expansion] = []
        while len(rows) < len(self.table):
            fresh = self.table.names(len(rows))
            rows += [self.expand(number, term) for number, term in enumerate(fresh, len(rows))]
        return rows

    def expand(self, number: int, term: str) -> Expansion:
        """What a term of the table counts as, itself included."""
        if not is_chinese(term):
            return Expansion([(number, 1.0)], [])
        parts = [] if term in self._dictionary else self._dictionary.parts(term)
        shares = self._shares(parts or [term])
        itself = [(number, 1.0), *((self.table.number(part), PART_SHARE) for part in parts)]
        return self._expansion(itself, shares)

    def known(self, term: str) -> tuple[Named, Named]:
        """What a term that came later counts as: its known parts, and the stems of its senses.

        Parts count as themselves alone, stems as all that they count as.
        """
        parts = [] if term in self._dictionary else self._dictionary.parts(term)
        stems = [
            (stem, share / len(sense) ** LENGTH_POWER)
            for sense, share in self._shares(parts or [term]).items()
            for stem in sense
        ]
        return [(part, PART_SHARE) for part in parts], stems

    def _shares(self, words: Sequence[str]) -> dict[tuple[str, ...], float]:
        """Sense → its share; the shares of the senses of one word sum to 1."""
        shares: dict[tuple[str, ...], float] = {}
        for word in words:
            senses = self._dictionary.senses(word)
            weights = [sense.weight * self._commonness(sense.stems) for sense in senses]
            total = sum(weights)
            for sense, weight in zip(senses, weights, strict=True):
                shares[sense.stems] = shares.get(sense.stems, 0.0) + weight / total
        return shares

    def _commonness(self, stems: tuple[str, ...]) -> float:
        numbers = (self.table.get(stem) for stem in stems)
        known = (self.frequency[n] for n in numbers if n is not None and n < len(self.frequency))
        return float((sum(known) / len(stems) + 0.5) ** COMMONNESS_POWER)

    def _expansion(self, itself: Weighted, shares: dict[tuple[str, ...], float]) -> Expansion:
        row = Expansion(itself, [])
        for stems, share in shares.items():
            numbers = [self.table.number(stem) for stem in stems]
            row.terms.extend((number, share / len(stems) ** LENGTH_POWER) for number in numbers)
            keys = [phrase_key(a, b) for a, b in pairwise(numbers)]
            row.phrases.extend((key, PHRASE_SHARE * share) for key in keys)
            self.phrases.update(keys)
        return row


def expansion_matrix(
    rows: Sequence[Expansion],
    prefix_of: dict[int, int],
    phrases: npt.NDArray[np.int64],
    prefixes: int,
) -> sparse.csr_matrix:
    """terms × concepts: the terms first, then the prefixes, then the phrases.

    prefix_of: term → prefix, of which there are `prefixes`. phrases: sorted keys.
    """
    terms, base = len(rows), len(rows) + prefixes
    place = {key: base + i for i, key in enumerate(phrases.tolist())}
    owners: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for number, row in enumerate(rows):
        entries = [
            *row.terms,
            *((terms + prefix_of[i], value) for i, value in row.terms if i in prefix_of),
            *((place[key], value) for key, value in row.phrases if key in place),
        ]
        owners.extend([number] * len(entries))
        columns.extend(column for column, _ in entries)
        values.extend(value for _, value in entries)
    shape = (terms, base + len(phrases))
    return sparse.csr_matrix((np.array(values, np.float32), (owners, columns)), shape=shape)
