"""How well a node does: how far proposals come, how long it takes, what lies idle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.node_scope import node_scope
from matcher.actions.platform import Platform
from matcher.domain.enums import FollowUpState as State
from matcher.domain.enums import Noun
from matcher.domain.followup import CHAIN
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import Viewer, visible
from matcher.errors import UsageError
from matcher.store import records
from matcher.store.progress import Progress, first_shown, progress
from matcher.store.shown import places

LONGEST_DAYS = 3650
_A_DAY = timedelta(days=1)
_LISTED = {
    *("id", "title", "title_en", "node", "owner", "visibility", "visible_to"),
    *("valid_until", "updated_at"),
}
_LOOKED_AT = {
    Noun.OUTCOME: _LISTED | {"secrecy"},
    Noun.NEED: _LISTED,
    Noun.MANAGER: {"id", "name", "node", "active"},
}
"""Fields by which it is told who may know of a record, and whether it counts."""


@dataclass(frozen=True, slots=True)
class Stage:
    """now: how many follow-ups stand in the state; reached: how many have ever come so far, None
    for a state that isn't of the chain."""

    state: State
    now: int
    reached: int | None


@dataclass(frozen=True, slots=True)
class Waited:
    """The median of days over `count` follow-ups; None over none."""

    days: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Covered:
    """Of the needs that are valid: how many stood in a list, and how many somebody took up."""

    valid: int
    shown: int
    taken_up: int


@dataclass(frozen=True, slots=True)
class Listings:
    """Outcomes: stale are those not updated for a year, told those somebody found stale since."""

    valid: int
    expired: int
    stale: int
    told: int


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of some nodes; what has a time is counted since the beginning of that day.

    to_acceptance: from the first showing to the manager; to_contact: from there to the contact.
    """

    nodes: tuple[str, ...]
    since: date
    funnel: tuple[Stage, ...]
    to_acceptance: Waited
    to_contact: Waited
    needs: Covered
    listings: Listings


def quality(platform: Platform, viewer: Viewer, node: str = "", days: int = 90) -> Quality:
    """The figures of a node and those below it, as far as the viewer may know of the records.

    Without a name it is their own node. Raises NotFound, NotAllowed, UsageError.
    """
    today = platform.today()
    since = first_day(today, days)
    begun = platform.midnight(since)
    with platform.database.reading() as session:
        nodes = node_scope(session, viewer, node)
        found = list(progress(session, nodes))
        shown = first_shown(session, nodes)
        stale = platform.standings.at(session, today).stale
        return Quality(
            nodes,
            since,
            tuple(_funnel(found)),
            _waited(_to_acceptance(found, shown, begun)),
            _waited(_to_contact(found, begun)),
            _covered(session, viewer, nodes, found, today, begun),
            _listings(in_charge(session, viewer, nodes, Noun.OUTCOME), stale, today),
        )


def first_day(today: date, days: int) -> date:
    """The first of so many days up to today. Raises UsageError."""
    if not 1 <= days <= LONGEST_DAYS:
        raise UsageError(f"Figures are of 1 to {LONGEST_DAYS} days.", field="days")
    return today - timedelta(days=days - 1)


def in_charge(
    session: Session, viewer: Viewer, nodes: Collection[str], noun: Noun
) -> Iterator[Any]:
    """The live records of a noun that belong to these nodes and that the viewer may know of, with
    no more of them than is counted."""
    return visible(viewer, records.brief(session, noun, nodes, _LOOKED_AT[noun]))


def _funnel(found: list[Progress]) -> Iterator[Stage]:
    now = Counter(one.state for one in found)
    furthest = Counter(one.furthest for one in found)
    for state in State:
        later = CHAIN[CHAIN.index(state) :] if state in CHAIN else None
        yield Stage(
            state, now[state], None if later is None else sum(furthest[one] for one in later)
        )


def _to_acceptance(
    found: Iterable[Progress], shown: Mapping[str, datetime], since: datetime
) -> Iterator[timedelta]:
    for one in found:
        first = shown.get(one.id)
        if one.accepted is not None and first is not None and max(since, first) <= one.accepted:
            yield one.accepted - first


def _to_contact(found: Iterable[Progress], since: datetime) -> Iterator[timedelta]:
    """What was noted at one go tells nothing of it."""
    for one in found:
        accepted, touched = one.accepted, one.touched
        if accepted is not None and touched is not None and max(since, accepted) < touched:
            yield touched - accepted


def _waited(found: Iterable[timedelta]) -> Waited:
    days = [one / _A_DAY for one in found]
    return Waited(round(median(days), 2) if days else None, len(days))


def _covered(
    session: Session,
    viewer: Viewer,
    nodes: Collection[str],
    found: Iterable[Progress],
    today: date,
    since: datetime,
) -> Covered:
    theirs = in_charge(session, viewer, nodes, Noun.NEED)
    valid = {need.id for need in theirs if not need.is_expired(today)}
    shown = {place.id for place in places(session, Noun.NEED, since, nodes)}
    taken_up = {one.need for one in found if one.furthest is not State.SUGGESTED}
    return Covered(len(valid), len(valid & shown), len(valid & taken_up))


def _listings(
    outcomes: Iterable[Outcome], stale: Mapping[str, Collection[date]], today: date
) -> Listings:
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        expired = outcome.is_expired(today)
        counts["expired" if expired else "valid"] += 1
        counts["stale"] += not expired and outcome.is_stale(today)
        counts["told"] += not expired and _is_told(outcome, stale.get(outcome.id, ()))
    return Listings(counts["valid"], counts["expired"], counts["stale"], counts["told"])


def _is_told(outcome: Outcome, days: Iterable[date]) -> bool:
    return any(outcome.updated_at is None or day > outcome.updated_at for day in days)
