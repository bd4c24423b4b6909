"""Trees of which it is known what they go by, made once a process."""

from __future__ import annotations

from functools import cache

import numpy as np

from matcher.recommend.boosted import Boosted, fit_boosted
from matcher.recommend.ranker import Lists
from matcher.recommend.recipe import LEGS, LISTING_FACTS, UPTAKE

NAMES = (*LEGS, UPTAKE, *LISTING_FACTS)


@cache
def trees_by(name: str, names: tuple[str, ...] = NAMES) -> Boosted:
    """Trees that go by one of the features alone."""
    rows = np.random.default_rng(0).random((2000, len(names)))
    worth = rows[:, names.index(name)]
    gains = np.where(worth > 0.9, 1.0, np.where(worth > 0.6, 0.3, 0.0)).astype(np.float32)
    lists = Lists(rows, np.repeat(np.arange(200), 10), gains, np.ones(len(rows)))
    found = fit_boosted(lists, names, rounds=20)
    assert found is not None
    return found
