"""What was never shown, beside what went somewhere.

In a list of the best by today's ranking all rows are good by what that ranking looks at: compared
with each other alone, they would unlearn what brought them there. So each row that went somewhere
is compared with records drawn by chance, too, of which most would lead nowhere (sampled negatives:
Rendle et al., "BPR: Bayesian Personalized Ranking from Implicit Feedback", UAI 2009).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

SHARE = 1.0
"""Rows drawn for a list against those that were shown in it."""

Places = npt.NDArray[np.int64]


class Contrast(NamedTuple):
    """rows: int64[m], the rows that went somewhere, each several times. places: int64[m], the
    records drawn in the place of theirs."""

    rows: Places
    places: Places


def contrast(
    lists: npt.NDArray[np.int64], gains: npt.NDArray[np.float32], records: int, seed: int = 0
) -> Contrast:
    """About as many draws for a list as it has rows, dealt out evenly to those with a gain above 0.

    lists: int64[n], gains: float32[n]. records: how many there are to draw from; none, no draws.
    """
    good = np.flatnonzero(gains > 0)
    if not records or not len(good):
        return Contrast(np.zeros(0, np.int64), np.zeros(0, np.int64))
    _, of, sizes = np.unique(lists, return_inverse=True, return_counts=True)
    fruitful = np.bincount(of[good], minlength=len(sizes))
    each = np.ceil(SHARE * sizes[of[good]] / fruitful[of[good]]).astype(np.int64)
    rows = np.repeat(good, each)
    return Contrast(rows, np.random.default_rng(seed).integers(0, records, len(rows)))
