"""Interactions: what is known to go together, as records and as arrays to train on."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from matcher.domain.interaction import Interaction
from matcher.store.codec import Row, check_lengths, record_of, row_of
from matcher.store.rows import CHUNK, chunks, fetch, fetch_after, insert
from matcher.store.schema.base import Base
from matcher.store.schema.interaction import InteractionRow
from matcher.store.stored import Effect

_TABLE = Base.metadata.tables[InteractionRow.__tablename__]
_ROWS_AT_ONCE = 10_000
_INDEXED = ("id", "need", "outcome", "manager", "external_id")


class Party(StrEnum):
    """The sides that an interaction may have."""

    NEED = "need"
    OUTCOME = "outcome"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Weights:
    """`n` interactions between two sides, in the order of their ids in the database.

    `lefts` and `rights`: int32[n], places in `left_ids` and `right_ids`, which hold each id once
    in the order of first appearance; `weights`: float32[n]. A pair may come more than once.
    """

    left_ids: tuple[str, ...]
    right_ids: tuple[str, ...]
    lefts: NDArray[np.int32]
    rights: NDArray[np.int32]
    weights: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.weights)


def put(session: Session, interactions: Iterable[Interaction]) -> list[Effect]:
    """Write each, in the place of one with its id, and return what that came to, in order.

    Writing the same again changes nothing; of two with one id the later one holds.
    """
    return [effect for chunk in chunks(interactions) for effect in _put(session, chunk)]


def get_many(session: Session, ids: Iterable[str]) -> dict[str, Interaction]:
    """Return those of the interactions that there are, by id."""
    return {id: record_of(Interaction, row) for id, row in fetch(session, _TABLE, [*ids]).items()}


def every(session: Session) -> Iterator[Interaction]:
    """Yield all interactions in the order of their ids, without holding them all."""
    rows = fetch_after(session, _TABLE, "", CHUNK)
    while rows:
        yield from (record_of(Interaction, row) for row in rows)
        rows = fetch_after(session, _TABLE, rows[-1]["id"], CHUNK)


def count(session: Session) -> int:
    """Return how many interactions there are."""
    return session.scalar(select(func.count()).select_from(_TABLE)) or 0


def remove(session: Session, ids: Iterable[str]) -> int:
    """Delete the interactions, as undoing their import does; return how many there were."""
    removed = 0
    for chunk in chunks(ids):
        present = get_many(session, chunk)
        session.execute(delete(_TABLE).where(_TABLE.c.id.in_(present)))
        removed += len(present)
    return removed


def weights(session: Session, left: Party = Party.NEED, right: Party = Party.OUTCOME) -> Weights:
    """Return all interactions that have both sides, as arrays to train on."""
    columns = getattr(InteractionRow, left.value), getattr(InteractionRow, right.value)
    query = (
        select(*columns, InteractionRow.weight)
        .where(columns[0] != "", columns[1] != "")
        .order_by(InteractionRow.id)
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    lefts, rights, values = _Places(), _Places(), array("f")
    with session.execute(query) as found:
        for left_id, right_id, weight in found:
            lefts.add(left_id)
            rights.add(right_id)
            values.append(weight)
    return Weights(
        lefts.ids(), rights.ids(), lefts.array(), rights.array(), np.array(values, np.float32)
    )


class _Places:
    """Numbers ids as they come, and holds the numbers of all rows."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._rows = array("i")

    def add(self, id: str) -> None:
        self._rows.append(self._numbers.setdefault(id, len(self._numbers)))

    def ids(self) -> tuple[str, ...]:
        return tuple(self._numbers)

    def array(self) -> NDArray[np.int32]:
        return np.array(self._rows, np.int32)


def _put(session: Session, interactions: Sequence[Interaction]) -> list[Effect]:
    """Compare with what there is, then write what differs in one delete and one insert."""
    present = get_many(session, [one.id for one in interactions])
    changed: dict[str, Interaction] = {}
    effects = []
    for one in interactions:
        effects.append(_effect(one, changed.get(one.id) or present.get(one.id)))
        if effects[-1] is not Effect.UNCHANGED:
            changed[one.id] = one
    rows = [_row(one) for one in changed.values()]
    session.execute(delete(_TABLE).where(_TABLE.c.id.in_([row["id"] for row in rows])))
    insert(session, _TABLE, rows)
    return effects


def _effect(interaction: Interaction, before: Interaction | None) -> Effect:
    if before is None:
        return Effect.CREATED
    return Effect.UNCHANGED if before == interaction else Effect.UPDATED


def _row(interaction: Interaction) -> Row:
    row = row_of(interaction)
    check_lengths(row, _INDEXED)
    return row
