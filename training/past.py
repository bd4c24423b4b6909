"""What would have been learned before the last days, by which these can be judged."""

from __future__ import annotations

from matcher.errors import UsageError
from matcher.evaluate.splits import split_day
from matcher.recommend.collections import Collections
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Past
from matcher.recommend.learning import examination_of
from matcher.recommend.learning_lists import decided
from matcher.recommend.tying import tied
from training.platform_split import dated

MANY = 10_000
"""Pairs that were taken up, of which the last fifth is enough to learn weights from."""
SHOWN = 1_000
"""Rows shown on the last days that were taken up: weights are learned from lists alone, and what
is known from elsewhere has none."""


def past_of(collections: Collections, feedback: Feedback, seed: int) -> Past | None:
    """Ties of what was known before the last fifth of what was taken up.

    collections: without ties. None where less than `MANY` or `SHOWN` is known, or all of it since
    one day.
    Raises TrainingDiverged.
    """
    day = last_fifth(feedback)
    if day is None:
        return None
    before = feedback.until(day)
    examined = examination_of(before).at(before.impressions.positions)
    return Past(tied(collections, before, examined, lambda _: None, seed), day)


def last_fifth(feedback: Feedback) -> int | None:
    """The first of the last days, None where too little is known to keep to these."""
    known, shown = feedback.judgements, feedback.impressions
    good = dated(known.first_days[known.grades > 0])
    if len(good) < MANY:
        return None
    try:
        day = split_day(good)
    except UsageError:
        return None
    told = (shown.grades > 0) & (shown.days >= day) & decided(shown)
    return day if told.sum() >= SHOWN else None
