"""What a platform knew before a day, and what came of it from that day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matcher.domain.enums import Noun
from matcher.errors import UsageError
from matcher.evaluate.pairs import Pairs
from matcher.evaluate.questions import Questions, questions
from matcher.evaluate.splits import NO_END, Days, Lifetimes, split_day
from matcher.recommend.feedback import NOBODY, Feedback, Judgements
from matcher.store.feedback import UNDATED

Ids = Mapping[Noun, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Direction:
    """Who asks for whom, such as a need for outcomes."""

    asker: Noun
    candidate: Noun

    @property
    def name(self) -> str:
        """For instance need>outcome."""
        return f"{self.asker.value}>{self.candidate.value}"


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """train: what was known before `day`. test: what wasn't, and was judged on `day` or later.

    alive: the ids that may be ranked by noun, those that were there before `day` and are valid on
    it; fresh: those of them that had just come.
    """

    day: int
    train: Feedback
    test: Judgements
    alive: Mapping[Noun, frozenset[str]]
    fresh: Mapping[Noun, frozenset[str]]


def split_feedback(
    feedback: Feedback,
    lifetimes: Mapping[Noun, Lifetimes],
    day: int | None = None,
    end: int = NO_END,
) -> Split:
    """Split at `day`, an ordinal; by default so that a fifth of what was judged well is after it.

    The test ends before `end`. Raises UsageError where there is nothing to split, or where a side
    has nothing that was judged well.
    """
    rows = feedback.judgements.until(end)
    good = dated(rows.first_days[rows.grades > 0])
    day = split_day(good) if day is None else day
    if not ((good < day).any() and (good >= day).any()):
        raise UsageError(
            "Nothing was judged well before or after the day of the split.",
            hint="Choose a day between the first and the last positive judgement.",
        )
    return Split(
        day=day,
        train=feedback.until(day),
        test=rows.since(day),
        alive={noun: found.alive(day) for noun, found in lifetimes.items()},
        fresh={noun: found.fresh(day) for noun, found in lifetimes.items()},
    )


def dated(days: Days) -> Days:
    """The days of what has one: an import without dates would make its first days the last."""
    return np.asarray(days[days != UNDATED])


def pairs_of(judgements: Judgements, ids: Ids, direction: Direction) -> Pairs:
    """The judgements that have both parties of a direction, on their first days."""
    askers, candidates = (judgements.party(noun) for noun in (direction.asker, direction.candidate))
    both = (askers != NOBODY) & (candidates != NOBODY)
    return Pairs(
        asker_ids=ids[direction.asker],
        candidate_ids=ids[direction.candidate],
        askers=askers[both],
        candidates=candidates[both],
        days=judgements.first_days[both],
        grades=judgements.grades[both],
    )


def sides(split: Split, direction: Direction) -> tuple[Pairs, Pairs]:
    """The pairs of a direction before and after the split."""
    ids = split.train.ids
    train = pairs_of(split.train.judgements, ids, direction)
    return train, pairs_of(split.test, ids, direction)


def questions_of(split: Split, direction: Direction) -> Questions:
    """What a model from before the split is asked in one direction.

    Raises UsageError where it isn't known which candidates were alive.
    """
    if direction.candidate not in split.alive:
        raise UsageError(
            f"it isn't known which {direction.candidate.value}s were alive.",
            hint="Give their lifetimes to the split.",
        )
    return questions(*sides(split, direction), split.alive[direction.candidate])
