"""Reading what was done: by admins, each what concerns their nodes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from matcher.actions.authority import is_admin
from matcher.actions.known_subjects import known_subjects
from matcher.actions.platform import Platform
from matcher.actions.sensitive_reads import AUDIT, tell_look
from matcher.domain.event import Event, Subject
from matcher.domain.visibility import Viewer
from matcher.errors import NotAllowed, UsageError
from matcher.store import accounts, audit, nodes
from matcher.store.audit import Asked

MOST = 200
"""Events in one answer."""
_LAST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as a viewer may have it: of its subjects, those that they may know of.

    seq: its number, larger for what was written later. login: of the actor, "" where that is
    nobody's, or is nobody whom the viewer may know of.
    """

    seq: int
    event: Event
    login: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some events, the newest first. next: the number before which the next page begins."""

    rows: tuple[Entry, ...]
    next: int | None = None


def list_events(
    platform: Platform,
    viewer: Viewer,
    *,
    actor: str = "",
    verbs: Collection[str] = (),
    subject: Subject | None = None,
    since: date | None = None,
    until: date | None = None,
    before: int | None = None,
    limit: int = 50,
) -> EventPage:
    """Events whose actor or one of whose subjects belongs to the viewer's nodes, without those
    about nothing that the viewer may know of.

    Who is admin of every root node reads all, the operator's too. actor: a login, or an id; verbs:
    without any all but impressions; since and until: days, both included; before: `next` of
    the page before. That somebody looks is an event itself. Raises NotAllowed for who is no admin,
    UsageError for a limit below 1 or above MOST.
    """
    if not 1 <= limit <= MOST:
        raise UsageError(f"A list has 1 to {MOST} events.", field="limit")
    with platform.database.reading() as session:
        scope = _scope(session, viewer)
        who = _id_of(session, viewer, actor)
        asked = Asked(who, verbs, subject, _start(platform, since), _start(platform, until, days=1))
        found: list[tuple[int, Event]] = []
        if subject is None or scope is None or known_subjects(session, viewer, [subject]):
            found = _page(session, viewer, asked, scope, _number(before), limit + 1)
        rows = _entries(session, viewer, scope is None, found[:limit])
    tell_look(platform, viewer, AUDIT)
    return EventPage(rows, found[limit - 1][0] if len(found) > limit else None)


def _page(
    session: Session,
    viewer: Viewer,
    asked: Asked,
    scope: Collection[str] | None,
    before: int | None,
    limit: int,
) -> list[tuple[int, Event]]:
    """Up to `limit` events, without those of whose subjects the viewer may know none: that
    something was done to a hidden record tells that there is one."""
    found: list[tuple[int, Event]] = []
    while len(found) < limit:
        rows = audit.page(session, asked, scope, before, limit)
        named = {one for _, event in rows for one in event.subjects}
        known = named if scope is None else known_subjects(session, viewer, named)
        found += [row for row in rows if not row[1].subjects or known.intersection(row[1].subjects)]
        if len(rows) < limit:
            break
        before = rows[-1][0]
    return found[:limit]


def _scope(session: Session, viewer: Viewer) -> tuple[str, ...] | None:
    """The nodes of which the viewer is an admin; None for who may read all."""
    parents = nodes.parents(session)
    theirs = tuple(node for node in sorted(parents) if is_admin(viewer, node))
    roots = {node for node, parent in parents.items() if not parent}
    if is_admin(viewer, "") or (roots and roots <= set(theirs)):
        return None
    if not theirs:
        hint = "Ask an admin of your node."
        raise NotAllowed("What was done is for admins to read.", hint=hint)
    return theirs


def _number(before: int | None) -> int | None:
    """Whatever number is given, it fits into a column."""
    return None if before is None else min(max(before, 0), _LAST)


def _id_of(session: Session, viewer: Viewer, actor: str) -> str:
    account = accounts.by_login(session, actor) if actor else None
    return account.id if account is not None and viewer.sees(account) else actor


def _start(platform: Platform, day: date | None, days: int = 0) -> datetime | None:
    if day is None or (days and day == date.max):
        return None
    return platform.midnight(day + timedelta(days=days))


def _entries(
    session: Session,
    viewer: Viewer,
    everything: bool,
    rows: Sequence[tuple[int, Event]],
) -> tuple[Entry, ...]:
    named = {one for _, event in rows for one in event.subjects}
    known = named if everything else known_subjects(session, viewer, named)
    logins = {id_: _login(session, viewer, id_) for id_ in {event.actor for _, event in rows}}
    return tuple(Entry(seq, _cut(event, known), logins[event.actor]) for seq, event in rows)


def _cut(event: Event, known: Collection[Subject]) -> Event:
    kept = tuple(one for one in event.subjects if one in known)
    # What a list was ranked by, and where in it a pair stood, is no matter of who did what.
    return Event(actor=event.actor, verb=event.verb, at=event.at, subjects=kept)


def _login(session: Session, viewer: Viewer, id: str) -> str:
    account = accounts.get(session, id)
    return account.login if account is not None and viewer.sees(account) else ""
