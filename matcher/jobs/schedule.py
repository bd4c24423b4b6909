"""What the clock asks for: a training, prompts of owners, and notices, as the settings say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from huey import crontab

from matcher.domain.job import JobKind
from matcher.errors import UsageError
from matcher.settings import Settings

LATEST = timedelta(hours=1)
"""How late a worker that wasn't there still asks for something."""
_MINUTE = timedelta(minutes=1)


class Entry(NamedTuple):
    """A kind of job, and whether it is asked for in a minute of local time."""

    kind: JobKind
    is_at: Callable[[datetime], bool]


class Due(NamedTuple):
    """A kind of job and the minute, in UTC, at which it was to be asked for."""

    kind: JobKind
    at: datetime


def entries(settings: Settings) -> tuple[Entry, ...]:
    """The schedule. Raises UsageError for a time that there is none of."""
    named = (
        ("train_at", JobKind.TRAINING),
        ("prompts_at", JobKind.PROMPTS),
        ("notices_at", JobKind.NOTICES),
    )
    return tuple(
        Entry(kind, _parsed(name, getattr(settings, name)))
        for name, kind in named
        if getattr(settings, name)
    )


def due(schedule: tuple[Entry, ...], now: datetime, zone: tzinfo | None = None) -> Iterator[Due]:
    """What was to be asked for in the last hour: the latest minute of each kind that was one.

    Asking twice is no harm: a job of the schedule has an id by its minute. zone: that of
    the entries; the machine's unless given.
    """
    last = now.replace(second=0, microsecond=0)
    minutes = [last - count * _MINUTE for count in range(LATEST // _MINUTE)]
    for entry in schedule:
        at = next((one for one in minutes if entry.is_at(one.astimezone(zone))), None)
        if at is not None:
            yield Due(entry.kind, at)


def _parsed(name: str, cron: str) -> Callable[[datetime], bool]:
    try:
        found: Callable[[datetime], bool] = crontab(*cron.split(), strict=True)
    except ValueError as error:
        hint = "Write minute, hour, day, month and day of the week, such as 0 3 * * 1."
        raise UsageError(f"{name} is {cron!r}: {error}.", field=name, hint=hint) from error
    return found
