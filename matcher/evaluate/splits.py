"""The global split by time: learn from what was before a day, judge by what came from it on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.errors import InvalidValue, UsageError

Days = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

TEST_SHARE = 0.2
FRESH_DAYS = 30
NO_END = int(np.iinfo(np.int32).max)
"""The last day of what doesn't expire."""


def split_day(days: Days, share: float = TEST_SHARE) -> int:
    """The first day of the test: about `share` of the judgements lie on it or later.

    Judgements of one day are never parted, and both sides have some. Raises UsageError where all
    are of one day or there are none, and for a share that is not between 0 and 1.
    """
    if not 0 < share < 1:
        raise UsageError(f"a share of {share} can't be held out.", hint="Take one such as 0.2.")
    if not len(days) or days.min() == days.max():
        raise UsageError(
            f"{len(days)} judgements of {min(len(days), 1)} day can't be split by time.",
            hint="Wait until there are judgements of two days or more.",
        )
    day = int(np.quantile(days, 1 - share, method="higher"))
    return max(day, int(days.min()) + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Lifetimes:
    """From when to when records are there.

    created, valid_until: int32[n], ordinals of the first and of the last day; NO_END where none
    is stated. Raises InvalidValue for arrays that don't fit the ids.
    """

    ids: tuple[str, ...]
    created: Days
    valid_until: Days

    def __post_init__(self) -> None:
        if not len(self.ids) == len(self.created) == len(self.valid_until):
            raise InvalidValue(
                f"{len(self.ids)} ids have {len(self.created)} first and "
                f"{len(self.valid_until)} last days."
            )

    def alive(self, day: int) -> frozenset[str]:
        """What was there before `day` and is still valid on it.

        A record of the day itself is not: whatever learned from the days before can't know it.
        """
        return self._named(self._alive(day))

    def fresh(self, day: int, within: int = FRESH_DAYS) -> frozenset[str]:
        """What is alive and came in the last `within` days before `day`."""
        return self._named(self._alive(day) & (self.created >= day - within))

    def _alive(self, day: int) -> Mask:
        alive: Mask = (self.created < day) & (self.valid_until >= day)
        return alive

    def _named(self, kept: Mask) -> frozenset[str]:
        return frozenset(self.ids[place] for place in np.flatnonzero(kept))
