"""How far follow-ups have come and when, counted in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from matcher.domain.enums import FollowUpState as State
from matcher.domain.enums import Noun
from matcher.domain.followup import CHAIN
from matcher.store.feedback import EXPLORED, SHOWN
from matcher.store.schema.event import EventRow, EventSubjectRow
from matcher.store.schema.followup import FollowUpRow, TransitionRow

_PLACES = {state.value: place for place, state in enumerate(CHAIN)}
_TOUCHED = [state.value for state in CHAIN[CHAIN.index(State.CONTACTED) :]]
_FIRST = 0


class Progress(NamedTuple):
    """A follow-up. furthest: of the chain, wherever it stands now; accepted, touched: when it was
    first accepted, and when it first came to a contact, None for never."""

    id: str
    need: str
    state: State
    furthest: State
    accepted: datetime | None
    touched: datetime | None


def progress(session: Session, nodes: Collection[str]) -> Iterator[Progress]:
    """Yield the follow-ups of these nodes, by id."""
    step = TransitionRow
    query = (
        select(
            FollowUpRow.id,
            FollowUpRow.need,
            FollowUpRow.state,
            func.max(_place(step.from_state)),
            func.max(_place(step.to_state)),
            func.min(case((step.to_state == State.ACCEPTED.value, step.at))),
            func.min(case((step.to_state.in_(_TOUCHED), step.at))),
        )
        .outerjoin(step, step.follow_up == FollowUpRow.id)
        .where(FollowUpRow.node.in_(sorted(nodes)))
        .group_by(FollowUpRow.id, FollowUpRow.need, FollowUpRow.state)
        .order_by(FollowUpRow.id)
    )
    for id, need, state, before, after, accepted, touched in session.execute(query):
        places = (before or _FIRST, after or _FIRST, _PLACES.get(state, _FIRST))
        yield Progress(id, need, State(state), CHAIN[max(places)], accepted, touched)


def first_shown(session: Session, nodes: Collection[str]) -> dict[str, datetime]:
    """When the pair of each follow-up of these nodes was first shown to its manager, by its id;
    without those that never were."""
    need, outcome, manager = (aliased(EventSubjectRow) for _ in range(3))
    whose = and_(outcome.noun == Noun.OUTCOME.value, outcome.id == FollowUpRow.outcome)
    query = (
        select(FollowUpRow.id, func.min(EventRow.at).label("at"))
        .join(outcome, whose)
        .join(manager, _same(manager, outcome, Noun.MANAGER, FollowUpRow.manager))
        .join(need, _same(need, outcome, Noun.NEED, FollowUpRow.need))
        .join(EventRow, EventRow.seq == outcome.event)
        .where(FollowUpRow.node.in_(sorted(nodes)), EventRow.verb.in_((SHOWN, EXPLORED)))
        .group_by(FollowUpRow.id)
    )
    return {row.id: row.at for row in session.execute(query)}


def _same(subject: Any, outcome: Any, noun: Noun, id: Any) -> ColumnElement[bool]:
    return and_(subject.event == outcome.event, subject.noun == noun.value, subject.id == id)


def _place(column: Any) -> ColumnElement[int]:
    return case(_PLACES, value=column)
