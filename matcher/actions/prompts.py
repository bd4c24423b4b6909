"""Freshness prompts 时效提醒: which listings want a look by whoever may change them, and why.

Nothing is kept of this but that somebody was told: it follows from the records and the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.editing import change
from matcher.actions.editing_rights import right_over
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.domain.freshness import STALE_AFTER_DAYS
from matcher.domain.labels import Labelled
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.errors import NotAllowed
from matcher.store import events
from matcher.store.prompts import LISTED, PROMPTED, ageing, prompted_since
from matcher.store.rows import chunks
from matcher.store.stored import Stored

SOON_DAYS = 30
"""Days before the end of a validity from which its owner is told of it."""
BATCH = 1000
"""Listings that are noted in one transaction."""
AGAIN_DAYS = 30
"""Days for which nobody is told of the same listing a second time."""


class PromptReason(Labelled):
    """Why a listing wants a look, the most urgent first."""

    EXPIRED = "expired", "已过期", "expired"
    EXPIRING = "expiring", "即将到期", "expires soon"
    STALE = "stale", "久未更新", "not updated for long"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A listing in the version that there is, and why it wants a look.

    day: until when it is, or was, valid; of what is stale, when it was updated last. days: from
    then to today, below 0 for a day that is to come. node: whose admins see to what is nobody's.
    """

    noun: Noun
    id: str
    version: int
    title: str
    owner: str
    reason: PromptReason
    day: date
    days: int
    node: str = ""


@dataclass(frozen=True, slots=True)
class Prompted:
    """What a round came to. due: listings that want a look; new: those told of now, by account,
    under "" those of nobody's, which are for the admins of their node."""

    due: int
    new: Mapping[str, int] = field(default_factory=dict)


def prompts(platform: Platform, viewer: Viewer) -> tuple[Prompt, ...]:
    """What the viewer may change and what wants a look, the most urgent first.

    Expired ones come first, then those that expire within `SOON_DAYS`, then stale ones; of one
    reason the oldest day first.
    """
    on = platform.today()
    with platform.database.reading() as session:
        return _due(session, viewer, on)


def reason_of(record: Any, on: date) -> PromptReason | None:
    """Why a need or an outcome wants a look on that day, None where it wants none."""
    soon = on + timedelta(days=SOON_DAYS)
    if record.valid_until is not None and record.valid_until <= soon:
        return PromptReason.EXPIRED if record.is_expired(on) else PromptReason.EXPIRING
    return PromptReason.STALE if record.is_stale(on) else None


def prompt_owners(
    platform: Platform, actor: str, done: Callable[[int], None] = lambda _: None
) -> Prompted:
    """Note of each listing that wants a look, and wasn't told of lately, that its owner is told.

    A second round on the same day tells nobody anything; one that was broken off is gone on with.
    Others can write meanwhile: all records are read without the writer's lock, and it is held for
    `BATCH` listings at a time. done: is called with how many of the new ones are noted.
    """
    at = platform.now()
    with platform.database.reading() as session:
        due = _due(session, SYSTEM, platform.today())
        wanted = _untold(session, due, at)
    new: Counter[str] = Counter()
    for chunk in chunks(wanted, BATCH):
        with platform.database.writing() as session:
            # Another round may have told of some since.
            fresh = _untold(session, chunk, at)
            events.append(session, (_event(one, actor, at) for one in fresh))
        new.update(one.owner for one in fresh)
        done(new.total())
    return Prompted(len(due), new)


def _untold(session: Session, due: Iterable[Prompt], at: datetime) -> list[Prompt]:
    told = prompted_since(session, at - timedelta(days=AGAIN_DAYS))
    return [one for one in due if (one.noun, one.id) not in told]


def confirm(platform: Platform, viewer: Viewer, noun: Noun, id: str, version: int) -> Stored[Any]:
    """Say that a record is still as it should be: it counts as updated today.

    version: the one that the viewer has seen. Raises NotFound, NotAllowed, EditConflict.
    """
    return change(platform, viewer, noun, id, {}, version)


def _due(session: Session, viewer: Viewer, on: date) -> tuple[Prompt, ...]:
    found = (one for noun in LISTED for one in _of(session, viewer, noun, on))
    return tuple(sorted(found, key=_urgency))


def _of(session: Session, viewer: Viewer, noun: Noun, on: date) -> Iterator[Prompt]:
    soon, stale = on + timedelta(days=SOON_DAYS), on - timedelta(days=STALE_AFTER_DAYS)
    for stored in ageing(session, noun, soon, stale):
        record = stored.record
        if viewer.sees(record) and _may_change(viewer, noun, record):
            reason, day = _reason(record, on)
            yield Prompt(
                noun,
                record.id,
                stored.version,
                record.title or record.title_en,
                record.owner,
                reason,
                day,
                (on - day).days,
                record.node,
            )


def _reason(record: Any, on: date) -> tuple[PromptReason, date]:
    """The most urgent one, and its day."""
    reason = reason_of(record, on) or PromptReason.STALE
    return reason, record.updated_at if reason is PromptReason.STALE else record.valid_until


def _may_change(viewer: Viewer, noun: Noun, record: Any) -> bool:
    try:
        right_over(viewer, noun, record)
    except NotAllowed:
        return False
    return True


def _urgency(one: Prompt) -> tuple[int, date, Noun, str]:
    return tuple(PromptReason).index(one.reason), one.day, one.noun, one.id


def _event(one: Prompt, actor: str, at: datetime) -> Event:
    subjects = [Subject(noun=one.noun, id=one.id)]
    subjects += [Subject(noun=Noun.ACCOUNT, id=one.owner)] if one.owner else []
    return Event(actor=actor, verb=PROMPTED, at=at, subjects=tuple(subjects))
