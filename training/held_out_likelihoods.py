"""Does what is called likely come true? The likelihoods of a model for lists it didn't know yet."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from matcher.evaluate.reliability import Reliability, reliability
from matcher.recommend.collections import Collections
from matcher.recommend.facts import Standing
from matcher.recommend.feedback import Feedback
from matcher.recommend.learning import examination_of
from matcher.recommend.learning_lists import decided
from matcher.recommend.pair_features import Askers, feature_names, pair_features
from training.platform_split import Direction

LEAST = 200
"""Rows below which nothing is said, as for the calibration itself."""
MOST = 3000
"""Of more rows a sample is asked."""


def held_out_reliability(
    collections: Collections, feedback: Feedback, day: int, direction: Direction, seed: int = 0
) -> Reliability | None:
    """How the likelihoods of a direction agree with what came of the lists shown from `day` on.

    collections: learned from what was known before that day. A likelihood is of somebody who looks
    at the pair, so it is multiplied by the probability that the row was looked at, and held against
    all rows, whether something came of their list or not. None where the model says no likelihood,
    and below `LEAST` rows.
    """
    model = collections.models[direction.candidate]
    learned = model.learned.get(direction.asker.value)
    if learned is None or learned.promised is None:
        return None
    shown = feedback.impressions.where(feedback.impressions.days >= day)
    shown = shown.where(decided(shown))
    parties = [
        np.append(collections.models[noun].candidates.ids.find(feedback.ids[noun]), -1)[
            shown.party(noun)
        ]
        for noun in (direction.asker, direction.candidate)
    ]
    kept = _drawn(np.flatnonzero((parties[0] >= 0) & (parties[1] >= 0)), seed)
    if len(kept) < LEAST:
        return None
    asking, asked = (places[kept] for places in parties)
    standing = Standing(on=date.fromordinal(day))
    askers = Askers.read(collections, direction.asker, asking)
    features = pair_features(collections, askers, direction.candidate, asking, asked, standing)
    scores = learned.scores(features, feature_names(model))
    examined = examination_of(feedback.until(day)).at(shown.positions[kept])
    likelihoods = learned.promised.likelihood(scores) * examined
    return reliability(likelihoods, (shown.grades[kept] > 0).astype(np.int64))


def _drawn(rows: npt.NDArray[np.int64], seed: int) -> npt.NDArray[np.int64]:
    if len(rows) <= MOST:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, MOST, replace=False))
