"""The best convex weights of a few features, tried one by one on a grid.

What counts at the top of a full ranking is not what tells right from random: pairs drawn from the
retrieved candidates punish the leg that retrieved them. So the ranks themselves are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]
STEPS = 10
"""Of the first grid: every weight a tenth. The second is around the best, at a quarter of that."""


def best_weights(
    features: npt.NDArray[np.float64], starts: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> Column:
    """float64[f] ≥ 0 that sum to 1: those under which the right rows rank highest in their lists.

    features: float64[n, f], the lists laid end to end, each beginning at `starts[i]`; right: the
    row in each list that is right. Of equals, those nearest to equal weights.
    """

    def worth(weights: Column) -> tuple[float, float]:
        return gain(weights, features, starts, right), -float((weights**2).sum())

    best = max(_around(max(_grid(features.shape[1]), key=worth)), key=worth)
    # A feature that is 0 for all ties with any weight.
    best[~features.any(axis=0)] = 0
    return best / best.sum() if best.any() else np.full(len(best), 1 / len(best))


def discounted(ranks: npt.NDArray[np.int64]) -> Column:
    """1/log2(1 + rank), the gain of a rank (from 1) in nDCG (Järvelin and Kekäläinen, 2002)."""
    return np.asarray(1 / np.log2(1.0 + ranks), np.float64)


def gain(
    weights: Column,
    features: npt.NDArray[np.float64],
    starts: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
) -> float:
    """The mean gain of the right rows under these weights, in (0, 1]; see `best_weights`."""
    return float(_gains(weights, features, starts, right).mean())


def nearest_as_good(
    best: Column,
    usual: Column,
    features: npt.NDArray[np.float64],
    starts: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
) -> Column:
    """Of weights on the way from the usual to the best, the first that are as good as the best.

    That is: the mean gain falls behind by no more than the standard error of the difference, list
    by list (the one-standard-error rule of Breiman et al., "Classification and Regression Trees",
    1984). Few lists have a best that is an accident.
    """
    most = _gains(best, features, starts, right)
    for share in np.linspace(0, 1, STEPS + 1):
        weights = share * best + (1 - share) * usual
        lost = most - _gains(weights, features, starts, right)
        if lost.mean() <= lost.std() / np.sqrt(len(lost)):
            return np.asarray(weights, np.float64)
    return best


def _gains(
    weights: Column,
    features: npt.NDArray[np.float64],
    starts: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
) -> Column:
    """Of the right row of each list."""
    scores = features @ weights
    own = np.repeat(scores[right], np.diff(np.append(starts, len(scores))))
    # Those that tie with the right one rank before it: a feature that is 0 for all earns nothing.
    return discounted(np.add.reduceat(scores >= own, starts, dtype=np.int64))


def _grid(count: int) -> Iterator[Column]:
    for parts in product(range(STEPS + 1), repeat=count - 1):
        if sum(parts) <= STEPS:
            yield np.array([*parts, STEPS - sum(parts)], np.float64) / STEPS


def _around(best: Column) -> Iterator[Column]:
    """The weights themselves, and each weight up or down at the expense of the others."""
    yield best
    for place in range(len(best)):
        for step in (-0.05, -0.025, 0.025, 0.05):
            moved = best.copy()
            moved[place] = np.clip(moved[place] + step, 0, 1)
            rest = 1 - best[place]
            others = np.arange(len(best)) != place
            if rest > 0:
                moved[others] = best[others] * (1 - moved[place]) / rest
                yield moved
