"""Times as tables have them: a date, a date with a time, a text of either; in UTC."""

from __future__ import annotations

import datetime as dt

from matcher.domain.dates import parse_date
from matcher.files.cells import Cell


def parse_moment(cell: Cell) -> dt.datetime | None:
    """The time that a cell states, UTC where it names no zone; midnight where it is a day.

    Raises InvalidValue for what is no time.
    """
    if isinstance(cell, str):
        cell = _from_iso(cell.strip())
    if isinstance(cell, dt.datetime):
        return cell.replace(tzinfo=dt.UTC) if cell.tzinfo is None else cell.astimezone(dt.UTC)
    day = parse_date(cell)
    return None if day is None else dt.datetime.combine(day, dt.time(), dt.UTC)


def _from_iso(text: str) -> dt.datetime | str:
    """A text of ISO 8601 with a time in it; any other text as it is."""
    if len(text) <= len("2025-03-01"):
        return text
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return text
