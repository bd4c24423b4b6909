"""Ties that weren't told of what they are to be judged by.

A tie has seen what became of a pair, and would say it again: weights fitted to that would believe
whatever remembers best. So a row's features come of ties that don't know it (cross-fitting; see
Wolpert, "Stacked Generalization", 1992). Where much is known, ties of what was known before the
last days judge these; where little is, it is dealt out to a few folds, and each is judged by ties
of the others.
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
UNJUDGED = -1
"""The fold of a row that no ties judge."""

Say = Callable[[str], None]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Folds:
    """collections: one a fold, tied by what the others know. impressions: int64[n], the fold of
    each row that was shown, UNJUDGED for none."""

    collections: tuple[Collections, ...]
    impressions: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What was learned of all that was known before a day (an ordinal)."""

    collections: Collections
    day: int


def folded(
    collections: Collections,
    feedback: Feedback,
    examined: npt.NDArray[np.float64],
    seed: int = 0,
    past: Past | None = None,
) -> Folds:
    """Ties by which the rows that were shown can be judged: of the past, or else dealt out.

    collections: without ties. examined: as `tied` takes it. past: judges what was shown since.
    Raises TrainingDiverged.
    """
    if past is None:
        return _dealt_out(collections, feedback, examined, seed)
    since = feedback.impressions.days >= past.day
    return Folds((past.collections,), np.where(since, 0, UNJUDGED))


def _dealt_out(
    collections: Collections, feedback: Feedback, examined: npt.NDArray[np.float64], seed: int
) -> Folds:
    """All that is known of a need and an outcome is in one fold, whoever carried it."""
    shown, judged = _dealt(feedback, seed)
    found = []
    for fold in range(FOLDS):
        kept = shown != fold
        rest = replace(
            feedback,
            judgements=feedback.judgements.where(judged != fold),
            impressions=feedback.impressions.where(kept),
        )
        found.append(tied(collections, rest, examined[kept], _quietly, seed))
    return Folds(tuple(found), shown)


def _dealt(feedback: Feedback, seed: int) -> tuple[Numbers, Numbers]:
    """The folds of the impressions, and of the judgements."""
    pairs = np.concatenate([_pairs(feedback.impressions), _pairs(feedback.judgements)])
    if not len(pairs):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    different, of = np.unique(pairs, axis=0, return_inverse=True)
    folds = np.random.default_rng(seed).integers(0, FOLDS, len(different))[of.ravel()]
    return folds[: len(feedback.impressions)], folds[len(feedback.impressions) :]


def _pairs(rows: Impressions | Judgements) -> Numbers:
    return np.column_stack([rows.needs, rows.outcomes]).astype(np.int64)


def _quietly(_: str) -> None:
    """Says nothing: these ties are no step of their own."""
