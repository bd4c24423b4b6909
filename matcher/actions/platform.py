"""What every action works with: settings, database, models, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from matcher.actions.live import Live
from matcher.actions.recent_cache import RecentCache
from matcher.actions.standings import Standings
from matcher.actions.worklist_cache import WorklistCache
from matcher.bundle.library import Library
from matcher.settings import Settings
from matcher.store.database import Database

OPERATOR = "operator"
"""The actor of what is done at the machine itself, without an account."""


@dataclass(frozen=True, slots=True)
class Platform:
    """An open platform; made by bootstrap.py. found: ids by the saved search that found them;
    `now` gives the time in UTC."""

    settings: Settings
    database: Database
    library: Library
    live: Live
    standings: Standings
    worklists: WorklistCache
    found: RecentCache[tuple[str, ...]]
    now: Callable[[], datetime]

    def local(self, at: datetime) -> datetime:
        """The same moment in the platform's zone."""
        return at.astimezone(self.settings.zone)

    def today(self) -> date:
        """The day it is for the people of the platform: that of its zone."""
        return self.local(self.now()).date()

    def midnight(self, day: date) -> datetime:
        """When a day begins for them, in UTC."""
        begins = datetime.combine(day, time.min, self.settings.zone)
        try:
            # Without a zone it is the machine's time.
            return begins.astimezone(UTC)
        except (OverflowError, ValueError):  # East of Greenwich the first day began before time.
            return datetime.min.replace(tzinfo=UTC)
