"""The one place where settings become an open platform."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from matcher.actions.init import require_made, require_tables
from matcher.actions.live import Live, Start, at_once
from matcher.actions.platform import Platform
from matcher.actions.recent_cache import RecentCache
from matcher.actions.saved_searches import KEPT as FOUND
from matcher.actions.standings import Standings
from matcher.actions.worklist_cache import WorklistCache
from matcher.bundle.library import Library
from matcher.settings import Settings
from matcher.store.database import Database


def make_platform(settings: Settings, *, checked: bool = True, start: Start = at_once) -> Platform:
    """The platform of these settings; whoever asks for it disposes of its database.

    checked: it must have been initialised, else UsageError, and its tables must be those of this
    version, else WrongSchema. start: who opens a newly published model. Raises StoreUnavailable.
    """
    if checked:
        require_made(settings)
    database = Database.open(settings.database.get_secret_value())
    try:
        if checked:
            require_tables(database, settings)
    except BaseException:
        database.dispose()
        raise
    library = Library(settings.models)
    live = Live(database, library, settings.poll_seconds, start=start)
    kept, found = WorklistCache(), RecentCache[tuple[str, ...]](FOUND)
    return Platform(settings, database, library, live, Standings(), kept, found, _now)


@contextmanager
def open_platform(settings: Settings, *, checked: bool = True) -> Iterator[Platform]:
    """The same, closed at the end of the block."""
    platform = make_platform(settings, checked=checked)
    try:
        yield platform
    finally:
        platform.database.dispose()


def _now() -> datetime:
    return datetime.now(UTC)
