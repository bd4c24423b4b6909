"""Imports: which file was read by whom, what became of each of its rows, whether it still holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.errors import DuplicateId, EditConflict, NotFound
from matcher.store.codec import is_storable
from matcher.store.plain import plain
from matcher.store.rows import chunks
from matcher.store.schema.imports import ImportRowRow, ImportRunRow


class ImportState(StrEnum):
    """Where an import stands: begun, in force, or taken back."""

    STARTED = "started"
    DONE = "done"
    UNDONE = "undone"


class RowAction(StrEnum):
    """What became of a row of an imported file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """One import of one file: `sha256` is that of its bytes, times are UTC.

    `mapping` says which column was read as what, `namespace` sets the ids of one source apart
    from those of another, `counts` is how many rows met with which action.
    """

    id: str
    noun: Noun
    file: str
    sha256: str
    actor: str
    started_at: datetime
    mapping: Mapping[str, Any] = field(default_factory=dict)
    namespace: str = ""
    finished_at: datetime | None = None
    state: ImportState = ImportState.STARTED
    counts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """Row `row` of a file (as people count them there) and the record that it became.

    `problems` are plain mappings, `original` is what stood in the row, by column.
    """

    row: int
    record_id: str
    action: RowAction
    problems: tuple[Mapping[str, Any], ...] = ()
    original: Mapping[str, Any] = field(default_factory=dict)


_NOTHING: Mapping[str, Any] = MappingProxyType({})
_RUN = tuple(one.name for one in fields(ImportRun))
_ROW = tuple(one.name for one in fields(ImportRow))


def start(session: Session, run: ImportRun) -> None:
    """Keep an import that begins. Raises DuplicateId where its id is taken."""
    if get(session, run.id) is not None:
        raise DuplicateId(f"There is an import {run.id} already.", field="id")
    values = {name: plain(getattr(run, name)) for name in _RUN}
    begun = {"state": ImportState.STARTED.value, "finished_at": None}
    session.execute(insert(ImportRunRow).values(**values | begun))


def add_rows(session: Session, import_id: str, rows: Iterable[ImportRow]) -> None:
    """Keep what became of rows of the import's file; each row number once."""
    for chunk in chunks(rows):
        values = [{name: plain(getattr(row, name)) for name in _ROW} for row in chunk]
        session.execute(insert(ImportRowRow), [{"import_id": import_id, **row} for row in values])


def finish(session: Session, id: str, at: datetime, counts: Mapping[str, Any]) -> None:
    """Note that the import is done. Raises NotFound, EditConflict where it was done before."""
    _require_state(session, id, ImportState.STARTED)
    values = {"state": ImportState.DONE.value, "finished_at": at, "counts": plain(counts)}
    _update(session, id, values)


def undo(session: Session, id: str, told: Mapping[str, Any] = _NOTHING) -> None:
    """Note that the import was taken back; what it wrote is the caller's to take back.

    told: what is to be kept of that, beside what its `mapping` says. Raises NotFound, and
    EditConflict for an import that isn't in force.
    """
    run = _require_state(session, id, ImportState.DONE)
    mapping = plain({**run.mapping, **told})
    _update(session, id, {"state": ImportState.UNDONE.value, "mapping": mapping})


def get(session: Session, id: str) -> ImportRun | None:
    """Return the import, None where there is none."""
    query = select(*_columns()).where(ImportRunRow.id == id)
    row = session.execute(query).one_or_none() if is_storable(id) else None
    return None if row is None else _run(row)


def recent(session: Session, limit: int = 50, offset: int = 0) -> tuple[ImportRun, ...]:
    """Return imports, the one that was started last first."""
    query = select(*_columns()).order_by(ImportRunRow.seq.desc()).limit(limit).offset(offset)
    return tuple(_run(row) for row in session.execute(query))


def rows(
    session: Session,
    import_id: str,
    after: int = 0,
    limit: int = 100,
    actions: Sequence[RowAction] = (),
) -> tuple[ImportRow, ...]:
    """Return up to `limit` rows with a number above `after`, in the file's order.

    `actions`, where given, narrows them down. For the next page, pass the last row's number.
    """
    columns = (getattr(ImportRowRow, name) for name in _ROW)
    query = select(*columns).where(ImportRowRow.import_id == import_id, ImportRowRow.row > after)
    if actions:
        query = query.where(ImportRowRow.action.in_(actions))
    found = session.execute(query.order_by(ImportRowRow.row).limit(limit))
    return tuple(_row(row) for row in found)


def _columns() -> tuple[Any, ...]:
    return tuple(getattr(ImportRunRow, name) for name in _RUN)


def _run(row: Sequence[Any]) -> ImportRun:
    values = dict(zip(_RUN, row, strict=True))
    read = {"noun": Noun(values["noun"]), "state": ImportState(values["state"])}
    return ImportRun(**(values | read))


def _row(row: Sequence[Any]) -> ImportRow:
    number, record_id, action, problems, original = row
    return ImportRow(number, record_id, RowAction(action), tuple(problems), original)


def _require_state(session: Session, id: str, state: ImportState) -> ImportRun:
    run = get(session, id)
    if run is None:
        raise NotFound(f"There is no import {id}.", hint="List the recent imports.")
    if run.state is not state:
        raise EditConflict(
            f"The import {id} is {run.state.value}, not {state.value}.",
            hint="Somebody may have been faster; load it again.",
        )
    return run


def _update(session: Session, id: str, values: Mapping[str, Any]) -> None:
    query = update(ImportRunRow).where(ImportRunRow.id == id).values(**values)
    session.execute(query.execution_options(synchronize_session=False))
