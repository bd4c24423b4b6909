"""Reading interests: one's own, those a manager is to answer, those of a node."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.authority import is_admin
from matcher.actions.followup_reading import titles
from matcher.actions.interest_carriers import ROOM
from matcher.actions.interest_routing import followup_of
from matcher.actions.platform import Platform
from matcher.actions.sensitive_reads import CONTACT, tell_read
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.event import Subject
from matcher.domain.interest import Interest, InterestState
from matcher.domain.visibility import Viewer
from matcher.errors import NotFound, UsageError
from matcher.store import interests, nodes
from matcher.store.interests import KeptInterest

MOST = 200
"""Interests in one answer."""


@dataclass(frozen=True, slots=True)
class SeenInterest:
    """An interest as a viewer may have it, with titles, "" for what they may not know of now.

    followup: of its pair, "" where there is none for this viewer. reasons: why its manager has it;
    how much they carry is for themself and for admins. in_charge: whether the viewer is an admin of
    its node; its history, which names who turned it down, is for nobody else.
    """

    kept: KeptInterest
    outcome_title: str
    need_title: str
    manager_name: str
    followup: str
    reasons: tuple[dict[str, Any], ...]
    in_charge: bool


@dataclass(frozen=True, slots=True)
class InterestPage:
    """Some interests, the newest first. next: the cursor of those after them, "" for none."""

    rows: tuple[SeenInterest, ...]
    next: str = ""


def list_interests(
    platform: Platform,
    viewer: Viewer,
    states: Collection[InterestState] = (),
    *,
    language: Language = Language.ZH,
    limit: int = 50,
    cursor: str = "",
) -> InterestPage:
    """Those that the viewer may know of; states: only in one of these, where any is named.

    Raises UsageError for a limit below 1 or above `MOST`.
    """
    if not 1 <= limit <= MOST:
        raise UsageError(f"A list has 1 to {MOST} interests.", field="limit")
    with platform.database.reading() as session:
        found = _stored(session, viewer, states, cursor, limit + 1)
        rows = seen_interests(session, viewer, found[:limit], language)
    _tell(platform, viewer, rows)
    more = found[limit - 1].interest.id if len(found) > limit else ""
    return InterestPage(rows, more)


def get_interest(
    platform: Platform, viewer: Viewer, id: str, language: Language = Language.ZH
) -> SeenInterest:
    """One interest. Raises NotFound, also where the viewer may not know of it."""
    with platform.database.reading() as session:
        [found] = seen_interests(session, viewer, [kept_interest(session, viewer, id)], language)
    _tell(platform, viewer, [found])
    return found


def kept_interest(session: Session, viewer: Viewer, id: str) -> KeptInterest:
    """The interest as stored. Raises NotFound, also where the viewer may not know of it."""
    kept = interests.get(session, id)
    if kept is None or not viewer.sees(kept.interest):
        raise NotFound(f"There is no interest {id!r}.", hint="Check the id.")
    return kept


def seen_interests(
    session: Session, viewer: Viewer, found: Sequence[KeptInterest], language: Language
) -> tuple[SeenInterest, ...]:
    """The interests as the viewer may have them."""
    named = {
        noun: dict(titles(session, viewer, noun, _named(found, noun), language))
        for noun in (Noun.OUTCOME, Noun.NEED, Noun.MANAGER)
    }
    return tuple(
        SeenInterest(
            kept=kept,
            outcome_title=named[Noun.OUTCOME].get(kept.interest.outcome, ""),
            need_title=named[Noun.NEED].get(kept.interest.need, ""),
            manager_name=named[Noun.MANAGER].get(kept.interest.manager, ""),
            followup=_followup(session, viewer, kept.interest),
            reasons=_reasons(viewer, kept.interest),
            in_charge=is_admin(viewer, kept.interest.node),
        )
        for kept in found
    )


def _tell(platform: Platform, viewer: Viewer, rows: Iterable[SeenInterest]) -> None:
    """Write down who has learnt how to reach somebody else."""
    own = viewer.account.id if viewer.account else None
    found = (row.kept.interest for row in rows)
    ids = [one.id for one in found if one.contact and one.account != own]
    tell_read(platform, viewer, CONTACT, (Subject(noun=Noun.INTEREST, id=id_) for id_ in ids))


def _stored(
    session: Session, viewer: Viewer, states: Collection[InterestState], cursor: str, limit: int
) -> tuple[KeptInterest, ...]:
    """What is the viewer's to know; the query asks for what `visibility.audience` says."""
    account = viewer.account
    if account is None:
        everything = None if is_admin(viewer, "") else ()
        return interests.page(session, nodes=everything, states=states, before=cursor, limit=limit)
    found = interests.page(
        session,
        account=account.id,
        manager=account.manager if Role.MANAGER in account.roles else "",
        nodes=[node for node in nodes.parents(session) if is_admin(viewer, node)],
        states=states,
        before=cursor,
        limit=limit,
    )
    return tuple(kept for kept in found if viewer.sees(kept.interest))


def _reasons(viewer: Viewer, interest: Interest) -> tuple[dict[str, Any], ...]:
    account = viewer.account
    is_holder = account is not None and bool(account.manager == interest.manager)
    if is_holder or is_admin(viewer, interest.node):
        return interest.reasons
    return tuple(reason for reason in interest.reasons if reason["code"] != ROOM)


def _named(found: Iterable[KeptInterest], noun: Noun) -> set[str]:
    return {getattr(kept.interest, noun.value) for kept in found} - {""}


def _followup(session: Session, viewer: Viewer, interest: Interest) -> str:
    kept = followup_of(session, interest)
    return kept.followup.id if kept and viewer.sees(kept.followup) else ""
