"""What was merged into a record, and the follow-ups that hang on it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.store import followups
from matcher.store.followups import Kept
from matcher.store.rows import chunks
from matcher.store.schema.followup import FollowUpRow
from matcher.store.tables import kind_of


def absorbed(session: Session, noun: Noun, id: str) -> tuple[str, ...]:
    """The ids of all that were merged into this record, directly or by way of others, in order.

    What belongs to one of them (follow-ups, interactions, events) is found under its own id.
    """
    table, found, last = kind_of(noun).table, {id}, [id]
    while last:
        below = [
            one
            for chunk in chunks(last)
            for one in session.scalars(select(table.c.id).where(table.c.merged_into.in_(chunk)))
        ]
        last = sorted(set(below) - found)
        found.update(last)
    return tuple(sorted(found - {id}))


def followups_of(session: Session, ids: Collection[str]) -> tuple[Kept, ...]:
    """The follow-ups that have one of these needs, outcomes or managers, by id."""
    found: set[str] = set()
    for chunk in chunks(sorted(set(ids))):
        columns = (FollowUpRow.need, FollowUpRow.outcome, FollowUpRow.manager)
        query = select(FollowUpRow.id).where(or_(*(column.in_(chunk) for column in columns)))
        found.update(session.scalars(query))
    kept = followups.get_many(session, sorted(found))
    return tuple(kept[id] for id in sorted(kept))
