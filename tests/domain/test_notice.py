"""Notices: what they name and what they count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.domain.notice import MOST_NAMED, Matter, Notice, NoticeKind
from matcher.errors import InvalidValue

AT = datetime(2026, 11, 2, 7, tzinfo=UTC)


def matters(count: int) -> tuple[Matter, ...]:
    subject = (Subject(noun=Noun.NEED, id="n1"),)
    return tuple(Matter(key=f"k{number}", subjects=subject) for number in range(count))


def notice(named: int, count: int, at: datetime = AT) -> Notice:
    return Notice(account="a", kind=NoticeKind.MATCHES, matters=matters(named), count=count, at=at)


def test_it_names_some_of_what_it_counts() -> None:
    assert notice(MOST_NAMED, 12_000).count == 12_000
    assert notice(1, 1).read_at is None


@pytest.mark.parametrize(("named", "count"), [(0, 0), (0, 3), (2, 1), (MOST_NAMED + 1, 99)])
def test_it_counts_no_less_than_it_names(named: int, count: int) -> None:
    with pytest.raises(InvalidValue, match="counts"):
        notice(named, count)


def test_a_matter_has_a_key_and_is_about_something() -> None:
    with pytest.raises(InvalidValue, match="key"):
        Matter(key=" ", subjects=matters(1)[0].subjects)
    with pytest.raises(InvalidValue, match="about"):
        Matter(key="k", subjects=())


def test_its_times_are_utc() -> None:
    with pytest.raises(InvalidValue, match="UTC"):
        notice(1, 1, AT.astimezone(timezone(timedelta(hours=8))))
