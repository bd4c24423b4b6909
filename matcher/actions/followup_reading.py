"""Reading follow-ups: those of a manager, those of a node, one with its whole history."""

from __future__ import annotations

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
from matcher.errors import NotFound, UsageError
from matcher.store import followups, nodes, records
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


def list_followups(
    platform: Platform,
    viewer: Viewer,
    manager: str = "",
    states: Collection[FollowUpState] = (),
    *,
    language: Language = Language.ZH,
    limit: int = 50,
) -> tuple[Seen, ...]:
    """The follow-ups of a manager, or all that the viewer may know of; what is due first.

    states: only those. Raises NotFound for a manager who isn't there, NotAllowed for one who isn't
    the viewer's to act for, UsageError for a limit below 1 or above `MOST`.
    """
    if not 1 <= limit <= MOST:
        raise UsageError(f"A list has 1 to {MOST} follow-ups.", field="limit")
    with platform.database.reading() as session:
        if manager:
            theirs = _of_manager(session, viewer, manager)
            found = (one for one in theirs if not states or one.followup.state in states)
        else:
            stored = _stored(session, viewer, states)
            found = (one for one in stored if viewer.sees(one.followup))
        # Whose list it is has a few; of a node's there may be very many, which come by id.
        chosen = sorted(found, key=_due_first) if manager else found
        return seen(session, viewer, list(islice(chosen, limit)), language)


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


def _stored(session: Session, viewer: Viewer, states: Collection[FollowUpState]) -> Iterator[Kept]:
    """What may be the viewer's to know, in these states; whether it is remains to be asked."""
    if viewer.account is None:
        return followups.every(session, states)
    charge = [node for node in nodes.parents(session) if is_admin(viewer, node)]
    return followups.within(session, [viewer.account.manager], charge, states)


def _of_manager(session: Session, viewer: Viewer, manager: str) -> Iterable[Kept]:
    stored = records.get(session, Noun.MANAGER, manager)
    if stored is None:
        raise NotFound(f"There is no manager {manager!r}.", hint="Check the id.")
    require_acting(viewer, stored.record)
    return followups.for_manager(session, manager)


def _due_first(kept: Kept) -> tuple[date, str]:
    return kept.followup.due or date.max, kept.followup.id


def seen(
    session: Session, viewer: Viewer, found: Sequence[Kept], language: Language
) -> tuple[Seen, ...]:
    """The follow-ups with the titles that the viewer may know."""
    needs, outcomes, managers = (
        dict(
            _titles(session, viewer, noun, (getattr(one.followup, noun) for one in found), language)
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


def _titles(
    session: Session, viewer: Viewer, noun: Noun, ids: Iterable[str], language: Language
) -> Iterator[tuple[str, str]]:
    for id_, stored in records.get_many(session, noun, ids).items():
        if viewer.sees(stored.record):
            yield id_, title_of(stored.record, language)
