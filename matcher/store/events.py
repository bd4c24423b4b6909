"""Events: appended, read in order, never changed; the database itself sees to the last.

The order is that of `seq`, which the database gives out; clocks may go back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from matcher.domain.event import Event, Subject
from matcher.store.codec import Row, check_lengths, record_of, row_of
from matcher.store.schema.base import Base
from matcher.store.schema.event import EventRow, EventSubjectRow

_TABLE = Base.metadata.tables[EventRow.__tablename__]


def append(session: Session, events: Iterable[Event]) -> None:
    """Write the events behind those there are, in their order."""
    kept = list(events)
    if not kept:
        return
    query = insert(_TABLE).returning(_TABLE.c.seq, sort_by_parameter_order=True)
    numbers = session.scalars(query, [_row(event) for event in kept]).all()
    links = [
        {"noun": noun, "id": id, "event": number}
        for number, event in zip(numbers, kept, strict=True)
        for noun, id in dict.fromkeys((one.noun.value, one.id) for one in event.subjects)
    ]
    if links:
        session.execute(insert(EventSubjectRow), links)


def read(
    session: Session,
    after: int = 0,
    verbs: Collection[str] = (),
    subject: Subject | None = None,
    limit: int = 1000,
) -> list[tuple[int, Event]]:
    """Return up to `limit` events with a number above `after`, each with its number, in order.

    `verbs` and `subject`, where given, narrow them down. For the next page, pass the last number.
    """
    query = select(_TABLE).where(EventRow.seq > after).order_by(EventRow.seq).limit(limit)
    if verbs:
        query = query.where(EventRow.verb.in_(sorted(verbs)))
    if subject is not None:
        query = _about(query, subject)
    rows = session.execute(query).mappings()
    return [(row["seq"], record_of(Event, dict(row))) for row in rows]


def latest(session: Session) -> int:
    """Return the number of the last event, 0 where there is none."""
    last = select(EventRow.seq).order_by(EventRow.seq.desc()).limit(1)
    return session.scalar(last) or 0


def _about(query: Select[Any], subject: Subject) -> Select[Any]:
    link = EventSubjectRow
    return query.join(link, link.event == EventRow.seq).where(
        link.noun == subject.noun.value, link.id == subject.id
    )


def _row(event: Event) -> Row:
    for one in event.subjects:
        check_lengths({"subjects": one.id}, ("subjects",))
    row = row_of(event)
    check_lengths(row, ("actor", "verb"))
    return row
