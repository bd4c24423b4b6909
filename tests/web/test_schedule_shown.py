"""What the clock asks for, and when it comes next."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from matcher.settings import Settings
from matcher.web.schedule_shown import next_at, schedules_shown
from tests.web.import_drafted import EN, NOW


def test_the_next_time_is_told_and_never_too(tmp_path: Path) -> None:
    now = NOW.astimezone()
    soon = now + timedelta(minutes=2)
    at = f"{soon.minute} {soon.hour} * * *"
    training, prompts, notices = schedules_shown(
        Settings(home=tmp_path, train_at="never", prompts_at=at), NOW, EN
    )
    assert (training.next, training.setting) == ("", "train_at")
    assert prompts.next.endswith(f"{soon:%H:%M}")
    assert prompts.cron == at
    assert (notices.setting, notices.cron) == ("notices_at", "0 7 * * *")


def test_the_next_minute_is_the_first_that_counts() -> None:
    now = datetime(2026, 11, 22, 9, 0, 30).astimezone()
    found = next_at(lambda at: at.minute == 1, now)
    assert found is not None
    assert (found.hour, found.minute, found.second) == (9, 1, 0)
    assert next_at(lambda at: False, now) is None
