"""What every action works with can't be exchanged under its feet."""

from __future__ import annotations

import dataclasses
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from matcher.actions.platform import Platform
from tests.platforms import in_zone


def test_a_platform_is_one_thing_for_as_long_as_it_is_open(platform: Platform) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        platform.database = None  # type: ignore[misc, assignment]
    first, second = platform.now(), platform.now()
    assert first.utcoffset() == second.utcoffset() is not None


def test_days_are_those_of_the_platforms_zone(platform: Platform) -> None:
    # Half past eleven in the evening in UTC is the next morning in China.
    late = dataclasses.replace(platform, now=lambda: datetime(2026, 11, 1, 23, 30, tzinfo=UTC))
    there = in_zone(late, "Asia/Shanghai")
    assert (in_zone(late, "UTC").today(), there.today()) == (date(2026, 11, 1), date(2026, 11, 2))
    assert there.midnight(date(2026, 11, 2)) == datetime(2026, 11, 1, 16, tzinfo=UTC)
    assert there.local(there.now()).isoformat() == "2026-11-02T07:30:00+08:00"
    # On this day clocks went back in Berlin, at three in the morning.
    berlin = in_zone(late, "Europe/Berlin")
    day = berlin.midnight(date(2026, 10, 26)) - berlin.midnight(date(2026, 10, 25))
    assert day == timedelta(hours=25)


def test_without_a_zone_days_are_those_of_the_machine(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = dataclasses.replace(platform, now=lambda: datetime(2026, 11, 1, 23, 30, tzinfo=UTC))
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        try:
            assert in_zone(late, "").today() == date(2026, 11, 2)
            assert in_zone(late, "").midnight(date(2026, 11, 2)).hour == 16
        finally:
            changed.undo()
            time.tzset()


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "UTC", ""])
def test_every_day_has_a_beginning(platform: Platform, zone: str) -> None:
    there = in_zone(platform, zone)
    assert there.midnight(date.min) < there.midnight(date.min + timedelta(days=2))
    assert there.midnight(date.max) > there.midnight(date(2026, 11, 1))
