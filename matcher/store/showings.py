"""At which places of lists the pairs of follow-ups stood, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, aliased

from matcher.domain.enums import Noun
from matcher.store.feedback import EXPLORED, SHOWN
from matcher.store.schema.event import EventRow, EventSubjectRow
from matcher.store.schema.followup import FollowUpRow


class Showing(NamedTuple):
    """The pair of a follow-up was shown to its manager at a place of a list."""

    followup: str
    at: datetime
    position: int


def showings(session: Session, nodes: Collection[str], since: datetime) -> Iterator[Showing]:
    """Yield those of the follow-ups of these nodes since then, in the order of their times."""
    need, outcome, manager = (aliased(EventSubjectRow) for _ in range(3))
    whose = and_(outcome.noun == Noun.OUTCOME.value, outcome.id == FollowUpRow.outcome)
    query = (
        select(FollowUpRow.id, EventRow.at, EventRow.position)
        .join(outcome, whose)
        .join(manager, _same(manager, outcome, Noun.MANAGER, FollowUpRow.manager))
        .join(need, _same(need, outcome, Noun.NEED, FollowUpRow.need))
        .join(EventRow, EventRow.seq == outcome.event)
        .where(
            FollowUpRow.node.in_(sorted(nodes)),
            EventRow.verb.in_((SHOWN, EXPLORED)),
            EventRow.at >= since,
            EventRow.position.is_not(None),
        )
        .order_by(EventRow.at, EventRow.seq)
    )
    for id_, at, position in session.execute(query):
        yield Showing(id_, at, position or 1)


def _same(subject: Any, outcome: Any, noun: Noun, id: Any) -> ColumnElement[bool]:
    return and_(subject.event == outcome.event, subject.noun == noun.value, subject.id == id)
