"""Days that are chosen most."""

from __future__ import annotations

from datetime import UTC, date, datetime

from matcher.domain.enums import Language
from matcher.web.say import Say
from matcher.web.shortcut_days import shortcut_days


def test_days_are_counted_from_today() -> None:
    say = Say(Language.EN, datetime(2026, 12, 31, 9, tzinfo=UTC))
    found = {one.label: one.day for one in shortcut_days(date(2026, 12, 31), say)}
    assert found["tomorrow"] == date(2027, 1, 1)
    assert found["in a week"] == date(2027, 1, 7)
    assert list(found.values()) == sorted(found.values())
