"""Ties that weren't told what they are to be judged by.

A tie has seen what became of a pair, and would say it again: weights fitted to that would believe
whatever remembers best. So what is known is dealt out to a few folds, and a row's features come of
ties that were learned from the other folds (cross-fitting; see Wolpert, "Stacked Generalization",
1992).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.recommend.collections import Collections
from matcher.recommend.feedback import Feedback, Impressions, Judgements
from matcher.recommend.tying import tied

FOLDS = 3
"""Two thirds of what is known are enough to be about as good as the whole."""

Say = Callable[[str], None]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Folds:
    """collections: one a fold, tied by what the others know. impressions: int64[n], the fold of
    each row that was shown."""

    collections: tuple[Collections, ...]
    impressions: Numbers


def folded(
    collections: Collections,
    feedback: Feedback,
    examined: npt.NDArray[np.float64],
    seed: int = 0,
    count: int = FOLDS,
) -> Folds:
    """Deal out what is known, and tie as often as there are folds.

    collections: without ties. All that is known of a need and an outcome is in one fold, whoever
    carried it, and what is known of them without anybody. examined: as `tied` takes it. Raises
    TrainingDiverged.
    """
    shown, judged = _dealt(feedback, seed, count)
    found = []
    for fold in range(count):
        kept = shown != fold
        rest = replace(
            feedback,
            judgements=feedback.judgements.where(judged != fold),
            impressions=feedback.impressions.where(kept),
        )
        found.append(tied(collections, rest, examined[kept], _quietly, seed))
    return Folds(tuple(found), shown)


def _dealt(feedback: Feedback, seed: int, count: int) -> tuple[Numbers, Numbers]:
    """The folds of the impressions, and of the judgements."""
    pairs = np.concatenate([_pairs(feedback.impressions), _pairs(feedback.judgements)])
    if not len(pairs):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    different, of = np.unique(pairs, axis=0, return_inverse=True)
    folds = np.random.default_rng(seed).integers(0, count, len(different))[of.ravel()]
    return folds[: len(feedback.impressions)], folds[len(feedback.impressions) :]


def _pairs(rows: Impressions | Judgements) -> Numbers:
    return np.column_stack([rows.needs, rows.outcomes]).astype(np.int64)


def _quietly(_: str) -> None:
    """Says nothing: these ties are no step of their own."""
