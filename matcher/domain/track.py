"""Track record 履历: what a manager has made of the pairs that they took up."""

from __future__ import annotations

from dataclasses import dataclass

PRIOR_RATE, PRIOR_WEIGHT = 0.2, 5.0
"""What is expected of a manager without history, and for how many follow-ups it counts."""


@dataclass(frozen=True, slots=True)
class Track:
    """Counts over a manager's follow-ups.

    carrying: those open now, from accepted on. reached: those that came to mutual interest or
    further; ended: those that ended short of it. response_hours: the median time from acceptance
    to the first contact, None where there is none.
    """

    carrying: int = 0
    reached: int = 0
    ended: int = 0
    response_hours: float | None = None

    @property
    def success(self) -> float:
        """The share that reached mutual interest, drawn towards `PRIOR_RATE` while few are known.

        The mean of the posterior of a Beta prior worth `PRIOR_WEIGHT` follow-ups.
        """
        known = self.reached + self.ended
        return (self.reached + PRIOR_RATE * PRIOR_WEIGHT) / (known + PRIOR_WEIGHT)


NO_TRACK = Track()
"""Of a manager without history."""


def room(track: Track, capacity: int | None) -> float:
    """The share of a manager's capacity that is free, 0 to 1; 1 where no capacity is stated."""
    if capacity is None:
        return 1.0
    return max(0.0, 1 - track.carrying / capacity) if capacity else 0.0
