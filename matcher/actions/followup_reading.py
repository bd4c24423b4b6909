"""Reading follow-ups: those of a manager, those of a node, one with its whole history."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy.orm import Session

from matcher.actions.acting import require_acting
from matcher.actions.answer import title_of
from matcher.actions.authority import is_admin
from matcher.actions.platform import Platform
from matcher.domain.enums import FollowUpState, Language, Noun
from matcher.domain.followup import FollowUp
from matcher.domain.manager import Manager
from matcher.domain.visibility import Viewer
from matcher.errors import InvalidValue, NotFound, UsageError
from matcher.store import followups, nodes, records
from matcher.store.codec import is_storable
from matcher.store.followups import Kept

MOST = 500
"""Follow-ups in one answer."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A follow-up with the titles of its records, "" for those the viewer may not know of now."""

    kept: Kept
    need_title: str
    outcome_title: str
    manager_name: str


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """Some follow-ups. next: the cursor of those after them, "" for none."""

    rows: tuple[Seen, ...]
    next: str = ""


def list_followups(
    platform: Platform,
    viewer: Viewer,
    manager: str = "",
    states: Collection[FollowUpState] = (),
    *,
    language: Language = Language.ZH,
    limit: int = 50,
) -> tuple[Seen, ...]:
    """The first page alone; see `page_followups`."""
    return page_followups(platform, viewer, manager, states, language=language, limit=limit).rows


def page_followups(
    platform: Platform,
    viewer: Viewer,
    manager: str = "",
    states: Collection[FollowUpState] = (),
    *,
    language: Language = Language.ZH,
    limit: int = 50,
    cursor: str = "",
) -> FollowUpPage:
    """The follow-ups of a manager, what is due first, or all that the viewer may know of, by id.

    states: only those. cursor: the `next` of the page before. Raises NotFound for a manager who
    isn't there, NotAllowed for one who isn't the viewer's to act for, UsageError for a limit below
    1 or above `MOST`, InvalidValue for a cursor that no page gave.
    """
    if not 1 <= limit <= MOST:
        raise UsageError(f"A list has 1 to {MOST} follow-ups.", field="limit")
    after = _read_cursor(cursor)
    with platform.database.reading() as session:
        if manager:
            # Whose list it is has a few; of a node's there may be very many, which come by id.
            theirs = sorted(_of_manager(session, viewer, manager), key=_due_first)
            wanted = (one for one in theirs if not states or one.followup.state in states)
            found = (one for one in wanted if not cursor or _due_first(one) > after)
        else:
            stored = _stored(session, viewer, states, after[1])
            found = (one for one in stored if viewer.sees(one.followup))
        chosen = list(islice(found, limit + 1))
        rows = seen(session, viewer, chosen[:limit], language)
    return FollowUpPage(rows, _cursor(chosen[limit - 1]) if len(chosen) > limit else "")


def get_followup(
    platform: Platform, viewer: Viewer, id: str, language: Language = Language.ZH
) -> Seen:
    """One follow-up. Raises NotFound, also where the viewer may not know of it."""
    with platform.database.reading() as session:
        [found] = seen(session, viewer, [kept_for(session, viewer, id)], language)
    return found


def kept_for(session: Session, viewer: Viewer, id: str) -> Kept:
    """The follow-up as stored. Raises NotFound, also where the viewer may not know of it."""
    kept = followups.get(session, id)
    if kept is None or not viewer.sees(kept.followup):
        raise NotFound(f"There is no follow-up {id!r}.", hint="Check the id.")
    return kept


def manager_of(session: Session, followup: FollowUp) -> Manager:
    """The manager who carries it, a deleted one too; one that was never kept as far as it goes."""
    stored = records.get(session, Noun.MANAGER, followup.manager)
    if stored is None:
        return Manager(id=followup.manager, node=followup.node, active=False)
    found: Manager = stored.record
    return found


def _stored(
    session: Session, viewer: Viewer, states: Collection[FollowUpState], after: str
) -> Iterator[Kept]:
    """What may be the viewer's to know, in these states; whether it is remains to be asked."""
    if viewer.account is None:
        return followups.every(session, states, after)
    charge = [node for node in nodes.parents(session) if is_admin(viewer, node)]
    return followups.within(session, [viewer.account.manager], charge, states, after)


def _of_manager(session: Session, viewer: Viewer, manager: str) -> Iterable[Kept]:
    stored = records.get(session, Noun.MANAGER, manager)
    if stored is None:
        raise NotFound(f"There is no manager {manager!r}.", hint="Check the id.")
    require_acting(viewer, stored.record)
    return followups.for_manager(session, manager)


def _due_first(kept: Kept) -> tuple[date, str]:
    return kept.followup.due or date.max, kept.followup.id


def _cursor(last: Kept) -> str:
    """Where a page ended, as characters that may stand in an address."""
    due, id_ = _due_first(last)
    return urlsafe_b64encode(json.dumps([due.isoformat(), id_]).encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[date, str]:
    """The place that a cursor names. Raises InvalidValue."""
    if not cursor:
        return date.min, ""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        due, id_ = json.loads(text)
        place = date.fromisoformat(due), id_
    except (ValueError, TypeError) as error:
        raise _no_cursor() from error
    if not isinstance(id_, str) or not is_storable(id_):
        raise _no_cursor()
    return place


def _no_cursor() -> InvalidValue:
    hint = "Take that of the page before as it was given, or leave it out."
    return InvalidValue("This is no cursor of a list.", field="cursor", hint=hint)


def seen(
    session: Session, viewer: Viewer, found: Sequence[Kept], language: Language
) -> tuple[Seen, ...]:
    """The follow-ups with the titles that the viewer may know."""
    needs, outcomes, managers = (
        dict(
            titles(session, viewer, noun, (getattr(one.followup, noun) for one in found), language)
        )
        for noun in (Noun.NEED, Noun.OUTCOME, Noun.MANAGER)
    )
    return tuple(
        Seen(
            kept,
            needs.get(kept.followup.need, ""),
            outcomes.get(kept.followup.outcome, ""),
            managers.get(kept.followup.manager, ""),
        )
        for kept in found
    )


def titles(
    session: Session, viewer: Viewer, noun: Noun, ids: Iterable[str], language: Language
) -> Iterator[tuple[str, str]]:
    """Id and title of those of the records that the viewer may know of."""
    for id_, stored in records.get_many(session, noun, ids).items():
        if viewer.sees(stored.record):
            yield id_, title_of(stored.record, language)
