"""The change feed: what was written, numbered in the order of commits.

Writers stand in line (see `Database.writing`), so who has seen number n never finds a smaller one
appear later. Numbers may be missing: a transaction that was rolled back keeps those it drew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.store.schema.base import Base
from matcher.store.schema.change import ChangeRow

_TABLE = Base.metadata.tables[ChangeRow.__tablename__]
_APPEND = insert(_TABLE)
_LATEST = select(func.max(_TABLE.c.seq))


@dataclass(frozen=True, slots=True)
class Change:
    """Record `id` was written, in whatever way; `seq` is the change's number, from 1."""

    seq: int
    noun: Noun
    id: str


def append(session: Session, noun: Noun, ids: Iterable[str], at: datetime) -> None:
    """Note that the records were written; call it in the transaction that writes them."""
    rows = [{"noun": noun.value, "id": id, "at": at} for id in ids]
    if rows:
        session.execute(_APPEND, rows)


def latest(session: Session) -> int:
    """Return the largest number given out and committed, 0 where there is none."""
    return session.scalar(_LATEST) or 0


def since(session: Session, seq: int, limit: int = 10_000) -> list[Change]:
    """Return the first `limit` changes after number `seq`, in order.

    Ask `covers` first where `seq` may be old: what was pruned is not among them.
    """
    query = (
        select(ChangeRow.seq, ChangeRow.noun, ChangeRow.id)
        .where(ChangeRow.seq > seq)
        .order_by(ChangeRow.seq)
        .limit(limit)
    )
    return [Change(number, Noun(noun), id) for number, noun, id in session.execute(query)]


def covers(session: Session, seq: int) -> bool:
    """Whether every change after number `seq` is still there.

    If not (it was pruned, or the database is an older backup), everything has to be read anew.
    """
    first, last = session.execute(select(func.min(ChangeRow.seq), func.max(ChangeRow.seq))).one()
    return seq == 0 if last is None else first - 1 <= seq <= last


def prune(session: Session, below: int) -> int:
    """Delete the changes with numbers less than `below`; return how many.

    The newest change always stays, so that no number is ever given out twice.
    """
    end = min(below, latest(session))
    return session.execute(delete(ChangeRow).where(ChangeRow.seq < end)).rowcount  # type: ignore[attr-defined, no-any-return]
