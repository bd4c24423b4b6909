"""Which concepts of a text the factors are told of: its heaviest, of those in several texts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.recommend.factors import Matrix

LEAST_TEXTS, LEAST_SHARE = 3, 1e-4
"""A concept in fewer texts, or a smaller share of them, tells of too few others to be worth the
time: of 100,000 texts most concepts are in under ten."""
COMMONEST = 0.1
"""The share of the texts above which a concept tells nothing apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """places: int32[concepts], the term a concept is, -1 for none. weights: float32[concepts].

    most: the heaviest terms of a text that count.
    """

    places: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    most: int

    @classmethod
    def fit(cls, concepts: Matrix, weights: npt.NDArray[np.float32], most: int) -> Terms:
        """The terms of texts that hold these concepts (n × c), weighed by rarity."""
        texts = np.bincount(concepts.indices, minlength=len(weights))
        least = max(LEAST_TEXTS, LEAST_SHARE * concepts.shape[0])
        commonest = max(COMMONEST * concepts.shape[0], LEAST_TEXTS)
        kept = np.flatnonzero((texts >= least) & (texts <= commonest) & (weights > 0))
        places = np.full(len(weights), -1, np.int32)
        places[kept] = np.arange(len(kept))
        return cls(places, weights, most)

    def __len__(self) -> int:
        return int(self.places.max(initial=-1)) + 1

    def of(self, concepts: Matrix) -> Matrix:
        """n × terms, rows of length 1 or 0: saturated counts times the root of the weight.

        The root, because the other side's factors carry the weight once more.
        """
        found = sparse.csr_array(concepts, dtype=np.float32, copy=True)
        places = np.append(self.places, np.full(max(0, found.shape[1] - len(self.places)), -1))
        weights = np.append(self.weights, np.zeros(len(places) - len(self.weights), np.float32))
        kept = places[found.indices] >= 0
        rows = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))[kept]
        columns = places[found.indices[kept]]
        data = found.data[kept] * np.sqrt(weights[found.indices[kept]])
        rows, columns, data = _heaviest(rows, columns, data, self.most)
        lengths = np.sqrt(np.bincount(rows, data**2, found.shape[0]))
        data = data / np.maximum(lengths[rows], 1e-9)
        shape = (found.shape[0], len(self))
        return sparse.csr_array((data.astype(np.float32), (rows, columns)), shape=shape)


Arrays = tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.float32]]


def _heaviest(
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int32],
    data: npt.NDArray[np.float32],
    most: int,
) -> Arrays:
    """The `most` largest entries of each row; of equals the one that stands first."""
    # One key sorts several times faster than two: the row, and within it the largest first.
    shares = data.astype(np.float64) / (2 * data.max(initial=1e-9))
    order = np.argsort(rows - shares, kind="stable")
    rows, columns, data = rows[order], columns[order], data[order]
    firsts = np.searchsorted(rows, rows)
    kept = np.arange(len(rows)) - firsts < most
    return rows[kept], columns[kept], data[kept]
