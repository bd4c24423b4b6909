"""Records as they stand in the store, and what a write did to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from matcher.domain.checks import require_text, require_utc
from matcher.domain.record import Record
from matcher.store.codec import Row, record_of
from matcher.store.tables import Kind

R_co = TypeVar("R_co", bound=Record, covariant=True)

BOOKS = frozenset(
    {
        *("version", "created_at", "changed_at", "changed_by"),
        *("deleted_at", "merged_into", "import_id"),
    }
)
"""The columns that tell of a record what it doesn't say itself."""


@dataclass(frozen=True, slots=True)
class Stored(Generic[R_co]):
    """A record in its newest version.

    `version` counts from 1; `changed_at`, `changed_by` (an account) and `import_id` (empty: by
    hand) tell of this version. `deleted_at` is None and `merged_into` empty while it is live.
    """

    record: R_co
    version: int
    created_at: datetime
    changed_at: datetime
    changed_by: str
    deleted_at: datetime | None
    merged_into: str
    import_id: str

    @property
    def live(self) -> bool:
        """Whether it is neither deleted nor merged into another record."""
        return self.deleted_at is None and not self.merged_into


class Effect(StrEnum):
    """What a write did to a record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    RESTORED = "restored"
    MERGED = "merged"
    UNMERGED = "unmerged"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one record; `version` is the one it has now."""

    id: str
    effect: Effect
    version: int


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes (an account's id), when (UTC), and in which import, if in one."""

    actor: str
    at: datetime
    import_id: str = ""

    def __post_init__(self) -> None:
        require_text(self.actor, "actor")
        require_utc(self.at, "at")

    def columns(self) -> Row:
        """The columns of a row that tell of its author."""
        return {"changed_by": self.actor, "changed_at": self.at, "import_id": self.import_id}


def stored_of(kind: Kind, row: Row) -> Stored[Any]:
    """Return what a row holds."""
    return Stored(
        record=record_of(kind.cls, row),
        version=row["version"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
        changed_by=row["changed_by"],
        deleted_at=row["deleted_at"],
        merged_into=row["merged_into"],
        import_id=row["import_id"],
    )
