"""Freshness of listings: until when one is valid, and how long nobody touched it."""

from __future__ import annotations

import datetime as dt

STALE_AFTER_DAYS = 365


class Dated:
    """What a record with `valid_until` and `updated_at` can tell of itself on a day."""

    __slots__ = ()

    valid_until: dt.date | None
    updated_at: dt.date | None

    def is_expired(self, on: dt.date) -> bool:
        """Whether the validity has ended before `on`; its last day still counts."""
        return self.valid_until is not None and self.valid_until < on

    def age_in_days(self, on: dt.date) -> int | None:
        """Days since the last update, 0 where that lies ahead, None where it is unknown."""
        return None if self.updated_at is None else max(0, (on - self.updated_at).days)

    def is_stale(self, on: dt.date, after_days: int = STALE_AFTER_DAYS) -> bool:
        """Whether the last update is more than `after_days` ago; False where it is unknown."""
        age = self.age_in_days(on)
        return age is not None and age > after_days
