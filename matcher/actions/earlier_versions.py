"""Many records as they were before an import, looked up together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.store.codec import record_of
from matcher.store.schema.revision import RevisionRow as Row
from matcher.store.tables import kind_of


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version: what it held, whether it was deleted, and the import it came by, if by one."""

    record: Any
    deleted: bool
    import_id: str


def before_import(
    session: Session, noun: Noun, import_id: str, ids: Sequence[str]
) -> Mapping[str, Earlier]:
    """The version before the first that the import wrote, by id; none where that was the first.

    ids: of records whose newest version is the import's; at most a few hundred.
    """
    chosen: dict[str, tuple[int, bool, str]] = {}
    written: set[str] = set()
    query = (
        select(Row.id, Row.version, Row.import_id, Row.deleted_at)
        .where(Row.noun == noun.value, Row.id.in_(ids))
        .order_by(Row.id, Row.version)
    )
    for id_, version, by, deleted_at in session.execute(query):
        if by == import_id:
            written.add(id_)
        elif id_ not in written:
            chosen[id_] = (version, deleted_at is not None, by)
    contents = _contents(session, noun, [(id_, one[0]) for id_, one in chosen.items()])
    return {id_: Earlier(contents[id_], one[1], one[2]) for id_, one in chosen.items()}


def _contents(session: Session, noun: Noun, versions: Sequence[tuple[str, int]]) -> dict[str, Any]:
    cls = kind_of(noun).cls
    query = select(Row.id, Row.content).where(
        Row.noun == noun.value, tuple_(Row.id, Row.version).in_(versions)
    )
    return {id_: record_of(cls, content) for id_, content in session.execute(query)}
