"""Notices for tests: made by hand, and as accounts read them."""

from __future__ import annotations

from datetime import datetime

from matcher.actions.notice_reading import SeenNotice, list_notices
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.domain.notice import Matter, Notice, NoticeKind
from matcher.domain.visibility import Viewer
from matcher.store import notices
from tests.platforms import NOW


def about(*subjects: tuple[str, str], key: str = "") -> Matter:
    """A matter about these records, each by its noun and its id."""
    return Matter(
        key=key or " ".join(id_ for _, id_ in subjects),
        subjects=tuple(Subject(noun=Noun(noun), id=id_) for noun, id_ in subjects),
    )


def notice(
    account: str,
    kind: NoticeKind,
    *matters: Matter,
    key: str = "",
    count: int = 0,
    at: datetime = NOW,
) -> Notice:
    """A notice of these matters."""
    total = count or len(matters)
    return Notice(account=account, kind=kind, key=key, matters=matters, count=total, at=at)


def keep(platform: Platform, one: Notice) -> int:
    """Keep it, beside whatever else there is of the same; its number."""
    with platform.database.writing() as session:
        return notices.add(session, one, ()).seq


def seen(platform: Platform, viewer: Viewer) -> tuple[SeenNotice, ...]:
    """All that somebody has."""
    return list_notices(platform, viewer).rows


def brief(platform: Platform, viewer: Viewer) -> list[tuple[str, int]]:
    """Of all that somebody has what it tells and how much of it, the newest first."""
    return [(one.kind.value, one.count) for one in seen(platform, viewer)]
