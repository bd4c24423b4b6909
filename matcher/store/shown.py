"""What was shown to managers in their lists, read from the events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from matcher.domain.enums import Noun
from matcher.domain.event import Event
from matcher.store.codec import is_storable, record_of
from matcher.store.feedback import EXPLORED, SHOWN
from matcher.store.rows import chunks
from matcher.store.schema.base import Base
from matcher.store.schema.event import EventRow, EventSubjectRow
from matcher.store.tables import kind_of

_VERBS = (SHOWN, EXPLORED)
_TABLE = Base.metadata.tables[EventRow.__tablename__]
Pair = tuple[str, str]


class Place(NamedTuple):
    """How many times a record stood at this position of a list."""

    id: str
    position: int
    times: int


def pair_of(event: Event) -> Pair:
    """The need and the outcome of an event; "" where it names none."""
    ids = {subject.noun: subject.id for subject in event.subjects}
    return ids.get(Noun.NEED, ""), ids.get(Noun.OUTCOME, "")


def shown_since(session: Session, manager: str, at: datetime) -> frozenset[Pair]:
    """The pairs that were shown to a manager at that time or later."""
    query = _about(select(_TABLE), Noun.MANAGER, [manager]).where(EventRow.at >= at)
    rows = session.execute(query).mappings()
    return frozenset(pair_of(record_of(Event, dict(row))) for row in rows)


def last_shown(session: Session, manager: str, need: str, outcome: str) -> Event | None:
    """The event of the last time the pair was shown to the manager, None for never."""
    query = _about(select(_TABLE), Noun.MANAGER, [manager])
    link = EventSubjectRow
    about_outcome = select(link.event).where(link.noun == Noun.OUTCOME.value, link.id == outcome)
    query = query.where(EventRow.seq.in_(about_outcome)).order_by(EventRow.seq.desc())
    rows = session.execute(query).mappings()
    events = (record_of(Event, dict(row)) for row in rows)
    return next((event for event in events if pair_of(event) == (need, outcome)), None)


def exposures(session: Session, outcomes: Iterable[str], before: datetime) -> Mapping[str, int]:
    """How often each outcome was shown before that time, to whomever; 0 for never."""
    counts: Counter[str] = Counter()
    columns = select(EventSubjectRow.id, func.count())
    for chunk in chunks(filter(is_storable, dict.fromkeys(outcomes))):
        query = _about(columns, Noun.OUTCOME, chunk).where(EventRow.at < before)
        for id, count in session.execute(query.group_by(EventSubjectRow.id)):
            counts[id] = count
    return counts


def _about(
    query: Select[*tuple[Any, ...]], noun: Noun, ids: Sequence[str]
) -> Select[*tuple[Any, ...]]:
    """Only impressions of these records."""
    link = EventSubjectRow
    return (
        query.select_from(EventRow)
        .join(link, link.event == EventRow.seq)
        .where(link.noun == noun.value, link.id.in_(ids), EventRow.verb.in_(_VERBS))
    )


def places(
    session: Session, noun: Noun, since: datetime, nodes: Collection[str]
) -> Iterator[Place]:
    """Yield where the records of a noun stood in the lists of managers of these nodes, since then.

    What stood nowhere in a list is left out.
    """
    link, manager = EventSubjectRow, aliased(EventSubjectRow)
    table = kind_of(Noun.MANAGER).table
    theirs = select(table.c.id).where(table.c.node.in_(sorted(nodes)))
    query = (
        select(link.id, EventRow.position, func.count())
        .select_from(EventRow)
        .join(link, link.event == EventRow.seq)
        .join(manager, manager.event == EventRow.seq)
        .where(
            EventRow.verb.in_(_VERBS),
            EventRow.at >= since,
            EventRow.position.is_not(None),
            link.noun == noun.value,
            manager.noun == Noun.MANAGER.value,
            manager.id.in_(theirs),
        )
        .group_by(link.id, EventRow.position)
    )
    found = session.execute(query)
    return (Place(id, position or 1, times) for id, position, times in found)
