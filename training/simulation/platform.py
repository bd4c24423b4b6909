"""Writes a synthetic platform into a store, all of it or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.enums import Noun
from matcher.domain.event import Event
from matcher.domain.followup import FollowUp
from matcher.errors import UsageError
from matcher.store import events, followups, nodes, records
from matcher.store.codec import Row, row_of
from matcher.store.rows import chunks, insert
from matcher.store.schema.base import Base
from matcher.store.schema.event import EventRow, EventSubjectRow
from matcher.store.schema.followup import ContractRow, FollowUpRow, TransitionRow
from matcher.store.sequences import go_on_after, last_number
from training.simulation.journal import events_of, follow_ups_of
from training.simulation.reactions import Reactions
from training.simulation.records import AnyRecord, records_of
from training.simulation.world import World

NOUNS = (Noun.ORGANISATION, Noun.MANAGER, Noun.OUTCOME, Noun.NEED)
"""In this order: what others refer to comes first."""

_BATCH = 5000
_OF_OTHER_TABLES = ("history", "notes", "contract")
_EVENTS, _SUBJECTS, _FOLLOW_UPS, _STEPS, _CONTRACTS = (
    Base.metadata.tables[row.__tablename__]
    for row in (EventRow, EventSubjectRow, FollowUpRow, TransitionRow, ContractRow)
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written. records: how many of each noun."""

    records: dict[Noun, int]
    events: int
    follow_ups: int


def fill(
    platform: Platform, world: World, reactions: Reactions, say: Callable[[str], None]
) -> Filled:
    """Write the records on the days of their arrival, then what happened until the world's end.

    Everything is one transaction: who kills it leaves the store as it was. say: takes a line for
    each step. Raises UsageError where the store has records or events already.
    """
    known = reactions.known(world.end.toordinal())
    with platform.database.writing() as session:
        require_nothing(session)
        node = nodes.ensure_core(session, at=platform.now())
        counts = {}
        for noun in NOUNS:
            counts[noun] = _put(session, world, noun, node)
            say(f"{counts[noun]} {noun.value}s")
        shown = _append(session, known)
        say(f"{shown} events")
        pursued = _pursue(session, world, known, node)
        say(f"{pursued} follow-ups")
    return Filled(counts, shown, pursued)


def require_nothing(session: Session) -> None:
    """Raise UsageError where there are records, follow-ups or lists that were shown."""
    there = {noun: records.count(session, noun, live_only=False) for noun in NOUNS}
    found = [f"{count} {noun.value}s" for noun, count in there.items() if count]
    if not found and next(followups.every(session), None) is not None:
        found.append("follow-ups")
    if not found and events.read(session, verbs=("shown", "explored"), limit=1):
        found.append("events")
    if found:
        raise UsageError(
            f"The platform isn't empty: it has {', '.join(found)}.",
            hint="Name a new folder; synthetic records never go beside others.",
        )


def _put(session: Session, world: World, noun: Noun, node: str) -> int:
    count = 0
    for day, group in groupby(_arriving(world, noun, node), key=lambda pair: pair[0]):
        at = dt.datetime.combine(dt.date.fromordinal(day), dt.time(), dt.UTC)
        found = (record for _, record in group)
        count += len(records.put(session, noun, found, actor=OPERATOR, at=at))
    return count


def _arriving(world: World, noun: Noun, node: str) -> Iterator[tuple[int, AnyRecord]]:
    """The records with the days of their arrival, which never fall."""
    made = records_of(world, noun, node)
    if noun is Noun.ORGANISATION:
        return ((world.start.toordinal(), record) for record in made)
    return zip(world.party(noun).created.tolist(), made, strict=True)


def _append(session: Session, reactions: Reactions) -> int:
    """Add the events under numbers of our own: asking for each is what takes the time."""
    first = last_number(session, _EVENTS) + 1
    for batch in chunks(enumerate(events_of(reactions), first), _BATCH):
        insert(session, _EVENTS, [_event_row(*each) for each in batch])
        insert(session, _SUBJECTS, [row for each in batch for row in _subject_rows(*each)])
    go_on_after(session, _EVENTS, first + len(reactions) - 1)
    return len(reactions)


def _event_row(number: int, event: Event) -> Row:
    return {
        "seq": number,
        "actor": event.actor,
        "verb": event.verb,
        "at": event.at,
        "subjects": [{"noun": one.noun.value, "id": one.id} for one in event.subjects],
        "position": event.position,
        "propensity": event.propensity,
        "model_version": event.model_version,
    }


def _subject_rows(number: int, event: Event) -> Iterator[Row]:
    return ({"noun": one.noun.value, "id": one.id, "event": number} for one in event.subjects)


def _pursue(session: Session, world: World, reactions: Reactions, node: str) -> int:
    count = 0
    for batch in chunks(follow_ups_of(world, reactions, node), _BATCH):
        insert(session, _FOLLOW_UPS, [_row(each) for each in batch])
        insert(session, _STEPS, [row for each in batch for row in _steps(each)])
        insert(session, _CONTRACTS, [row for each in batch for row in _contracts(each)])
        count += len(batch)
    return count


def _row(followup: FollowUp) -> Row:
    plain = {name: value for name, value in row_of(followup).items() if _own(name)}
    return {"version": 1, **plain}


def _own(column: str) -> bool:
    return column not in _OF_OTHER_TABLES


def _steps(followup: FollowUp) -> Iterator[Row]:
    return ({"follow_up": followup.id, **row_of(step)} for step in followup.history)


def _contracts(followup: FollowUp) -> Iterator[Row]:
    if followup.contract is not None:
        yield {"follow_up": followup.id, **row_of(followup.contract)}
