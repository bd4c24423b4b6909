"""Days that are chosen most, so that nobody has to open a calendar for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.web.say import Say

_DAYS = (1, 7, 14, 30)


@dataclass(frozen=True, slots=True)
class ShortcutDay:
    """A day and what it is called."""

    day: date
    label: str


def shortcut_days(today: date, say: Say) -> tuple[ShortcutDay, ...]:
    """Tomorrow, and in one, two and four weeks or so."""
    names = (
        say("明天", "tomorrow"),
        say("一周后", "in a week"),
        say("两周后", "in two weeks"),
        say("30 天后", "in 30 days"),
    )
    return tuple(
        ShortcutDay(today + timedelta(days=days), name)
        for days, name in zip(_DAYS, names, strict=True)
    )
