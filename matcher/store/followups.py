"""Follow-ups: each with its whole history, saved without ever overwriting a step or a note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, or_, select
from sqlalchemy.orm import Session

from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import FollowUp, Note, Transition
from matcher.errors import DuplicateId, EditConflict, InvalidValue, NotFound
from matcher.store.codec import Row, check_lengths, is_storable, record_of, row_of
from matcher.store.rows import CHUNK, chunks, fetch_after, insert, update
from matcher.store.schema.base import Base
from matcher.store.schema.followup import ContractRow, FollowUpRow, NoteRow, TransitionRow

_TABLE, _STEPS, _NOTES, _CONTRACTS = (
    Base.metadata.tables[row.__tablename__]
    for row in (FollowUpRow, TransitionRow, NoteRow, ContractRow)
)
_ELSEWHERE = ("history", "notes", "contract")
_INDEXED = ("id", "need", "outcome", "manager", "node")


@dataclass(frozen=True, slots=True)
class Kept:
    """A follow-up as stored; `version` counts its writes from 1."""

    followup: FollowUp
    version: int


def add(session: Session, followup: FollowUp) -> Kept:
    """Keep a new follow-up. Raises DuplicateId where its id is taken."""
    if get(session, followup.id) is not None:
        raise DuplicateId(f"There is a follow-up {followup.id} already.", field="id")
    insert(session, _TABLE, [{"version": 1, **_plain(followup)}])
    _append(session, followup.id, followup.history, followup.notes)
    _write_contract(session, followup)
    return Kept(followup, 1)


def get(session: Session, id: str) -> Kept | None:
    """Return the follow-up, None where there is none."""
    return get_many(session, [id]).get(id)


def get_many(session: Session, ids: Iterable[str]) -> dict[str, Kept]:
    """Return those of the follow-ups that there are, by id."""
    read = (_read(session, _TABLE.c.id.in_(chunk)) for chunk in chunks(filter(is_storable, ids)))
    return {kept.followup.id: kept for group in read for kept in group}


def every(session: Session, states: Collection[State] = (), after: str = "") -> Iterator[Kept]:
    """Yield all follow-ups in the order of their ids, without holding them all.

    states: only those in one of these, where any is named. after: only those with larger ids.
    """
    return _read(session, *_in(states), after=after)


def within(
    session: Session,
    managers: Collection[str],
    nodes: Collection[str],
    states: Collection[State],
    after: str = "",
) -> Iterator[Kept]:
    """Yield, as `every` does, those of these managers and those of these nodes."""
    theirs = or_(_TABLE.c.manager.in_(sorted(managers)), _TABLE.c.node.in_(sorted(nodes)))
    return _read(session, theirs, *_in(states), after=after)


def for_manager(session: Session, manager: str) -> tuple[Kept, ...]:
    """Return the follow-ups of a manager, by id."""
    return tuple(_read(session, _TABLE.c.manager == manager))


def for_pair(session: Session, need: str, outcome: str) -> tuple[Kept, ...]:
    """Return the follow-ups that pursue this need with this outcome, by id."""
    return tuple(_read(session, _TABLE.c.need == need, _TABLE.c.outcome == outcome))


def save(session: Session, followup: FollowUp, expected_version: int) -> Kept:
    """Write a later state of the follow-up over the version that the caller had read.

    Steps and notes are appended. Raises NotFound; EditConflict where another version is stored;
    InvalidValue where history, notes or pair aren't those stored with something added.
    """
    stored = get(session, followup.id)
    if stored is None:
        raise NotFound(f"There is no follow-up {followup.id}.", hint="It may never have been kept.")
    if stored.version != expected_version:
        raise EditConflict(
            f"Somebody else changed the follow-up {followup.id}.",
            hint="Load it again, then repeat your change.",
            version=stored.version,
        )
    _require_extension(stored.followup, followup)
    _update(session, stored, followup)
    return Kept(followup, stored.version + 1)


def _in(states: Collection[State]) -> tuple[ColumnElement[bool], ...]:
    return (_TABLE.c.state.in_(sorted(state.value for state in states)),) if states else ()


def _update(session: Session, stored: Kept, followup: FollowUp) -> None:
    update(session, _TABLE, [{"version": stored.version + 1, **_plain(followup)}])
    before = stored.followup
    steps = followup.history[len(before.history) :]
    _append(session, followup.id, steps, followup.notes[len(before.notes) :])
    if followup.contract != before.contract:
        _write_contract(session, followup)


def _require_extension(stored: FollowUp, followup: FollowUp) -> None:
    """Refuse what would overwrite: another pair, a changed past, a state that no step led to."""
    if (followup.need, followup.outcome) != (stored.need, stored.outcome):
        raise _overwriting("outcome", "A follow-up stays with its need and outcome.")
    if followup.notes[: len(stored.notes)] != stored.notes:
        raise _overwriting("notes", "A note that was written stays.")
    steps = followup.history[len(stored.history) :]
    before = steps[0].from_state if steps else followup.state
    if followup.history[: len(stored.history)] != stored.history or before is not stored.state:
        raise _overwriting("history", "What was done stays in the history.")


def _overwriting(field: str, message: str) -> InvalidValue:
    hint = "Load the follow-up and add to it; for another pair start another follow-up."
    return InvalidValue(message, field=field, hint=hint)


def _append(session: Session, id: str, steps: Sequence[Transition], notes: Sequence[Note]) -> None:
    insert(session, _STEPS, [{"follow_up": id, **row_of(step)} for step in steps])
    insert(session, _NOTES, [{"follow_up": id, **row_of(note)} for note in notes])


def _write_contract(session: Session, followup: FollowUp) -> None:
    session.execute(delete(_CONTRACTS).where(_CONTRACTS.c.follow_up == followup.id))
    if followup.contract is not None:
        row = {"follow_up": followup.id, **row_of(followup.contract)}
        insert(session, _CONTRACTS, [row])


def _plain(followup: FollowUp) -> Row:
    """The columns of the follow-up's own row, once all that belongs to it can be stored."""
    row = row_of(followup)
    check_lengths(row, _INDEXED)
    check_lengths(row["contract"] or {"contract_reg_no": ""}, ("contract_reg_no",))
    return {name: value for name, value in row.items() if name not in _ELSEWHERE}


def _read(session: Session, *wanted: ColumnElement[bool], after: str = "") -> Iterator[Kept]:
    """The follow-ups that meet all conditions, by id, a batch at a time."""
    rows = fetch_after(session, _TABLE, after, CHUNK, *wanted)
    yield from _whole(session, rows)
    while len(rows) == CHUNK:
        rows = fetch_after(session, _TABLE, rows[-1]["id"], CHUNK, *wanted)
        yield from _whole(session, rows)


def _whole(session: Session, rows: Sequence[Row]) -> Iterator[Kept]:
    """The rows with what belongs to them from the other tables."""
    ids = [row["id"] for row in rows]
    steps = _parts(session, _STEPS, ids, _STEPS.c.seq)
    notes = _parts(session, _NOTES, ids, _NOTES.c.seq)
    sheets = _parts(session, _CONTRACTS, ids, _CONTRACTS.c.follow_up)
    for row in rows:
        id = row["id"]
        parts = {"history": steps[id], "notes": notes[id], "contract": next(iter(sheets[id]), None)}
        # The columns of a part are fields of its class; its others (seq, follow_up) don't matter.
        yield Kept(record_of(FollowUp, {**row, **parts}), row["version"])


def _parts(
    session: Session, table: Table, ids: list[str], order: Column[Any]
) -> Mapping[str, list[Row]]:
    """The rows of a table that belong to each follow-up, in order."""
    rows: dict[str, list[Row]] = defaultdict(list)
    query = select(table).where(table.c.follow_up.in_(ids)).order_by(order)
    for row in session.execute(query).mappings():
        rows[row["follow_up"]].append(dict(row))
    return rows
