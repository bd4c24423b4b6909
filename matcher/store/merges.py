"""Merges: pairs of records that may be one, proposed by the product, decided by a person."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.orm import Session

from matcher.domain.checks import require_between
from matcher.domain.enums import Noun
from matcher.errors import IllegalTransition, InvalidValue, NotFound
from matcher.store.codec import check_lengths, is_storable
from matcher.store.plain import plain
from matcher.store.schema.merge import MergeRow


class MergeState(StrEnum):
    """What was decided about a pair."""

    PROPOSED = "proposed"
    MERGED = "merged"
    REJECTED = "rejected"
    UNDONE = "undone"


_LEGAL = {
    MergeState.PROPOSED: (MergeState.MERGED, MergeState.REJECTED),
    MergeState.MERGED: (MergeState.UNDONE,),
    MergeState.REJECTED: (MergeState.MERGED,),
    MergeState.UNDONE: (MergeState.MERGED,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two records of one noun: `dropped` would become part of `kept`.

    `score` says how sure the proposal is, 0 to 1, and `why` what it rests on, as plain values.
    """

    id: str
    noun: Noun
    kept: str
    dropped: str
    score: float
    created_at: datetime
    why: Mapping[str, Any] = field(default_factory=dict)
    state: MergeState = MergeState.PROPOSED
    decided_by: str = ""
    decided_at: datetime | None = None


_NAMES = tuple(one.name for one in fields(Merge))
_COLUMNS = tuple(getattr(MergeRow, name) for name in _NAMES)


def propose(
    session: Session,
    noun: Noun,
    kept: str,
    dropped: str,
    *,
    score: float,
    why: Mapping[str, Any],
    at: datetime,
) -> Merge:
    """Propose the pair, unless it was proposed before in whichever order; return how it stands.

    So a pair that was rejected, or merged and taken apart again, isn't proposed again. Raises
    InvalidValue for a record with itself and for a score that is none.
    """
    require_between(score, 0, 1, "score")
    check_lengths({"kept": kept, "dropped": dropped}, ("kept", "dropped"))
    if kept == dropped:
        raise InvalidValue(f"{kept} is one record.", field="dropped", hint="Name another record.")
    before = for_pair(session, noun, kept, dropped)
    if before is not None:
        return before
    merge = Merge(
        id=uuid.uuid4().hex,
        noun=noun,
        kept=kept,
        dropped=dropped,
        score=score,
        why=plain(why),
        created_at=at,
    )
    low, high = sorted((kept, dropped))
    session.execute(insert(MergeRow).values(low=low, high=high, **_values(merge)))
    return merge


def get(session: Session, id: str) -> Merge | None:
    """Return the merge, None where there is none."""
    query = select(*_COLUMNS).where(MergeRow.id == id)
    row = session.execute(query).one_or_none() if is_storable(id) else None
    return None if row is None else _merge(row)


def for_pair(session: Session, noun: Noun, one: str, other: str) -> Merge | None:
    """Return how the pair stands, named in whichever order; None where nobody thought of it."""
    low, high = sorted((one, other))
    query = select(*_COLUMNS).where(
        MergeRow.noun == noun.value, MergeRow.low == low, MergeRow.high == high
    )
    row = session.execute(query).one_or_none()
    return None if row is None else _merge(row)


def in_state(
    session: Session,
    state: MergeState,
    noun: Noun | None = None,
    limit: int = 100,
    offset: int = 0,
    after: str = "",
) -> tuple[Merge, ...]:
    """Return merges in this state, the surest first, of equally sure ones the oldest.

    after: only those behind the merge of this id, in whatever state that is by now.
    """
    query = select(*_COLUMNS).where(MergeRow.state == state.value)
    if noun is not None:
        query = query.where(MergeRow.noun == noun.value)
    if after:
        score, seq = (
            select(column).where(MergeRow.id == after).scalar_subquery()
            for column in (MergeRow.score, MergeRow.seq)
        )
        later = and_(MergeRow.score == score, MergeRow.seq > seq)
        query = query.where(or_(MergeRow.score < score, later))
    query = query.order_by(MergeRow.score.desc(), MergeRow.seq).limit(limit).offset(offset)
    return tuple(_merge(row) for row in session.execute(query))


def decide(session: Session, id: str, to: MergeState, *, by: str, at: datetime) -> Merge:
    """Note what `by` decided about the pair and return it; the records are the caller's to write.

    Raises NotFound, and IllegalTransition with `values["legal"]`: what is proposed, was rejected
    or taken apart may be merged, what is proposed may be rejected, what is merged taken apart.
    """
    merge = _require(session, id)
    legal = _LEGAL[merge.state]
    if to not in legal:
        raise IllegalTransition(
            f"A merge that is {merge.state.value} can't become {to.value}.",
            hint=f"It can become: {', '.join(legal)}. Somebody may have been faster.",
            legal=legal,
        )
    values = {"state": to.value, "decided_by": by, "decided_at": at}
    query = update(MergeRow).where(MergeRow.id == id).values(**values)
    session.execute(query.execution_options(synchronize_session=False))
    return _require(session, id)


def _require(session: Session, id: str) -> Merge:
    merge = get(session, id)
    if merge is None:
        raise NotFound(f"There is no merge {id}.", hint="List the proposed merges.")
    return merge


def _values(merge: Merge) -> dict[str, Any]:
    return {name: getattr(merge, name) for name in _NAMES}


def _merge(row: Sequence[Any]) -> Merge:
    values = dict(zip(_NAMES, row, strict=True))
    return Merge(**(values | {"noun": Noun(values["noun"]), "state": MergeState(values["state"])}))
