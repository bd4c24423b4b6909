"""Notices on their page: by day, in words, what is new marked."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from matcher.actions.notice_reading import SeenNotice
from matcher.domain.notice import NoticeKind
from matcher.web.notice_shown import bell_count, days_shown
from tests.actions.notice_cases import about, notice
from tests.platforms import NOW
from tests.web.import_drafted import EN

DAY = timedelta(days=1)


def seen(hours: int, *, read: bool = False) -> SeenNotice:
    matter = about(("outcome", "o1"))
    kept = notice("a", NoticeKind.DUE, matter, at=NOW - timedelta(hours=hours))
    kept = type(kept).from_mapping(
        kept.to_mapping() | {"read_at": NOW.isoformat() if read else None}
    )
    return SeenNotice(kept, (matter,), 1)


def test_they_stand_by_the_day_on_which_they_came() -> None:
    rows = [seen(24), seen(0), seen(1, read=True)]
    today, yesterday = days_shown(rows, EN)
    assert today.day == NOW.date()
    assert [(one.at, one.says, one.is_read) for one in today.notices] == [
        ("09:00", "1 follow-up is due", False),
        ("08:00", "1 follow-up is due", True),
    ]
    assert yesterday.day == (NOW - DAY).date()
    assert yesterday.notices[0].kind == "follow-up due"


def test_nobody_who_isnt_signed_in_has_unread_ones(app: Flask) -> None:
    with app.test_request_context():
        assert bell_count() == 0
