"""How managers and listings stand, counted over the follow-ups: tracks, and who called it stale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import CHAIN, OPEN
from matcher.domain.pursuit import CARRIED
from matcher.domain.track import Track
from matcher.store.codec import is_storable
from matcher.store.rows import chunks
from matcher.store.schema.followup import FollowUpRow, TransitionRow

_TOUCHED = CHAIN[CHAIN.index(State.CONTACTED) :]
_REACHED = CHAIN[CHAIN.index(State.MUTUAL_INTEREST) :]
# A duplicate goes on elsewhere; what is held is neither open nor over.
_ENDED_SHORT = (State.DECLINED, State.EXPIRED, State.WITHDRAWN)
_SECONDS_AN_HOUR = 3600


class Stamp(NamedTuple):
    """Changes with every write to a follow-up."""

    last_step: int
    followups: int
    writes: int


@dataclass(frozen=True, slots=True)
class Standing:
    """tracks: by manager, of those that have a follow-up. stale: by outcome, the days (UTC) on
    which a manager declined it as stale and still does, ascending; who knows when the outcome was
    last updated counts those after."""

    tracks: Mapping[str, Track] = field(default_factory=dict)
    stale: Mapping[str, tuple[date, ...]] = field(default_factory=dict)


class _Told(NamedTuple):
    """What the history of one follow-up tells."""

    manager: str
    state: str
    reached: int
    accepted: datetime | None
    touched: datetime | None
    last_open: int | None
    last_suggested: int | None


def standing(
    session: Session,
    *,
    managers: Collection[str] | None = None,
    outcomes: Collection[str] | None = None,
) -> Standing:
    """Count over all follow-ups, or for these managers and these outcomes alone."""
    return Standing(_tracks(session, managers), _stale(session, outcomes))


def last_step(session: Session) -> int:
    """The number of the last step that any follow-up took, 0 before the first."""
    return session.scalar(select(func.max(TransitionRow.seq))) or 0


def moved_since(session: Session, step: int) -> tuple[frozenset[str], frozenset[str]]:
    """The managers and the outcomes of the follow-ups that took a step after this one."""
    query = (
        select(FollowUpRow.manager, FollowUpRow.outcome)
        .join(TransitionRow, TransitionRow.follow_up == FollowUpRow.id)
        .where(TransitionRow.seq > step)
        .distinct()
    )
    found = session.execute(query).all()
    return frozenset(row.manager for row in found), frozenset(row.outcome for row in found)


def stamp(session: Session) -> Stamp:
    """What tells whether anything about follow-ups was written since."""
    counts = select(func.count(), func.sum(FollowUpRow.version)).select_from(FollowUpRow)
    count, writes = session.execute(counts).one()
    return Stamp(last_step(session), count, int(writes or 0))


def _tracks(session: Session, managers: Collection[str] | None) -> dict[str, Track]:
    told: dict[str, list[_Told]] = defaultdict(list)
    for wanted in _wanted(FollowUpRow.manager, managers):
        for row in session.execute(_histories().where(*wanted)):
            told[row.manager].append(_Told(*row))
    return {manager: _track(found) for manager, found in told.items()}


def _histories() -> Select[*tuple[Any, ...]]:
    """A row for each follow-up, as `_Told` has it."""
    step = TransitionRow
    return (
        select(
            FollowUpRow.manager,
            FollowUpRow.state,
            func.max(case((or_(_any(step.from_state), _any(step.to_state)), 1), else_=0)),
            func.min(case((step.to_state == State.ACCEPTED.value, step.at))),
            func.min(case((step.to_state.in_(_codes(_TOUCHED)), step.at))),
            func.max(case((step.from_state.in_(_codes(OPEN)), step.seq))),
            func.max(case((step.from_state == State.SUGGESTED.value, step.seq))),
        )
        .outerjoin(step, step.follow_up == FollowUpRow.id)
        .group_by(FollowUpRow.id, FollowUpRow.manager, FollowUpRow.state)
    )


def _any(column: Any) -> ColumnElement[bool]:
    """Whether a step leaves or comes to mutual interest or further."""
    within: ColumnElement[bool] = column.in_(_codes(_REACHED))
    return within


def _track(told: Iterable[_Told]) -> Track:
    told = list(told)
    hours = [waited for one in told if (waited := _hours(one)) is not None]
    return Track(
        carrying=sum(one.state in CARRIED for one in told),
        reached=sum(map(_has_reached, told)),
        ended=sum(map(_has_ended_short, told)),
        response_hours=median(hours) if hours else None,
    )


def _has_reached(one: _Told) -> bool:
    return bool(one.reached) or one.state in _REACHED


def _has_ended_short(one: _Told) -> bool:
    """What was turned down before it was taken up is no attempt that failed."""
    taken_up = one.last_open != one.last_suggested
    return one.state in _ENDED_SHORT and taken_up and not _has_reached(one)


def _hours(one: _Told) -> float | None:
    """From acceptance to the first contact; what was noted at one go tells nothing of it."""
    if one.accepted is None or one.touched is None or one.touched <= one.accepted:
        return None
    return (one.touched - one.accepted).total_seconds() / _SECONDS_AN_HOUR


def _stale(session: Session, outcomes: Collection[str] | None) -> dict[str, tuple[date, ...]]:
    days: dict[str, list[date]] = defaultdict(list)
    later = aliased(TransitionRow)
    followed = exists().where(
        later.follow_up == TransitionRow.follow_up, later.seq > TransitionRow.seq
    )
    query = (
        select(FollowUpRow.outcome, TransitionRow.at)
        .join(FollowUpRow, FollowUpRow.id == TransitionRow.follow_up)
        .where(
            and_(TransitionRow.reason == DeclineReason.STALE_LISTING.value, ~followed),
        )
    )
    for wanted in _wanted(FollowUpRow.outcome, outcomes):
        for outcome, at in session.execute(query.where(*wanted)):
            days[outcome].append(at.date())
    return {outcome: tuple(sorted(found)) for outcome, found in days.items()}


def _wanted(column: Any, ids: Collection[str] | None) -> Iterable[tuple[ColumnElement[bool], ...]]:
    """The conditions of each statement: none for all, else one for each chunk of ids."""
    if ids is None:
        return ((),)
    return ((column.in_(chunk),) for chunk in chunks(filter(is_storable, dict.fromkeys(ids))))


def _codes(states: Iterable[State]) -> list[str]:
    return [state.value for state in states]
