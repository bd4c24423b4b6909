"""Whether the chain of events is whole: every row, in its order, against its seal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from matcher.actions.finding import Finding
from matcher.actions.init import require_made, require_tables
from matcher.settings import Settings
from matcher.store.chain import START, Head, head, sealed
from matcher.store.database import Database
from matcher.store.schema.base import Base
from matcher.store.schema.event import EventRow, EventSubjectRow

Progress = Callable[[int], None]
"""Called with the number of events that are checked."""

_EVENTS = Base.metadata.tables[EventRow.__tablename__]
_LINKS = Base.metadata.tables[EventSubjectRow.__tablename__]
_ROWS_AT_ONCE = 2000
# A row changed by hand may hold in a column what no value of its type is written as.
_UNREADABLE = (ValueError, TypeError, RecursionError, OperationalError)
_Row = Mapping[str, Any]


class Fault(StrEnum):
    """What is wrong with a chain."""

    ROW = "doesn't follow from the one before it: one of the two was changed, put in or taken out"
    UNREADABLE = "holds what isn't an event's"
    END = "isn't the last one that was written: rows behind it were taken out or put in"
    SUBJECTS = "the table event_subject doesn't say what the events say"
    EXPECTED = "the seal that is expected is nowhere in it: it is another chain"


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a chain breaks: the number of the event, None where it is none in particular."""

    fault: Fault
    seq: int | None = None

    def __str__(self) -> str:
        """In words, as the end of a sentence."""
        return self.fault.value if self.seq is None else f"event {self.seq} {self.fault.value}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. rows: as many as were checked; seal: of the last good one; None: whole."""

    rows: int
    seal: str
    broken: Broken | None = None


def verify(database: Database, *, expect: str = "", progress: Progress = lambda _: None) -> Verdict:
    """Check every event up to the first that is wrong, as of one moment.

    expect: a last seal that was kept elsewhere; the chain has to have it still, wherever it has
    come since. Memory doesn't grow with the events. Raises StoreUnavailable.
    """
    with database.reading() as session:
        return verify_in(session, expect=expect, progress=progress)


def verify_in(
    session: Session, *, expect: str = "", progress: Progress = lambda _: None
) -> Verdict:
    """The same within a transaction."""
    walk = _Walk(expect.strip().lower(), progress)
    kept = head(session) or Head()
    for row in _rows(session):
        walk.take(row)
        if walk.broken is not None:
            break
    broken = walk.broken or walk.end(kept) or _links_broken(session, walk)
    return Verdict(walk.events, walk.seal, broken)


def audit_finding(
    settings: Settings, expect: str = "", progress: Progress = lambda _: None
) -> Finding:
    """The verdict on the platform of these settings, as a line.

    Raises UsageError where there is none, WrongSchema, StoreUnavailable.
    """
    require_made(settings)
    database = Database.open(settings.database.get_secret_value())
    try:
        require_tables(database, settings)
        found = verify(database, expect=expect, progress=progress)
    finally:
        database.dispose()
    if found.broken is not None:
        detail = f"{found.broken}. Before it {found.rows:,} events are whole; look into a backup"
        return Finding("audit", False, detail)
    last = f", and the last seal is {found.seal}" if found.rows else ""
    return Finding("audit", True, f"{found.rows:,} events, each as it was written{last}")


class _Walk:
    """Along the chain, and what was seen on the way."""

    def __init__(self, expect: str, progress: Progress) -> None:
        self.seq, self.seal, self.events = 0, START, 0
        self.links, self.links_sum = 0, 0
        self.broken: Broken | None = None
        self._expect, self._met, self._progress = expect, not expect, progress

    def take(self, row: _Row | int) -> None:
        """The next row, or the number of one that can't be read."""
        if isinstance(row, int):
            self.broken = Broken(Fault.UNREADABLE, row)
        elif row["seal"] != sealed(self.seal, row):
            self.broken = Broken(Fault.ROW, row["seq"])
        else:
            self.seq, self.seal = row["seq"], row["seal"]
            self.events += 1
            self._met = self._met or self.seal == self._expect
            self._note_links(row)
            if self.events % _ROWS_AT_ONCE == 0:
                self._progress(self.events)

    def end(self, kept: Head) -> Broken | None:
        """What is wrong after the last row."""
        self._progress(self.events)
        if Head(self.seq, self.seal, self.events) != kept:
            return Broken(Fault.END, self.seq)
        return None if self._met else Broken(Fault.EXPECTED)

    def _note_links(self, row: _Row) -> None:
        for noun, id in {(one["noun"], one["id"]) for one in row["subjects"]}:
            self.links += 1
            self.links_sum += _mark(noun, id, row["seq"])


def _rows(session: Session) -> Iterator[_Row | int]:
    after: int | None = None
    while True:
        page = _page(session, after)
        if not page:
            return
        yield from page
        last = page[-1]
        after = last if isinstance(last, int) else last["seq"]


def _page(session: Session, after: int | None) -> list[_Row | int]:
    """Some rows; where one of them can't be read, the next alone or its number."""
    try:
        return _read(session, after, _ROWS_AT_ONCE)
    except _UNREADABLE:
        pass
    try:
        return _read(session, after, 1)
    except _UNREADABLE:
        return [*session.scalars(_behind(select(_EVENTS.c.seq), after).limit(1))]


def _read(session: Session, after: int | None, limit: int) -> list[_Row | int]:
    return [*session.execute(_behind(select(_EVENTS), after).limit(limit)).mappings()]


def _behind(query: Select[Any], after: int | None) -> Select[Any]:
    query = query.order_by(_EVENTS.c.seq)
    return query if after is None else query.where(_EVENTS.c.seq > after)


def _links_broken(session: Session, walk: _Walk) -> Broken | None:
    """Compare the links with the events as two heaps: their order costs a sort of all of them."""
    count, total = 0, 0
    query = select(_LINKS.c.noun, _LINKS.c.id, _LINKS.c.event)
    with session.execute(query.execution_options(yield_per=_ROWS_AT_ONCE)) as links:
        for noun, id, seq in links:
            count += 1
            total += _mark(noun, id, seq)
    same = (count, total) == (walk.links, walk.links_sum)
    return None if same else Broken(Fault.SUBJECTS)


def _mark(noun: str, id: str, seq: int) -> int:
    """A number of the link that nobody can choose: Python keys its hashes anew in each process."""
    return hash((noun, id, seq))
