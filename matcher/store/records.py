"""Outcomes, needs, managers and organisations: reading them, and writing new versions.

A write never overwrites: the version it takes the place of goes to the revisions, and the change
feed gets a line, in the transaction of the caller. Writing what is there already does nothing.
Functions that write need a session of `Database.writing`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.errors import DuplicateId, UsageError
from matcher.store import rows, versions
from matcher.store.codec import record_of
from matcher.store.revisions import revision
from matcher.store.stored import BOOKS, Author, Effect, Stored, Written, stored_of
from matcher.store.tables import AnyRecord, Kind, kind_of

Expected = Mapping[str, int]
"""The version that the caller has seen, by id; 0 for a record that must not exist yet."""

_ID = frozenset({"id"})


def get(session: Session, noun: Noun, id: str) -> Stored[Any] | None:
    """Return one record, deleted and merged ones too; None where there never was one."""
    return get_many(session, noun, [id]).get(id)


def get_many(session: Session, noun: Noun, ids: Iterable[str]) -> dict[str, Stored[Any]]:
    """Return the records with these ids, in the order of `ids`, without those that don't exist."""
    return _fetched(session, noun, ids)


def heads(
    session: Session, noun: Noun, ids: Iterable[str], names: frozenset[str]
) -> dict[str, Stored[Any]]:
    """The same with no other fields than these, `id` among them; the others have their defaults."""
    return _fetched(session, noun, ids, names | BOOKS)


def is_taken(session: Session, noun: Noun, id: str) -> bool:
    """Whether there is or was a record with this id."""
    return bool(rows.fetch(session, kind_of(noun).table, [id], _ID))


def every(
    session: Session, noun: Noun, *, live_only: bool = True, batch: int = 1000
) -> Iterator[Stored[Any]]:
    """Yield all records in the order of their ids (by code points), `batch` rows at a time."""
    kind, last = kind_of(noun), ""
    while page := rows.fetch_after(session, kind.table, last, batch, *_which(kind, live_only)):
        yield from (stored_of(kind, row) for row in page)
        last = page[-1]["id"]


def brief(
    session: Session, noun: Noun, nodes: Collection[str], names: Collection[str]
) -> Iterator[Any]:
    """Yield the live records of these nodes with no other fields than these, by id.

    The others have their defaults: good for counting, not for showing.
    """
    kind = kind_of(noun)
    columns = [column for column in kind.table.c if column.name in names]
    for some in rows.chunks(sorted(nodes)):
        query = select(*columns).where(kind.table.c.node.in_(some), *_which(kind, True))
        for row in session.execute(query.order_by(kind.table.c.id)).mappings():
            yield record_of(kind.cls, dict(row))


def count(session: Session, noun: Noun, *, live_only: bool = True) -> int:
    """Return how many records there are."""
    kind = kind_of(noun)
    query = select(func.count()).select_from(kind.table).where(*_which(kind, live_only))
    return session.execute(query).scalar_one()


def put(
    session: Session,
    noun: Noun,
    records: Iterable[AnyRecord],
    *,
    actor: str,
    at: datetime,
    import_id: str = "",
    expected: Expected | None = None,
) -> list[Written]:
    """Create or update records by id; return what became of each, in their order.

    A deleted record that is written is live again; a merged one stays merged. Raises
    EditConflict where a version isn't the expected one, DuplicateId for an id given twice, and
    InvalidValue for what can't be stored. A million records may be given as a generator.
    """
    author, kind = Author(actor, at, import_id), kind_of(noun)
    seen: set[str] = set()
    written: list[Written] = []
    for chunk in rows.chunks(records):
        _refuse_repeated(chunk, seen)
        there = versions.current(session, kind, [record.id for record in chunk], expected or {})
        new = [versions.written(kind, record, there.get(record.id), author) for record in chunk]
        written += versions.apply(session, kind, there, new, author)
    return written


def delete(
    session: Session,
    noun: Noun,
    ids: Iterable[str],
    *,
    actor: str,
    at: datetime,
    import_id: str = "",
    expected: Expected | None = None,
) -> list[Written]:
    """Mark records as deleted; they and their revisions stay. Raises NotFound, EditConflict."""
    author, kind, wanted = Author(actor, at, import_id), kind_of(noun), list(dict.fromkeys(ids))
    there = versions.existing(session, kind, wanted, expected or {})
    new = [
        versions.changed(row, Effect.DELETED, deleted_at=row["deleted_at"] or at)
        for row in there.values()
    ]
    return versions.apply(session, kind, there, new, author)


def restore(
    session: Session,
    noun: Noun,
    id: str,
    version: int,
    *,
    actor: str,
    at: datetime,
    import_id: str = "",
    expected: Expected | None = None,
) -> Written:
    """Write an old version's content as the newest one, live even if the record was deleted.

    The current version may be named too, to take back a deletion. Raises NotFound, EditConflict.
    """
    author, kind = Author(actor, at, import_id), kind_of(noun)
    there = versions.existing(session, kind, [id], expected or {})
    old = stored_of(kind, there[id]) if there[id]["version"] == version else None
    found = old or revision(session, noun, id, version)
    if found is None:
        raise versions.not_found(kind, id, version)
    new = versions.written(kind, found.record, there[id], author, Effect.RESTORED)
    return versions.apply(session, kind, there, [new], author)[0]


def set_merged(
    session: Session,
    noun: Noun,
    id: str,
    into: str,
    *,
    actor: str,
    at: datetime,
    import_id: str = "",
    expected: Expected | None = None,
) -> Written:
    """Let record `into` take the place of `id`; with an empty `into`, take that back.

    Raises NotFound, EditConflict, and UsageError where `into` is the record itself, deleted, or
    merged into another one: so merging never goes round in a circle.
    """
    author, kind = Author(actor, at, import_id), kind_of(noun)
    there = versions.existing(session, kind, [id], expected or {})
    if into:
        target = versions.existing(session, kind, [into], {})[into]
        if into == id or not stored_of(kind, target).live:
            raise UsageError(
                f"{id} can't be merged into {into}: that is itself, deleted, or merged.",
                hint="Name the record that is to stay.",
            )
    effect = Effect.MERGED if into else Effect.UNMERGED
    new = [versions.changed(there[id], effect, merged_into=into)]
    return versions.apply(session, kind, there, new, author)[0]


def _fetched(
    session: Session, noun: Noun, ids: Iterable[str], names: frozenset[str] = frozenset()
) -> dict[str, Stored[Any]]:
    kind, wanted = kind_of(noun), list(dict.fromkeys(ids))
    found = rows.fetch(session, kind.table, wanted, names)
    return {id: stored_of(kind, found[id]) for id in wanted if id in found}


def _which(kind: Kind, live_only: bool) -> tuple[ColumnElement[bool], ...]:
    columns = kind.table.c
    return (columns.deleted_at.is_(None), columns.merged_into == "") if live_only else ()


def _refuse_repeated(records: Sequence[AnyRecord], seen: set[str]) -> None:
    for record in records:
        if record.id in seen:
            raise DuplicateId(
                f"{record.id} is there twice.", field="id", hint="Give each record its own id."
            )
        seen.add(record.id)
