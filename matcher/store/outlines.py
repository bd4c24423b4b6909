"""Follow-ups in outline: where each stands and since when, without history, notes and contract.

A follow-up in full takes some statements and objects more; of ten thousand one sees a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import OPEN
from matcher.store.rows import as_dicts
from matcher.store.schema.base import Base
from matcher.store.schema.followup import FollowUpRow, TransitionRow

_TABLE, _STEPS = (Base.metadata.tables[row.__tablename__] for row in (FollowUpRow, TransitionRow))
_OWN = ("id", "need", "outcome", "manager", "node", "state", "next_action", "due_on", "version")


@dataclass(frozen=True, slots=True)
class Outline:
    """Where a follow-up stands. left: the open state it is in, or was in last.

    since, why and until are those of its last step; since is None where it took none.
    """

    id: str
    need: str
    outcome: str
    manager: str
    node: str
    state: State
    left: State
    next_action: str
    due_on: date | None
    version: int
    since: datetime | None
    why: str
    until: date | None

    @property
    def due(self) -> date | None:
        """When it wants attention, as of the follow-up itself."""
        if self.state is State.ON_HOLD:
            return self.until
        return self.due_on if self.state in OPEN else None


def every(session: Session, states: Collection[State] = ()) -> Iterator[Outline]:
    """Yield all of them by id; only those in one of these states, where any is named."""
    return _read(session, *_in(states))


def within(
    session: Session,
    managers: Collection[str],
    nodes: Collection[str],
    states: Collection[State] = (),
) -> Iterator[Outline]:
    """Yield, as `every` does, those of these managers and those of these nodes."""
    theirs = or_(_TABLE.c.manager.in_(sorted(managers)), _TABLE.c.node.in_(sorted(nodes)))
    return _read(session, theirs, *_in(states))


def _in(states: Collection[State]) -> tuple[ColumnElement[bool], ...]:
    return (_TABLE.c.state.in_(sorted(state.value for state in states)),) if states else ()


def _read(session: Session, *wanted: ColumnElement[bool]) -> Iterator[Outline]:
    for row in as_dicts(session.execute(_query(*wanted))):
        state = State(row.pop("state"))
        left = row.pop("from_state")
        found = state if state in OPEN else State(left or state)
        yield Outline(**row, state=state, left=found)


def _query(*wanted: ColumnElement[bool]) -> Select[Any]:
    """Each with its last step, and with the last one that left an open state."""
    theirs = select(_TABLE.c.id).where(*wanted)
    opened = case((_STEPS.c.from_state.in_([state.value for state in OPEN]), _STEPS.c.seq))
    ends = (
        select(
            _STEPS.c.follow_up,
            func.max(_STEPS.c.seq).label("last"),
            func.max(opened).label("opened"),
        )
        .where(_STEPS.c.follow_up.in_(theirs))
        .group_by(_STEPS.c.follow_up)
        .subquery()
    )
    last, leaving = _STEPS.alias(), _STEPS.alias()
    told = (last.c.at.label("since"), func.coalesce(last.c.why, "").label("why"), last.c.until)
    return (
        select(*(_TABLE.c[name] for name in _OWN), *told, leaving.c.from_state)
        .outerjoin(ends, ends.c.follow_up == _TABLE.c.id)
        .outerjoin(last, last.c.seq == ends.c.last)
        .outerjoin(leaving, leaving.c.seq == ends.c.opened)
        .where(*wanted)
        .order_by(_TABLE.c.id)
    )
