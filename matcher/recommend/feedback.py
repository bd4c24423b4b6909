"""What became of proposals, as arrays to learn from: who was shown what, and how far it went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Self

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import Noun

Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
NOBODY = -1
"""The code of a party that an entry doesn't have."""
ACCEPTED = 0.3
"""The grade of a pair that was taken up, and of which nothing more came yet."""
NO_REASON = -1


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Rows about a need, an outcome and a manager: places in `Feedback.ids`, NOBODY for none.

    days: ordinals of the days in UTC.
    """

    needs: Codes
    outcomes: Codes
    managers: Codes
    days: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.days)

    def party(self, noun: Noun) -> Codes:
        """The codes of one party. Raises KeyError for a noun that is none."""
        return {Noun.NEED: self.needs, Noun.OUTCOME: self.outcomes, Noun.MANAGER: self.managers}[
            noun
        ]

    def where(self, kept: Mask | npt.NDArray[np.int64]) -> Self:
        """The rows of a mask, or these rows."""
        return replace(self, **{each.name: getattr(self, each.name)[kept] for each in fields(self)})


@dataclass(frozen=True, slots=True, eq=False)
class Judgements(_Rows):
    """What is known to go together or not, a row for each follow-up or interaction.

    grades: float32[n] in [-1, 1]; above 0 how far it went, 1 for a signed contract and beyond,
    below 0 declined, 0 for what says nothing. reasons: int8[n], the place of the reason of a
    decline in DeclineReason, NO_REASON for none. The day is that of the grade. first_days:
    int32[n], the first day on which the grade was above 0, that of the grade where it never was
    before.
    """

    grades: npt.NDArray[np.float32]
    reasons: npt.NDArray[np.int8]
    first_days: npt.NDArray[np.int32]

    def until(self, day: int) -> Judgements:
        """What was known before `day` (an ordinal).

        Of what was taken up before and went on since, only that it was taken up: how far it had
        come by then isn't kept.
        """
        known = self.where(self.first_days < day)
        later = known.days >= day
        return replace(
            known,
            days=np.where(later, known.first_days, known.days),
            grades=np.where(later, np.float32(ACCEPTED), known.grades),
            reasons=np.where(later, np.int8(NO_REASON), known.reasons),
        )

    def since(self, day: int) -> Judgements:
        """What wasn't known to go together before `day`."""
        return self.where(self.first_days >= day)


@dataclass(frozen=True, slots=True, eq=False)
class Impressions(_Rows):
    """What was shown to a manager, a row for each pair in a list, in order of time.

    lists: int64[n], one number for the rows of one list, never falling. positions: int32[n] from
    1. propensities: float64[n] in (0, 1], the probability that the pair was put into the list.
    explored: bool[n], drawn by chance for a slot drawn by chance. grades: float32[n], what came of
    it as in Judgements, by the last day that is known; 0 for nothing.
    """

    lists: npt.NDArray[np.int64]
    positions: npt.NDArray[np.int32]
    propensities: npt.NDArray[np.float64]
    explored: Mask
    grades: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Feedback:
    """All that is known. ids: of the needs, outcomes and managers that the rows name by place."""

    ids: Mapping[Noun, tuple[str, ...]]
    judgements: Judgements
    impressions: Impressions

    def last_day(self) -> date | None:
        """The last day of which anything is known."""
        days = [int(rows.days.max()) for rows in (self.judgements, self.impressions) if len(rows)]
        return date.fromordinal(max(days)) if days else None

    def until(self, day: int) -> Feedback:
        """What was known before `day` (an ordinal).

        What came of an impression later isn't known yet; what was taken up by then is known as that
        (see `Judgements.until`).
        """
        known = self.judgements.until(day)
        shown = self.impressions.where(self.impressions.days < day)
        return replace(self, judgements=known, impressions=graded(shown, known))


def graded(shown: Impressions, known: Judgements) -> Impressions:
    """The impressions with the grades of their very need, outcome and manager, 0 without one.

    Of several judgements of the same three, in whatever order, the last counts. What was shown
    after it was judged is left out: nothing came of it there, and nothing was to come.
    """
    telling = known.where(known.grades != 0)
    telling = telling.where(np.argsort(telling.days, kind="stable"))
    places = {triple: place for place, triple in enumerate(_triples(telling))}
    found = np.fromiter((places.get(row, -1) for row in _triples(shown)), np.int64, len(shown))
    # The last place is for what nobody judged: it says nothing, on a day that never comes.
    grades = np.append(telling.grades, np.float32(0))[found]
    days = np.append(telling.first_days, np.iinfo(np.int32).max)[found]
    return replace(shown, grades=grades).where(shown.days <= days)


def _triples(rows: Impressions | Judgements) -> Iterator[tuple[int, int, int]]:
    return zip(rows.needs.tolist(), rows.outcomes.tolist(), rows.managers.tolist(), strict=True)


def no_feedback() -> Feedback:
    """Nothing known."""
    codes, days = np.zeros(0, np.int32), np.zeros(0, np.int32)
    judgements = Judgements(
        codes, codes, codes, days, np.zeros(0, np.float32), np.zeros(0, np.int8), days
    )
    impressions = Impressions(
        codes,
        codes,
        codes,
        days,
        np.zeros(0, np.int64),
        np.zeros(0, np.int32),
        np.zeros(0, np.float64),
        np.zeros(0, bool),
        np.zeros(0, np.float32),
    )
    ids: dict[Noun, tuple[str, ...]] = {
        Noun.NEED: (),
        Noun.OUTCOME: (),
        Noun.MANAGER: (),
    }
    return Feedback(ids, judgements, impressions)
