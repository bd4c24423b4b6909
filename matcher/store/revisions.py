"""Versions that newer ones took the place of: nothing that was stored is ever lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.store.codec import Row, content_of, record_of
from matcher.store.schema.base import Base
from matcher.store.schema.revision import RevisionRow
from matcher.store.stored import R_co
from matcher.store.tables import Kind, kind_of

_TABLE = Base.metadata.tables[RevisionRow.__tablename__]


@dataclass(frozen=True, slots=True)
class Revision(Generic[R_co]):
    """A superseded version: what it held, who wrote it, when, and in which import if in one."""

    record: R_co
    version: int
    actor: str
    at: datetime
    import_id: str
    deleted_at: datetime | None
    merged_into: str


def revisions(session: Session, noun: Noun, id: str) -> list[Revision[Any]]:
    """Return the superseded versions of a record, the first one first; [] where there is none."""
    query = (
        select(RevisionRow)
        .where(RevisionRow.noun == noun.value, RevisionRow.id == id)
        .order_by(RevisionRow.version)
    )
    return [_revision_of(kind_of(noun), row) for row in session.scalars(query)]


def revision(session: Session, noun: Noun, id: str, version: int) -> Revision[Any] | None:
    """Return one superseded version, None where there is no such one."""
    row = session.get(RevisionRow, (noun.value, id, version))
    return None if row is None else _revision_of(kind_of(noun), row)


def keep(session: Session, kind: Kind, rows: Sequence[Row]) -> None:
    """Keep rows of the noun's table as they stand, before newer versions are written over them."""
    if rows:
        values = [_columns(kind, row) for row in rows]
        session.execute(insert(_TABLE), values)


def _columns(kind: Kind, row: Row) -> Row:
    return {
        "noun": kind.noun.value,
        "id": row["id"],
        "version": row["version"],
        "content": content_of(kind.cls, row),
        "actor": row["changed_by"],
        "at": row["changed_at"],
        "import_id": row["import_id"],
        "deleted_at": row["deleted_at"],
        "merged_into": row["merged_into"],
    }


def _revision_of(kind: Kind, row: RevisionRow) -> Revision[Any]:
    return Revision(
        record=record_of(kind.cls, row.content),
        version=row.version,
        actor=row.actor,
        at=row.at,
        import_id=row.import_id,
        deleted_at=row.deleted_at,
        merged_into=row.merged_into,
    )
