"""The k best of some scores: highest first, and the smaller id first among equals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.index.port import NO_SCORE, Hits


def kth_largest(scores: NDArray[np.float32], k: int) -> np.float32:
    """Return the k-th largest score, or -inf where there are not that many."""
    if scores.size < k:
        return NO_SCORE
    floor: np.float32 = np.partition(scores, scores.size - k)[scores.size - k]
    return floor


def put_best(
    hits: Hits, row: int, ids: NDArray[np.int64], scores: NDArray[np.float32], k: int
) -> None:
    """Write the k best of `ids` with their `scores` into a row of `hits`."""
    reached = np.flatnonzero(scores >= kth_largest(scores, k))
    ids, scores = ids[reached], scores[reached]
    best = np.lexsort((ids, -scores))[:k]
    hits.ids[row, : best.size] = ids[best]
    hits.scores[row, : best.size] = scores[best]


def merged(parts: Sequence[Hits], k: int) -> Hits:
    """Return the k best of several answers to the same queries; no id is in two of them."""
    ids = np.concatenate([part.ids for part in parts], axis=1)
    scores = np.concatenate([part.scores for part in parts], axis=1)
    best = np.lexsort((ids, -scores), axis=1)[:, :k]
    return Hits(np.take_along_axis(ids, best, 1), np.take_along_axis(scores, best, 1))
