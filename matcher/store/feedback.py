"""What was shown, what was pursued and what is known from elsewhere, as arrays to train on.

Everything is read as it was known at the end of a day in UTC, row by row and without records: a
million rows take seconds, and the memory of their arrays. The numbers of needs, outcomes and
managers are those of one `Parties`, so that the three answers go together.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import CHAIN
from matcher.errors import WrongSchema
from matcher.store.parties import PARTIES, Parties
from matcher.store.schema.base import Base
from matcher.store.schema.event import EventRow
from matcher.store.schema.followup import FollowUpRow, TransitionRow
from matcher.store.schema.interaction import InteractionRow

SHOWN, EXPLORED = "shown", "explored"
"""The verbs of events about a pair in a list: ranked there, or drawn by chance to learn from."""
UNDATED = date(1970, 1, 1).toordinal()
"""The day of what nobody dated, as in imports: before everything else."""
NO_REASON = -1

_EVENTS, _FOLLOW_UPS, _STEPS, _INTERACTIONS = (
    Base.metadata.tables[row.__tablename__]
    for row in (EventRow, FollowUpRow, TransitionRow, InteractionRow)
)
_ROWS_AT_ONCE = 10_000
_STATES = {state.value: place for place, state in enumerate(State)}
_REASONS: Mapping[str | None, int] = {
    None: NO_REASON,
    **{reason.value: place for place, reason in enumerate(DeclineReason)},
}
# The chain stands first in the enum, so that a later place is a further state.
_LAST_OF_CHAIN = len(CHAIN) - 1
_SUGGESTED = _STATES[State.SUGGESTED.value]
_NEVER = -1
_NEED, _OUTCOME, _MANAGER = (noun.value for noun in PARTIES)

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """int32[n] each: numbers of the parties, and the ordinals of days in UTC."""

    needs: Codes
    outcomes: Codes
    managers: Codes
    days: Codes

    def __len__(self) -> int:
        return len(self.days)


@dataclass(frozen=True, slots=True, eq=False)
class Sightings(_Rows):
    """Pairs in lists that were shown, in the order of writing.

    lists: int64[n], the number of the list, from 0 and never falling. positions: int32[n] from 1.
    propensities: float64[n] in (0, 1], 1 where none was written down. explored: bool[n]. skipped:
    how many events name no need or outcome, two of one kind, or no place that can be.
    """

    lists: npt.NDArray[np.int64]
    positions: Codes
    propensities: npt.NDArray[np.float64]
    explored: npt.NDArray[np.bool_]
    skipped: int


@dataclass(frozen=True, slots=True, eq=False)
class Pursuits(_Rows):
    """Follow-ups in the order of their ids, each with the day of its last step.

    states: int8[n], places in FollowUpState, where it stands; furthest: the same, the furthest
    state of the chain that it ever reached. reasons: int8[n], places in DeclineReason for what is
    declined, NO_REASON for anything else. first_days: int32[n], the day on which it was taken up,
    that of the last step where it never was, or was put back to be suggested.
    """

    states: npt.NDArray[np.int8]
    furthest: npt.NDArray[np.int8]
    reasons: npt.NDArray[np.int8]
    first_days: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Meetings(_Rows):
    """Interactions in the order of their ids; weights: float64[n], from 0."""

    weights: npt.NDArray[np.float64]


def sightings(session: Session, parties: Parties, on: date) -> Sightings:
    """The pairs that were shown up to that day.

    The rows of one list have one actor, one time and one manager and follow each other.
    """
    seen = _Seen(parties)
    columns = (_EVENTS.c[name] for name in ("actor", "at", "verb", "subjects"))
    query = (
        select(*columns, _EVENTS.c.position, _EVENTS.c.propensity)
        .where(_EVENTS.c.verb.in_((SHOWN, EXPLORED)), _EVENTS.c.at <= _end_of(on))
        .order_by(_EVENTS.c.seq)
    )
    for row in _stream(session, query):
        seen.add(*row)
    return seen.whole()


def pursuits(session: Session, parties: Parties, on: date) -> Pursuits:
    """Every follow-up as it stood at the end of that day, without those that hadn't begun.

    What is suggested and took no step says nothing, nor since when it is there. Raises WrongSchema
    for a state or a reason that this version doesn't know.
    """
    taken = _Taken(parties)
    columns = (_FOLLOW_UPS.c[name] for name in ("id", "need", "outcome", "manager", "state"))
    for row in _stream(session, select(*columns).order_by(_FOLLOW_UPS.c.id)):
        taken.start(*row)
    names = ("follow_up", "from_state", "to_state", "at", "reason")
    query = select(*(_STEPS.c[name] for name in names)).order_by(_STEPS.c.seq)
    end = _end_of(on)
    for id, before, after, at, reason in _stream(session, query):
        taken.begin(id, before)
        if at <= end:
            taken.step(id, after, at, reason)
    return taken.whole()


def meetings(session: Session, parties: Parties, on: date) -> Meetings:
    """The interactions up to that day, and those without one."""
    sides, days, weights = _Sides(parties), array("i"), array("d")
    columns = (_INTERACTIONS.c[name] for name in ("need", "outcome", "manager", "at", "weight"))
    at = _INTERACTIONS.c.at
    query = select(*columns).where(or_(at.is_(None), at <= _end_of(on)))
    for *ids, when, weight in _stream(session, query.order_by(_INTERACTIONS.c.id)):
        sides.add(*ids)
        days.append(when.toordinal() if when else UNDATED)
        weights.append(weight)
    return Meetings(*sides.whole(), np.array(days, np.int32), np.array(weights, np.float64))


class _Sides:
    """The numbers of the parties of row after row."""

    def __init__(self, parties: Parties) -> None:
        self._need, self._outcome, self._manager = (parties.registers[noun] for noun in PARTIES)
        self._needs, self._outcomes, self._managers = (array("i") for _ in PARTIES)

    def add(self, need: str, outcome: str, manager: str) -> None:
        self._needs.append(self._need.number(need))
        self._outcomes.append(self._outcome.number(outcome))
        self._managers.append(self._manager.number(manager))

    def whole(self) -> tuple[Codes, Codes, Codes]:
        columns = (self._needs, self._outcomes, self._managers)
        needs, outcomes, managers = (np.array(column, np.int32) for column in columns)
        return needs, outcomes, managers


class _Seen:
    """Sightings as they come."""

    def __init__(self, parties: Parties) -> None:
        self._sides = _Sides(parties)
        self._days, self._lists, self._positions = array("i"), array("q"), array("i")
        self._propensities, self._explored = array("d"), bytearray()
        self._list, self._last, self._skipped = -1, ("", datetime.min, ""), 0

    def add(
        self,
        actor: str,
        at: datetime,
        verb: str,
        subjects: object,
        position: int | None,
        propensity: float | None,
    ) -> None:
        named = _named(subjects)
        chance = 1.0 if propensity is None else propensity
        if named is None or position is None or position < 1 or not 0 < chance <= 1:
            self._skipped += 1
            return
        here = (actor, at, named[2])
        if here != self._last:
            self._list, self._last = self._list + 1, here
        self._sides.add(*named)
        self._days.append(at.toordinal())
        self._lists.append(self._list)
        self._positions.append(position)
        self._propensities.append(chance)
        self._explored.append(verb == EXPLORED)

    def whole(self) -> Sightings:
        return Sightings(
            *self._sides.whole(),
            np.array(self._days, np.int32),
            np.array(self._lists, np.int64),
            np.array(self._positions, np.int32),
            np.array(self._propensities, np.float64),
            np.array(self._explored, np.bool_),
            self._skipped,
        )


class _Taken:
    """Follow-ups, and then their steps as they come."""

    def __init__(self, parties: Parties) -> None:
        self._sides = _Sides(parties)
        self._rows: dict[str, int] = {}
        self._begun = bytearray()
        self._states, self._furthest, self._reasons = array("b"), array("b"), array("b")
        self._days, self._first = array("i"), array("i")

    def start(self, id: str, need: str, outcome: str, manager: str, state: str) -> None:
        """A follow-up that stands in this state, and as far as is known always did."""
        self._rows[id] = len(self._rows)
        self._sides.add(need, outcome, manager)
        self._begun.append(False)
        place = _place(_STATES, state, id)
        self._states.append(place)
        self._furthest.append(place if place <= _LAST_OF_CHAIN else _SUGGESTED)
        self._reasons.append(NO_REASON)
        self._days.append(UNDATED)
        self._first.append(_NEVER)

    def begin(self, id: str, state: str) -> None:
        """Before the first step of a follow-up: it stood in this state."""
        row = self._rows[id]
        if not self._begun[row]:
            self._begun[row] = True
            self._states[row] = self._furthest[row] = place = _place(_STATES, state, id)
            self._first[row] = UNDATED if place > _SUGGESTED else _NEVER

    def step(self, id: str, state: str, at: datetime, reason: str | None) -> None:
        """The next step led to this state."""
        row, place = self._rows[id], _place(_STATES, state, id)
        self._states[row] = place
        self._reasons[row] = _place(_REASONS, reason, id)
        self._days[row] = at.toordinal()
        if place <= _LAST_OF_CHAIN:
            self._furthest[row] = max(place, self._furthest[row])
        if place == _SUGGESTED:
            self._first[row] = _NEVER
        elif place <= _LAST_OF_CHAIN and self._first[row] == _NEVER:
            self._first[row] = self._days[row]

    def whole(self) -> Pursuits:
        codes = (self._states, self._furthest, self._reasons)
        states, furthest, reasons = (np.array(each, np.int8) for each in codes)
        days, first = np.array(self._days, np.int32), np.array(self._first, np.int32)
        # Steps that came with an import needn't be in the order of their days.
        first = np.where(first == _NEVER, days, np.minimum(first, days))
        begun = (states != _SUGGESTED) | (days != UNDATED)
        columns = (*self._sides.whole(), days, states, furthest, reasons, first)
        return Pursuits(*(column[begun] for column in columns))


def _stream(session: Session, query: Select[Any]) -> Iterator[Any]:
    """The rows of a query, a part of them in memory at a time."""
    with session.execute(query.execution_options(yield_per=_ROWS_AT_ONCE)) as rows:
        yield from rows


def _named(subjects: object) -> tuple[str, str, str] | None:
    """The need, the outcome and the manager (blank without one); None where it can't be told."""
    found: dict[str, str] = {}
    for one in subjects if isinstance(subjects, list) else ():
        noun, id = (one.get("noun"), one.get("id")) if isinstance(one, dict) else (None, None)
        if not isinstance(noun, str) or not isinstance(id, str):
            return None
        if found.setdefault(noun, id) != id and noun in PARTIES:
            return None
    need, outcome = found.get(_NEED, ""), found.get(_OUTCOME, "")
    if not need.strip() or not outcome.strip():
        return None
    return need, outcome, found.get(_MANAGER, "")


def _place(places: Mapping[Any, int], code: str | None, id: str) -> int:
    if code not in places:
        raise WrongSchema(
            f"The follow-up {id} holds what this version doesn't know: {code}.",
            hint="Install the version of the product that wrote it.",
        )
    return places[code]


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)
