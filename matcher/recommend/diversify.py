"""Fewer near-repeats in a ranking: maximal marginal relevance (Carbonell and Goldstein, 1998)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matcher.recommend.fusion import Scores


def marginal_order(
    scores: Scores, likeness: npt.NDArray[np.floating], diversity: float, k: int
) -> list[int]:
    """The places of k of n items, best first by their marginal relevance.

    That is (1 - diversity) · score - diversity · likeness, to the most alike of those before.
    scores: float64[n] in order of rank. likeness: n × n. diversity 0 keeps the order, 1 ignores
    the score.
    """
    chosen: list[int] = []
    nearest = np.zeros(len(scores))
    left = np.ones(len(scores), bool)
    while len(chosen) < min(k, len(scores)):
        value = np.where(left, (1 - diversity) * scores - diversity * nearest, -np.inf)
        best = int(np.argmax(value))
        chosen.append(best)
        left[best] = False
        nearest = np.maximum(nearest, likeness[best])
    return chosen
