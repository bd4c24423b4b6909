"""Persons and firms: the scores of a portfolio's texts → one score for who stands behind them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.recommend.recipe import Pooling
from matcher.text.concepts import Counts
from matcher.text.encoders.protocol import FloatMatrix

Scores = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
TOP = 3


def pool(scores: Scores, starts: Rows, pooling: Pooling) -> Scores:
    """float64[m] from the scores of m portfolios laid end to end, each beginning at `starts[i]`.

    The last score of a portfolio is that of all its texts as one, the others are its texts'.
    Combined are the whole, the best text, and the three best over three, of which a single text
    has one.
    """
    ends = np.append(starts[1:], len(scores)) - 1
    owners = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(scores))))
    single = np.ones(len(scores), bool)
    single[ends] = False
    best, three = _leaders(scores[single], owners[single], len(starts))
    pooled = pooling.whole * scores[ends] + pooling.best * best + pooling.top_three * three
    return np.asarray(pooled, np.float64)


def _leaders(scores: Scores, owners: Rows, portfolios: int) -> tuple[Scores, Scores]:
    """Each portfolio's best score, and the sum of its TOP best over TOP. owners: ascending."""
    order = np.lexsort((-scores, owners))
    firsts = np.searchsorted(owners, np.arange(portfolios))
    leading = order[np.arange(len(scores)) - firsts[owners] < TOP]
    return scores[order[firsts]], np.bincount(owners[leading], scores[leading], portfolios) / TOP


def whole_counts(counts: Counts, owners: Rows, portfolios: int) -> Counts:
    """Each portfolio's texts as one text. owners: int64[texts], the portfolio each text is in."""
    ones = np.ones(len(owners), np.float32)
    texts = np.arange(len(owners))
    member = sparse.csr_matrix((ones, (owners, texts)), shape=(portfolios, len(owners)))
    return Counts((member @ counts.matrix).tocsr(), (member @ counts.lengths).astype(np.float32))


def whole_content(content: FloatMatrix, owners: Rows, portfolios: int) -> FloatMatrix:
    """Each portfolio's mean vector, of length 1; 0 where its texts have none. owners: ascending."""
    firsts = np.searchsorted(owners, np.arange(portfolios))
    total = np.add.reduceat(content, firsts).astype(np.float32)
    return np.asarray(
        total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9), np.float32
    )
