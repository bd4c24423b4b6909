"""The step from a record's current version to the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from matcher.errors import EditConflict, NotFound, UsageError
from matcher.store import feed, revisions, rows
from matcher.store.codec import Row, check_lengths, row_of
from matcher.store.stored import Author, Effect, Written
from matcher.store.tables import AnyRecord, Kind
from matcher.store.titles import title_key


@dataclass(frozen=True, slots=True)
class Next:
    """The columns that the next version is to have, and what that does to the record."""

    id: str
    effect: Effect
    columns: Row


def current(
    session: Session, kind: Kind, ids: Sequence[str], expected: Mapping[str, int]
) -> dict[str, Row]:
    """Return the rows there are, by id; raises EditConflict unless they are as expected."""
    there = rows.fetch(session, kind.table, ids)
    for id in ids:
        version = there[id]["version"] if id in there else 0
        if expected.get(id, version) != version:
            raise EditConflict(
                f"Somebody else changed the {kind.noun} {id} meanwhile.",
                hint="Load it again, then repeat your change.",
                id=id,
                version=version,
            )
    return there


def existing(
    session: Session, kind: Kind, ids: Sequence[str], expected: Mapping[str, int]
) -> dict[str, Row]:
    """Like `current`, in the order of `ids`; raises NotFound for an id without a row."""
    there = current(session, kind, ids, expected)
    for id in ids:
        if id not in there:
            raise not_found(kind, id)
    return {id: there[id] for id in ids}


def not_found(kind: Kind, id: str, version: int | None = None) -> NotFound:
    """The error for a record, or a version of it, that doesn't exist."""
    what = f"{kind.noun} {id}" if version is None else f"version {version} of {kind.noun} {id}"
    return NotFound(f"There is no {what}.", hint="Check the id.", id=id)


def written(
    kind: Kind, record: AnyRecord, row: Row | None, author: Author, effect: Effect = Effect.UPDATED
) -> Next:
    """The version that comes of writing `record` where `row` stands, or nothing does."""
    if not isinstance(record, kind.cls):
        raise UsageError(f"{type(record).__name__} {record.id} is no {kind.noun}.")
    columns = row_of(record)
    check_lengths(columns, kind.looked_up)
    columns["title_key"] = title_key(columns[kind.title])
    if row is None:
        fresh = {"version": 0, "created_at": author.at, "deleted_at": None, "merged_into": ""}
        return Next(columns["id"], Effect.CREATED, {**columns, **fresh})
    if row["deleted_at"] is not None:
        effect = Effect.RESTORED
    return Next(row["id"], effect, {**row, **columns, "deleted_at": None})


def changed(row: Row, effect: Effect, **columns: Any) -> Next:
    """The version with other book-keeping and the same content."""
    return Next(row["id"], effect, {**row, **columns})


def apply(
    session: Session,
    kind: Kind,
    there: Mapping[str, Row],
    versions: Sequence[Next],
    author: Author,
) -> list[Written]:
    """Write the versions that differ from what is there; return what became of each."""
    real = [version for version in versions if there.get(version.id) != version.columns]
    superseded = [there[version.id] for version in real if version.id in there]
    newest = {version.id: _row(version, author) for version in real}
    revisions.keep(session, kind, superseded)
    rows.update(session, kind.table, [newest[row["id"]] for row in superseded])
    rows.insert(session, kind.table, [row for id, row in newest.items() if id not in there])
    feed.append(session, kind.noun, newest, author.at)
    return [_written(version, newest.get(version.id)) for version in versions]


def _row(version: Next, author: Author) -> Row:
    return {**version.columns, **author.columns(), "version": version.columns["version"] + 1}


def _written(version: Next, row: Row | None) -> Written:
    if row is None:
        return Written(version.id, Effect.UNCHANGED, version.columns["version"])
    return Written(version.id, version.effect, row["version"])
