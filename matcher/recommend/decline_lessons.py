"""What a decline teaches: its reason names a feature of the pair, or says nothing about the pair.

A pair that was turned down for its region is no worse a match of texts. Compared with accepted
ones as a whole it would unlearn the texts, so it teaches the feature it names alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import DeclineReason
from matcher.errors import InvalidValue

ALL = -1
"""The focus of a row that is about every feature."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """weight: how much a decline says of the pair, 0 to 1. feature: the one it names, if any."""

    weight: float
    feature: str | None = None


UNEXPLAINED = Lesson(0.5)
"""Of a decline without a reason."""
LESSONS: Mapping[DeclineReason, Lesson] = MappingProxyType(
    {
        DeclineReason.TOO_EARLY: Lesson(1.0, "trl"),
        DeclineReason.REGION: Lesson(1.0, "region"),
        DeclineReason.PRICE: Lesson(1.0, "price"),
        DeclineReason.STALE_LISTING: Lesson(1.0, "fresh"),
        DeclineReason.DESCRIPTION_UNCLEAR: Lesson(1.0, "detail"),
        DeclineReason.SCIENTIFIC_OBJECTION: Lesson(1.0),
        DeclineReason.BENEFIT_UNCLEAR: Lesson(0.5),
        DeclineReason.COMMERCIAL_ROUTE_UNCLEAR: Lesson(0.5),
        DeclineReason.IP_PROBLEM: Lesson(0.2),
        DeclineReason.NOT_STRATEGIC: Lesson(0.2),
        DeclineReason.OTHER: Lesson(0.2),
        DeclineReason.NO_CAPACITY: Lesson(0.0),
        DeclineReason.CONFLICT_OF_INTEREST: Lesson(0.0),
        DeclineReason.ALREADY_IN_CONTACT: Lesson(0.0),
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """What n rows teach, for `fit_ranker`.

    gains: float32[n], 0 for a decline that says nothing. says: float64[n] in [0, 1], how much the
    row says as the worse one of a pair. focus: int64[n], the column of the feature that it is
    about, -1 for all.
    """

    gains: npt.NDArray[np.float32]
    says: npt.NDArray[np.float64]
    focus: npt.NDArray[np.int64]


def lessons(
    grades: npt.NDArray[np.float32], reasons: npt.NDArray[np.integer], features: Sequence[str]
) -> Lessons:
    """grades, reasons: as `Judgements` has them. features: the names of the ranker's columns.

    A reason counts on rows that aren't above 0: what went somewhere before it was declined is
    judged by how far. Where the ranker has no such column, a reason that names one says as little
    as `other`. Raises InvalidValue for a reason that there is none of.
    """
    if len(grades) != len(reasons):
        raise InvalidValue(f"{len(reasons)} reasons for {len(grades)} grades.", field="reasons")
    told = [_told(LESSONS[reason], features) for reason in DeclineReason]
    if len(reasons) and not -1 <= int(reasons.min()) <= int(reasons.max()) < len(told):
        raise InvalidValue("There is no such reason of a decline.", field="reasons")
    # The place -1, for no reason, is the last one.
    weights = np.array([*(each.weight for each in told), UNEXPLAINED.weight])[reasons]
    columns = np.array([*(_column(each, features) for each in told), ALL])[reasons]
    explained, declined = reasons >= 0, grades < 0
    taught = declined | (explained & (grades == 0))
    return Lessons(
        gains=np.where(declined & (weights == 0), np.float32(0), grades),
        says=np.where(taught, weights, 1.0),
        focus=np.where(taught, columns, ALL),
    )


def _told(lesson: Lesson, features: Sequence[str]) -> Lesson:
    missing = lesson.feature is not None and lesson.feature not in features
    return LESSONS[DeclineReason.OTHER] if missing else lesson


def _column(lesson: Lesson, features: Sequence[str]) -> int:
    return ALL if lesson.feature is None else list(features).index(lesson.feature)
