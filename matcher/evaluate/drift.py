"""Have the texts that come in changed? What they speak of, beside what others spoke of before.

The figure is the Jensen–Shannon divergence of the shares of documents' concepts (Lin, "Divergence
Measures Based on the Shannon Entropy", 1991), by SciPy. Two samples of the same texts diverge too,
the more so the smaller they are, so that it stands beside what chance gives: the same figure after
the documents were exchanged at random (a permutation test, as in comparison.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.errors import UsageError
from matcher.evaluate.metrics import Floats
from matcher.resources import library

PERMUTATIONS = 199
LEAST = 30
"""Documents on a side: fewer say nothing of what is usual."""
_AT_ONCE = 20
_CHANCE = 0.95

_distance = library("scipy.spatial.distance")


@dataclass(frozen=True, slots=True, eq=False)
class Drift:
    """value: from 0 for the same shares to 1 for nothing in common. chance: what 95 of 100 random
    divisions of the same documents stay below. p: of no change. shift: float64[concepts], the share
    of the new documents that speak of each less that of the old ones."""

    value: float
    chance: float
    p: float
    shift: Floats


def divergence(one: Floats, other: Floats) -> float:
    """Of two counts over the same concepts, float64[concepts], in bits: 0 to 1.

    Raises UsageError where a side counts nothing.
    """
    if not one.sum() or not other.sum():
        raise UsageError("A side speaks of nothing.", hint="Measure where both say something.")
    return float(np.nan_to_num(_distance.jensenshannon(one, other, base=2)) ** 2)


def drift(new: sparse.csr_array, old: sparse.csr_array, seed: int = 0) -> Drift:
    """Compare documents, [n, concepts] and [m, concepts]; what is above 0 is spoken of.

    Raises UsageError for fewer than `LEAST` on a side.
    """
    if min(new.shape[0], old.shape[0]) < LEAST:
        raise UsageError(
            f"can't tell a drift from {new.shape[0]} documents and {old.shape[0]}.",
            hint=f"Wait until there are {LEAST} on both sides.",
        )
    spoken = sparse.csr_array((sparse.vstack([new, old]) > 0).astype(np.float64))
    total = np.asarray(spoken.sum(axis=0)).ravel()
    count = new.shape[0]
    here = np.asarray(spoken[:count].sum(axis=0)).ravel()
    value = divergence(here, total - here)
    chances = np.array(_by_chance(spoken, count, total, seed))
    p = float((1 + np.count_nonzero(chances >= value)) / (1 + PERMUTATIONS))
    shift = here / count - (total - here) / old.shape[0]
    return Drift(value, float(np.quantile(chances, _CHANCE)), p, shift)


def _by_chance(spoken: sparse.csr_array, count: int, total: Floats, seed: int) -> list[float]:
    """The figure for each random division; so many of the documents at once fit into memory."""
    rng = np.random.default_rng(seed)
    found: list[float] = []
    for start in range(0, PERMUTATIONS, _AT_ONCE):
        size = min(_AT_ONCE, PERMUTATIONS - start)
        chosen = _chosen(rng, size, spoken.shape[0], count)
        sums = np.asarray((chosen @ spoken).todense(), np.float64)
        found += [divergence(each, total - each) for each in sums]
    return found


def _chosen(rng: np.random.Generator, size: int, documents: int, count: int) -> sparse.csr_array:
    """[size, documents]: 1 for the documents that a draw takes for new ones."""
    columns: npt.NDArray[np.int64] = np.concatenate(
        [rng.permutation(documents)[:count] for _ in range(size)]
    )
    rows = np.repeat(np.arange(size), count)
    ones = np.ones(len(columns))
    return sparse.csr_array((ones, (rows, columns)), shape=(size, documents))
