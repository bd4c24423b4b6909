"""Which follow-ups a docking plan was confirmed into, as the events of its confirmation tell."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.store import events
from matcher.store.schema.event import EventRow, EventSubjectRow

PLANNED, CONFIRMED = "planned", "plan_confirmed"
"""What is noted of each follow-up, and then, in the same transaction, of the plan."""


def planned_by(session: Session, plan: str) -> frozenset[str]:
    """The ids of the follow-ups; none for a plan that wasn't confirmed.

    Writers stand in line, so that what was planned since the confirmation before is of this one.
    """
    found = events.read(
        session, verbs=(CONFIRMED,), subject=Subject(noun=Noun.PLAN, id=plan), limit=1
    )
    if not found:
        return frozenset()
    [(end, _)] = found
    earlier = (EventRow.verb == CONFIRMED, EventRow.seq < end)
    start = session.scalar(select(func.max(EventRow.seq)).where(*earlier)) or 0
    query = (
        select(EventSubjectRow.id)
        .join(EventRow, EventRow.seq == EventSubjectRow.event)
        .where(EventSubjectRow.noun == Noun.FOLLOW_UP.value, EventRow.verb == PLANNED)
        .where(EventRow.seq > start, EventRow.seq < end)
    )
    return frozenset(session.scalars(query))
