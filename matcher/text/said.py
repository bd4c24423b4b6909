"""Where a text says each concept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.text.reading import Reading

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """The concepts that the fitted words of a text mean, and where it means each of them most.

    concepts: int32[n], ascending. weights: float32[n], how well it is meant there; starts, ends:
    int32[n], characters; of places that mean it equally well the first.
    """

    concepts: Ints
    weights: npt.NDArray[np.float32]
    starts: Ints
    ends: Ints

    def places(self, wanted: Ints) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
        """bool[m], which of the wanted concepts are said, and where here the ones that are."""
        places = np.searchsorted(self.concepts, wanted)
        there = places < len(self.concepts)
        there[there] = self.concepts[places[there]] == wanted[there]
        return there, places[there]


def said(
    reading: Reading, expansion: sparse.csr_matrix, phrases: npt.NDArray[np.int64], first: int
) -> Said:
    """Every concept of the fitted words of a reading.

    expansion: terms × concepts. phrases: sorted keys, concept `first` being the first of them.
    """
    concepts, weights, tokens = _meant(reading, expansion)
    phrased, seconds = _phrased(reading, phrases)
    concepts = np.concatenate([concepts, phrased + first]).astype(np.int32)
    weights = np.concatenate([weights, np.ones(len(phrased), np.float32)])
    begins = np.concatenate([tokens, seconds - 1])
    ends = np.concatenate([tokens, seconds])
    order = np.lexsort((begins, -weights, concepts))
    ordered = concepts[order]
    best = order[np.flatnonzero(np.diff(ordered, prepend=-1))]
    return Said(
        concepts[best], weights[best], reading.starts[begins[best]], reading.ends[ends[best]]
    )


def _meant(
    reading: Reading, expansion: sparse.csr_matrix
) -> tuple[Ints, npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Concept, weight and token of all that each known word means by itself."""
    known = np.flatnonzero(reading.numbers >= 0)
    begins = expansion.indptr[reading.numbers[known]].astype(np.int64)
    lengths = expansion.indptr[reading.numbers[known] + 1] - begins
    before = np.cumsum(lengths) - lengths
    cells = np.repeat(begins - before, lengths) + np.arange(int(lengths.sum()))
    return expansion.indices[cells], expansion.data[cells], np.repeat(known, lengths)


def _phrased(
    reading: Reading, phrases: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Which phrase it is, and the token of its second word."""
    numbers = reading.numbers.astype(np.int64)
    seconds = np.flatnonzero(reading.joined & (numbers >= 0))
    seconds = seconds[numbers[seconds - 1] >= 0]
    keys = (numbers[seconds - 1] << 32) | numbers[seconds]
    places = np.searchsorted(phrases, keys)
    found = places < len(phrases)
    found[found] = phrases[places[found]] == keys[found]
    return places[found], seconds[found]
