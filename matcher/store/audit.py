"""Events looked up for an audit, the newest first: by whom, of what kind, about what, when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.store.codec import is_storable, record_of
from matcher.store.feedback import EXPLORED, SHOWN
from matcher.store.schema.base import Base
from matcher.store.schema.event import EventRow, EventSubjectRow
from matcher.store.schema.tables import tables

IMPRESSIONS = (SHOWN, EXPLORED)
"""Verbs of what somebody saw in a list; there are a hundred of them to every other event."""

_EVENTS = Base.metadata.tables[EventRow.__tablename__]
_LINKS = Base.metadata.tables[EventSubjectRow.__tablename__]
_TABLES = {table.name: table for table in tables()}
# Of what belongs to a node: the noun, and the table that says to which.
_OF_NODES = (
    (Noun.OUTCOME, "outcome"),
    (Noun.NEED, "need"),
    (Noun.MANAGER, "manager"),
    (Noun.ORGANISATION, "organisation"),
    (Noun.FOLLOW_UP, "follow_up"),
    (Noun.INTEREST, "interest"),
    (Noun.ACCOUNT, "account"),
    (Noun.PLAN, "plan"),
    (Noun.JOB, "job"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an audit asks for; what isn't named doesn't matter.

    verbs: without any all but impressions. since and until: from the one to before the other.
    """

    actor: str = ""
    verbs: Collection[str] = ()
    subject: Subject | None = None
    since: datetime | None = None
    until: datetime | None = None


def page(
    session: Session, asked: Asked, nodes: Collection[str] | None, before: int | None, limit: int
) -> list[tuple[int, Event]]:
    """Return up to `limit` events with a number below `before`, each with its number.

    nodes: only events whose actor or one of whose subjects belongs to one of these; None: any.
    """
    query = select(_EVENTS).where(*_conditions(asked)).order_by(_EVENTS.c.seq.desc())
    if before is not None:
        query = query.where(_EVENTS.c.seq < before)
    if nodes is not None:
        query = query.where(or_(*_of_nodes(sorted(nodes))))
    rows = session.execute(query.limit(limit)).mappings()
    return [(row["seq"], record_of(Event, dict(row))) for row in rows]


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    verb = _EVENTS.c.verb
    wanted = verb.in_(sorted(asked.verbs)) if asked.verbs else verb.not_in(IMPRESSIONS)
    found: list[ColumnElement[bool]] = [wanted]
    if asked.actor:
        found.append(_EVENTS.c.actor == (asked.actor if is_storable(asked.actor) else ""))
    if asked.since is not None:
        found.append(_EVENTS.c.at >= asked.since)
    if asked.until is not None:
        found.append(_EVENTS.c.at < asked.until)
    if asked.subject is not None:
        found.append(_EVENTS.c.seq.in_(_about(asked.subject)))
    return found


def _about(subject: Subject) -> Select[Any]:
    id = subject.id if is_storable(subject.id) else ""
    wanted = (_LINKS.c.noun == subject.noun.value, _LINKS.c.id == id)
    return select(_LINKS.c.event).where(*wanted)


def _of_nodes(nodes: list[str]) -> list[ColumnElement[bool]]:
    accounts = _TABLES["account"]
    theirs = select(accounts.c.id).where(accounts.c.node.in_(nodes))
    is_node = and_(_LINKS.c.noun == Noun.NODE.value, _LINKS.c.id.in_(nodes))
    named = [is_node, *(_belongs(noun, table, nodes) for noun, table in _OF_NODES)]
    about = exists().where(_LINKS.c.event == _EVENTS.c.seq, or_(*named))
    return [_EVENTS.c.actor.in_(theirs), about]


def _belongs(noun: Noun, table: str, nodes: list[str]) -> ColumnElement[bool]:
    found = _TABLES[table]
    ids = select(found.c.id).where(found.c.node.in_(nodes))
    return and_(_LINKS.c.noun == noun.value, _LINKS.c.id.in_(ids))
