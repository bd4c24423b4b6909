"""Figures with their intervals as dots and whiskers on a common axis, in a picture 100 wide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.bundle.manifest import Measured

WIDTH = 100.0
_MARGIN = 4.0


@dataclass(frozen=True, slots=True)
class Whisker:
    """Where a figure and the ends of its interval stand, 0 to `WIDTH`; the ends are None where no
    interval was measured."""

    measured: Measured
    at: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Axis:
    """From the lowest to the highest figure or end of an interval."""

    least: float
    most: float

    def place(self, value: float) -> float:
        """Where a value stands."""
        room = WIDTH - 2 * _MARGIN
        return round(_MARGIN + room * (value - self.least) / (self.most - self.least), 2)

    def whisker(self, measured: Measured) -> Whisker:
        """The figure with its interval."""
        low, high = (
            None if end is None else self.place(end) for end in (measured.low, measured.high)
        )
        return Whisker(measured, self.place(measured.value), low, high)


def axis_of(found: Iterable[Measured]) -> Axis | None:
    """An axis that holds all of them, None for none; one figure alone stands in its middle."""
    ends = [end for one in found for end in (one.value, one.low, one.high) if end is not None]
    if not ends:
        return None
    least, most = min(ends), max(ends)
    return Axis(least, most) if least < most else Axis(least - 0.5, most + 0.5)
