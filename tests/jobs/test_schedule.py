"""What the clock asks for: the minutes that cron means, in local time, an hour late at most."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from matcher.domain.job import JobKind
from matcher.errors import UsageError
from matcher.jobs.schedule import Due, due, entries
from matcher.settings import Settings

CHINA = timezone(timedelta(hours=8))
MONDAY = datetime(2026, 11, 2, 3, 0, tzinfo=CHINA)


def settings(**given: str) -> Settings:
    return Settings(home=Path("home"), **{"prompts_at": "never", "notices_at": "never", **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (MONDAY, MONDAY),
        (MONDAY + timedelta(minutes=59, seconds=59), MONDAY),
        (MONDAY + timedelta(hours=1), None),
        (MONDAY - timedelta(seconds=1), None),
        (MONDAY + timedelta(days=1), None),
    ],
)
def test_a_worker_that_comes_late_still_asks_within_the_hour(
    at: datetime, found: datetime | None
) -> None:
    clock = entries(settings(train_at="0 3 * * 1"))
    wanted = [] if found is None else [Due(JobKind.TRAINING, found)]
    assert list(due(clock, at.astimezone(UTC), CHINA)) == wanted


def test_of_several_minutes_the_last_counts() -> None:
    clock = entries(settings(prompts_at="*/10 * * * *"))
    at = MONDAY + timedelta(minutes=25)
    assert list(due(clock, at, CHINA)) == [Due(JobKind.PROMPTS, MONDAY + timedelta(minutes=20))]


def test_without_a_time_there_is_nothing() -> None:
    assert entries(settings(train_at="never")) == ()
    kinds = [entry.kind for entry in entries(Settings(home=Path("home")))]
    assert kinds == [JobKind.PROMPTS, JobKind.NOTICES]


@pytest.mark.parametrize("cron", ["61 3 * * *", "0 24 * * *", "0 0 0 * *"])
def test_a_time_that_there_is_none_of_is_refused(cron: str) -> None:
    with pytest.raises(UsageError, match="train_at"):
        entries(settings(train_at=cron))
