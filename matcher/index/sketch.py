"""Dense vectors at two bytes a component, read in half the time, and how far that can be wrong.

What a score of a sketch says lies within a bound of the true one, so that whoever scores the
likeliest rows exactly knows whether another could still be among the best.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import faiss
import numpy as np
from numpy.typing import NDArray

# Rows that are looked at beyond those that are asked for.
BEYOND = 64
# A float16 holds no larger component.
LARGEST = 65504.0
# Rows that are measured at a time: 16 MB of 256 components.
ROWS = 1 << 14

Rows = NDArray[np.int64]
Scorer = Callable[[Rows], NDArray[np.float32]]


def rounding(dimension: int, length: float, longest: float) -> np.float32:
    """How far apart two float32 sums of one inner product of vectors of these norms can lie.

    Either is within d·u·|x|·|y| of the true value, u = 2**-24 (Higham, Accuracy and Stability
    of Numerical Algorithms, 3.1), besides products too small for a float32; that is doubled for
    two sums, and again for terms of higher order.
    """
    product = 2.0**-24 * length * longest + np.finfo(np.float32).tiny
    return np.float32(4 * dimension * product)


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """codes: n rows. off: the longest difference of a row and what its code says, as a vector.

    widest: the norm of a row of the largest components of all, which no row is longer than.
    """

    codes: faiss.IndexScalarQuantizer
    off: float
    widest: float

    @classmethod
    def of(cls, vectors: NDArray[np.float32]) -> Self:
        """The sketch of float32[n, d], n > 0, without a component beyond ±LARGEST."""
        codes = quantized(vectors, faiss.ScalarQuantizer.QT_fp16)
        off = 0.0
        for start in range(0, len(vectors), ROWS):
            rows = vectors[start : start + ROWS]
            apart = codes.reconstruct_n(start, len(rows)) - rows
            off = max(off, float(np.einsum("nd,nd->n", apart, apart, dtype=np.float64).max()))
        largest = np.maximum(vectors.max(axis=0), -vectors.min(axis=0)).astype(np.float64)
        return cls(codes, off**0.5, float(np.linalg.norm(largest)))

    def candidates(
        self,
        query: NDArray[np.float32],
        k: int,
        selected: faiss.SearchParameters | None,
        score: Scorer,
    ) -> tuple[Rows, NDArray[np.float32]] | None:
        """Rows and scores, among which are the k best of those selected, ties included.

        query: float32[d]. At least k rows are selected. score: exact scores of rows. None where
        too many rows lie too near to each other to be sure.
        """
        width = min(self.codes.ntotal, k + BEYOND)
        [likely], [rows] = self.codes.search(query[None], width, params=selected)
        there = int(np.count_nonzero(rows >= 0))
        scores = score(rows[:k])
        # The k best score no less than the least of these, so none is estimated below the reach.
        reach = float(scores.min()) - self._error(query)
        if there == width < self.codes.ntotal and likely[-1] >= reach:
            return None
        more = rows[k:there][likely[k:there] >= reach]
        return np.append(rows[:k], more), np.append(scores, score(more))

    def _error(self, query: NDArray[np.float32]) -> float:
        """How far apart what is estimated and the score as it is summed can lie."""
        length = float(np.linalg.norm(query.astype(np.float64)))
        summed = float(rounding(len(query), length, self.widest + self.off))
        return length * self.off * (1 + 1e-6) + summed


def quantized(vectors: NDArray[np.float32], kind: int) -> faiss.IndexScalarQuantizer:
    """Rows as codes of a kind of `faiss.ScalarQuantizer`."""
    codes = faiss.IndexScalarQuantizer(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    codes.train(vectors)
    codes.add(vectors)
    return codes
