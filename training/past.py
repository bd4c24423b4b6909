"""What would have been learned before the last days, by which these can be judged."""

from __future__ import annotations

from enum import StrEnum

from matcher.errors import UsageError
from matcher.evaluate.splits import Days, split_day
from matcher.recommend.collections import Collections
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Past
from matcher.recommend.learning import examined_in
from matcher.recommend.learning_lists import decided
from matcher.recommend.tying import tied
from training.platform_split import dated

MANY = 10_000
"""Pairs that were taken up, of which the last fifth is enough to learn weights from."""
SHOWN = 1_000
"""Rows shown on the last days that were taken up: weights are learned from lists alone, and what
is known from elsewhere has none."""


class Way(StrEnum):
    """What judges the rows that weights are learned from: ties of before the last days, or ties of
    other parts of what is known (see folds.py)."""

    PAST = "past"
    PARTS = "parts"


def way_of(feedback: Feedback) -> Way:
    """The past, where `MANY` and `SHOWN` are known.

    A training decides it once, by all that is known, for whatever it learns of parts of it: what is
    measured must have been learned as what is published.
    """
    day = last_fifth(feedback)
    enough = day is not None and len(_taken_up(feedback)) >= MANY and is_shown(feedback, day)
    return Way.PAST if enough else Way.PARTS


def past_by(way: Way, collections: Collections, feedback: Feedback, seed: int) -> Past | None:
    """Ties of what was known before the last fifth of what was taken up.

    collections: without ties. None for the other way, and where nothing that was shown on the last
    days was taken up, or all of it since one day. Raises TrainingDiverged.
    """
    day = last_fifth(feedback) if way is Way.PAST else None
    if day is None or not _shown_since(feedback, day):
        return None
    before = feedback.until(day)
    return Past(tied(collections, before, examined_in(before), lambda _: None, seed), day)


def last_fifth(feedback: Feedback) -> int | None:
    """The first of the last days (an ordinal), None where all was taken up since one day."""
    try:
        return split_day(_taken_up(feedback))
    except UsageError:
        return None


def is_shown(feedback: Feedback, day: int) -> bool:
    """Whether enough of what was taken up was shown since a day, to learn weights from."""
    return _shown_since(feedback, day) >= SHOWN


def _shown_since(feedback: Feedback, day: int) -> int:
    shown = feedback.impressions
    return int(((shown.grades > 0) & (shown.days >= day) & decided(shown)).sum())


def _taken_up(feedback: Feedback) -> Days:
    """The first day of each pair that was taken up and has one."""
    known = feedback.judgements
    return dated(known.first_days[known.grades > 0])
