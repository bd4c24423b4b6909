"""Notices as their page shows them, by the day on which they came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import g

from matcher.actions.notice_reading import SeenNotice, unread_count
from matcher.actions.notice_words import sentence
from matcher.errors import MatcherError
from matcher.web.context import platform, viewer
from matcher.web.say import Say

MOST_COUNTED = 99
"""Of more unread ones the bell says that there are more."""


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """seq: its number; kind: what sort of notice it is; says: the sentence; at: the hour, UTC."""

    seq: int
    kind: str
    says: str
    at: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class DayShown:
    """The notices of a day, and what the day is called."""

    day: date
    name: str
    notices: tuple[NoticeShown, ...]


def days_shown(rows: Sequence[SeenNotice], say: Say) -> tuple[DayShown, ...]:
    """The newest day first, each day once, whatever the clock did; within it as the rows are."""

    def day_of(one: SeenNotice) -> date:
        return say.local(one.notice.at).date()

    days = groupby(sorted(rows, key=day_of, reverse=True), key=day_of)
    return tuple(
        DayShown(day, say.day(day), tuple(_shown(one, say) for one in found)) for day, found in days
    )


def bell_count() -> int:
    """How many the reader hasn't read; 0 where the store doesn't say, as on the page that tells
    them that."""
    if "signed_in" not in g:
        return 0
    try:
        return unread_count(platform(), viewer())
    except MatcherError:
        return 0


def _shown(one: SeenNotice, say: Say) -> NoticeShown:
    return NoticeShown(
        seq=one.notice.seq,
        kind=say.label(one.kind),
        says=sentence(one, say.language),
        at=say.clock(one.notice.at),
        is_read=one.is_read,
    )
