"""The file that a database is kept in, where it is kept in one."""

from __future__ import annotations

from pathlib import Path

from matcher.settings import Settings
from matcher.store.address import SQLITE, parse_address


def database_file(settings: Settings) -> Path | None:
    """The file of a SQLite database, whether it is there or not; None for one on a server.

    Raises UsageError for an address that isn't understood.
    """
    address = parse_address(settings.database.get_secret_value())
    return Path(str(address.database)) if address.drivername == SQLITE else None
