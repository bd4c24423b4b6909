"""How large a synthetic platform is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from matcher.errors import UsageError

MONTH = 30
"""Days in a month of a synthetic platform: all are of one length."""

RECORDS_OF_AN_ORGANISATION = 40


class _Bounds(NamedTuple):
    low: int
    high: int


_BOUNDS = {
    "outcomes": _Bounds(1, 2_000_000),
    "needs": _Bounds(1, 2_000_000),
    "managers": _Bounds(1, 200_000),
    # An item has three topics; a topic needs words of its own.
    "topics": _Bounds(3, 300),
    "months": _Bounds(1, 120),
}


@dataclass(frozen=True, slots=True)
class Size:
    """Counts of records and topics, and for how many months records arrive."""

    outcomes: int
    needs: int
    managers: int
    topics: int = 60
    months: int = 6

    def __post_init__(self) -> None:
        for name, (low, high) in _BOUNDS.items():
            if not low <= getattr(self, name) <= high:
                raise UsageError(
                    f"A synthetic platform can't have {getattr(self, name)} {name}.",
                    field=name,
                    hint=f"Ask for {low} to {high}.",
                )

    @property
    def organisations(self) -> int:
        """Universities, enterprises and agencies, at least one of each."""
        records = self.outcomes + self.needs + self.managers
        return max(6, records // RECORDS_OF_AN_ORGANISATION)

    @property
    def days(self) -> int:
        """Days over which records arrive."""
        return self.months * MONTH
