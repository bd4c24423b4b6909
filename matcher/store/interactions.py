"""Interactions: what is known to go together, as records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from matcher.domain.interaction import Interaction
from matcher.store.codec import Row, check_lengths, record_of, row_of
from matcher.store.rows import CHUNK, chunks, fetch, fetch_after, insert
from matcher.store.schema.base import Base
from matcher.store.schema.interaction import InteractionRow
from matcher.store.stored import Effect

_TABLE = Base.metadata.tables[InteractionRow.__tablename__]
_INDEXED = ("id", "need", "outcome", "manager", "external_id")


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
