"""Many queries over all rows of a dense segment at once, each with a filter of its own.

One product of matrices estimates every score, by BLAS. As with FAISS its rounding depends on what
else is in the product, so it only proposes: every row that may be among the k best, ties included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.index.bitmap import Allowed
from matcher.index.topk import kth_largest

# Estimates that are held at a time: 64 MB.
BLOCK = 1 << 24
# Rows that are multiplied at a time: 16 MB of 256 components.
ROWS = 1 << 14
# Up to this share of the rows, those that are live for any query are copied out first.
SELECTIVE = 1 / 3


def proposals(
    vectors: NDArray[np.float32],
    queries: NDArray[np.float32],
    k: int,
    lives: Sequence[Allowed],
    errors: NDArray[np.float32],
) -> Iterator[NDArray[np.int64]]:
    """Yield, query by query, the rows of float32[n, d] that may be among the k best that are live.

    lives: of each query, at least one row. errors: float32[queries], how far apart an estimate and
    a score can lie.
    """
    masks = np.stack([live.mask(len(vectors)) for live in lives])
    union = np.flatnonzero(masks.any(axis=0))
    if union.size > SELECTIVE * len(vectors):
        union = np.arange(len(vectors))
    else:
        vectors, masks = vectors[union], masks[:, union]
    step = max(1, BLOCK // max(1, len(vectors)))
    for start in range(0, len(queries), step):
        block = slice(start, start + step)
        estimates = _products(queries[block], vectors)
        for query, own, mask, error in zip(
            queries[block], estimates, masks[block], errors[block], strict=True
        ):
            yield union[_near(query, own, np.flatnonzero(mask), k, error)]


def _near(
    query: NDArray[np.float32],
    estimates: NDArray[np.float32],
    rows: NDArray[np.int64],
    k: int,
    error: np.float32,
) -> NDArray[np.int64]:
    """Those of the rows that may be among the k best, in their order."""
    if not query.any():
        # A zero vector ties with every row: the first win, the rest needn't compete.
        return rows[:k]
    own = estimates[rows]
    # One of the k best scores at least the k-th estimate - error, so it is estimated at no less
    # than that - 2 · error.
    near: NDArray[np.int64] = rows[own >= kth_largest(own, k) - 2 * error]
    return near


def _products(queries: NDArray[np.float32], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    found = np.empty((len(queries), len(vectors)), np.float32)
    for start in range(0, len(vectors), ROWS):
        # Copied, because what is mapped from a file may lie where BLAS can't read it.
        rows = vectors[start : start + ROWS].copy()
        found[:, start : start + ROWS] = queries @ rows.T
    return found
