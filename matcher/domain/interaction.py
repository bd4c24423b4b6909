"""Interaction 互动: that a need, an outcome and a manager had to do with each other, how strongly.

What a platform knows from elsewhere and the collaborative model learns from: views, contacts,
deals of years past. What happens on the platform itself is an `Event`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from matcher.domain.checks import require_between, require_text, require_utc
from matcher.domain.record import Record
from matcher.errors import InvalidValue

# Sums of a million of these are still exact to a thousandth in double precision.
LARGEST_WEIGHT = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction(Record):
    """Two or all three of a need, an outcome and a manager (ids), met at `at` (UTC, if known).

    `weight` is how much it counts, from 0 to `LARGEST_WEIGHT`; 1 where nothing else is said.
    """

    id: str
    need: str = ""
    outcome: str = ""
    manager: str = ""
    weight: float = 1.0
    at: dt.datetime | None = None
    external_id: str = ""
    source: str = ""
    node: str = ""

    def __post_init__(self) -> None:
        require_text(self.id, "id")
        require_between(self.weight, 0, LARGEST_WEIGHT, "weight")
        require_utc(self.at, "at")
        if len(self.parties) < 2:
            raise InvalidValue(
                "An interaction is between two at least.",
                field="outcome" if self.need.strip() else "need",
                hint="Name two of need, outcome and manager.",
            )

    @property
    def parties(self) -> tuple[str, ...]:
        """The ids that are given, in the order need, outcome, manager."""
        return tuple(filter(str.strip, (self.need, self.outcome, self.manager)))
