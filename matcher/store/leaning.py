"""What leans on records: the follow-ups and interests that lose something when these go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.domain.followup import ENDED
from matcher.domain.interest import WAITING
from matcher.store.rows import chunks
from matcher.store.schema.base import Base
from matcher.store.schema.followup import FollowUpRow
from matcher.store.schema.interest import InterestRow

_FOLLOW_UPS, _INTERESTS = (
    Base.metadata.tables[row.__tablename__] for row in (FollowUpRow, InterestRow)
)
_NAMED = frozenset((Noun.NEED, Noun.OUTCOME, Noun.MANAGER))
_OVER = tuple(state.value for state in ENDED)
_OPEN = tuple(state.value for state in WAITING)


@dataclass(frozen=True, slots=True)
class Leaning:
    """How many follow-ups that haven't ended, and how many interests that wait for an answer."""

    followups: int = 0
    interests: int = 0


def leaning(
    session: Session, noun: str, ids: Iterable[str], counts: Callable[[str], bool] = lambda _: True
) -> Leaning:
    """Count those that name one of the records of a noun. counts: whether those of a node do."""
    if noun not in _NAMED:
        return Leaning()
    followups, interests = dict[str, str](), dict[str, str]()
    for chunk in chunks(ids):
        followups |= _found(session, _FOLLOW_UPS, noun, chunk, _FOLLOW_UPS.c.state.not_in(_OVER))
        interests |= _found(session, _INTERESTS, noun, chunk, _INTERESTS.c.state.in_(_OPEN))
    return Leaning(*(sum(map(counts, found.values())) for found in (followups, interests)))


def _found(
    session: Session, table: Table, noun: str, ids: Iterable[str], state: ColumnElement[bool]
) -> dict[str, str]:
    """Their nodes, by id."""
    query = select(table.c.id, table.c.node).where(table.c[str(noun)].in_(list(ids)), state)
    return {row.id: row.node for row in session.execute(query)}
