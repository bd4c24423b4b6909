"""What people have to do with others: follow-ups that are due, interests, answers to interests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from matcher.actions.notice_readers import News, Reader, by_manager, gathered, matter
from matcher.domain.enums import FollowUpState
from matcher.domain.followup import OPEN
from matcher.domain.interest import InterestState
from matcher.domain.notice import Matter, NoticeKind
from matcher.store import interests, outlines

LONG_LATE_DAYS = 7
"""What is late for so long is told once more."""
LATELY = timedelta(days=30)
"""Interests that came or were answered longer ago are no news."""

Pairs = Iterator[tuple[str, Matter]]


def news_of_work(
    session: Session, everybody: Sequence[Reader], at: datetime, today: date
) -> Iterator[tuple[str, News]]:
    """By account, in three looks at the store for all of them."""
    managers = by_manager(everybody)
    yield from gathered(_due(session, managers, today), NoticeKind.DUE)
    yield from gathered(_arrived(session, managers, at - LATELY), NoticeKind.INTEREST)
    known = {one.account.id for one in everybody}
    answered = ((id_, one) for id_, one in _answered(session, at - LATELY) if id_ in known)
    yield from gathered(answered, NoticeKind.ANSWER)


def _due(session: Session, managers: Mapping[str, list[Reader]], today: date) -> Pairs:
    """Told on its day, or as soon after it as a round comes, and again when it is long late."""
    for one in outlines.every(session, (*OPEN, FollowUpState.ON_HOLD)):
        if one.due is None or one.due > today:
            continue
        stage = "late" if (today - one.due).days >= LONG_LATE_DAYS else "due"
        found = matter(f"{one.id} {one.due.isoformat()} {stage}", followup=one.id)
        yield from ((reader.account.id, found) for reader in managers.get(one.manager, ()))


def _arrived(session: Session, managers: Mapping[str, list[Reader]], since: datetime) -> Pairs:
    """What a manager is to answer; given to them a second time it is another matter."""
    for one in interests.came_to(session, InterestState.ROUTED, since):
        found = matter(f"{one.id} {one.place}", interest=one.id)
        yield from ((reader.account.id, found) for reader in managers.get(one.manager, ()))


def _answered(session: Session, since: datetime) -> Pairs:
    """What was taken up. That somebody turned it down isn't told: the next manager has it."""
    for one in interests.came_to(session, InterestState.ACCEPTED, since):
        yield one.account, matter(f"{one.id} {one.place}", interest=one.id)
