"""What every action works with: settings, database, models, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

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
