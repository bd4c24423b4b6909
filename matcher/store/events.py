"""Events: appended, read in order, never changed; the database itself sees to the last.

The order is that of `seq`, which the database gives out; clocks may go back. Each is sealed with
the one before it (chain.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.store import chain
from matcher.store.codec import Row, check_lengths, is_storable, record_of, row_of
from matcher.store.rows import chunks
from matcher.store.schema.base import Base
from matcher.store.schema.event import EventRow, EventSubjectRow
from matcher.store.sequences import give_out

_TABLE = Base.metadata.tables[EventRow.__tablename__]
_LINKS = Base.metadata.tables[EventSubjectRow.__tablename__]
_INSERT, _LINK = insert(_TABLE), insert(_LINKS)


def append(session: Session, events: Iterable[Event]) -> None:
    """Write the events behind those there are, in their order, and seal them."""
    rows = [_row(event) for event in events]
    if not rows:
        return
    # Writers stand in line, so that nobody else's row gets between the head and these.
    before = chain.head(session)
    last = before or chain.Head()
    seal = last.seal
    for number, row in enumerate(rows, give_out(session, _TABLE, len(rows))):
        row["seq"] = number
        row["seal"] = seal = chain.sealed(seal, row)
    session.execute(_INSERT, rows)
    if links := list(_links(rows)):
        session.execute(_LINK, links)
    after = chain.Head(rows[-1]["seq"], seal, last.events + len(rows))
    chain.move_head(session, before, after)


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


def latest(session: Session, verbs: Collection[str] = ()) -> int:
    """Return the number of the last event, of these verbs where any is named; 0 for none."""
    query = select(func.max(EventRow.seq))
    if verbs:
        query = query.where(EventRow.verb.in_(sorted(verbs)))
    return session.scalar(query) or 0


def was_told(session: Session, actor: str, verb: str, since: datetime) -> bool:
    """Whether somebody did something, about whatever, at that time or later."""
    query = _told(actor, verb, since).limit(1)
    return session.scalar(query) is not None


def told_about(
    session: Session, actor: str, verb: str, since: datetime, subjects: Iterable[Subject]
) -> frozenset[Subject]:
    """The subjects about which somebody did something at that time or later."""
    ids: dict[Noun, list[str]] = defaultdict(list)
    for one in subjects:
        ids[one.noun].append(one.id)
    found: set[Subject] = set()
    for noun in ids:
        for chunk in chunks(filter(is_storable, ids[noun])):
            query = _told(actor, verb, since).join(_LINKS, _LINKS.c.event == _TABLE.c.seq)
            query = query.where(_LINKS.c.noun == noun.value, _LINKS.c.id.in_(chunk))
            told = session.scalars(query.with_only_columns(_LINKS.c.id))
            found.update(Subject(noun=noun, id=id_) for id_ in told)
    return frozenset(found)


def _told(actor: str, verb: str, since: datetime) -> Select[Any]:
    wanted = (_TABLE.c.actor == actor, _TABLE.c.verb == verb, _TABLE.c.at >= since)
    return select(_TABLE.c.seq).where(*wanted)


def _about(query: Select[Any], subject: Subject) -> Select[Any]:
    link = EventSubjectRow
    return query.join(link, link.event == EventRow.seq).where(
        link.noun == subject.noun.value, link.id == subject.id
    )


def _links(rows: Iterable[Row]) -> Iterator[Row]:
    """What finds the events of a subject, once each however often an event names it."""
    for row in rows:
        for noun, id in dict.fromkeys((one["noun"], one["id"]) for one in row["subjects"]):
            yield {"noun": noun, "id": id, "event": row["seq"]}


def _row(event: Event) -> Row:
    for one in event.subjects:
        check_lengths({"subjects": one.id}, ("subjects",))
    row = row_of(event)
    check_lengths(row, ("actor", "verb"))
    return row
