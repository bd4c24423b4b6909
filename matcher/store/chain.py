"""The chain of events: each row's seal holds the seal before it, so that no row changes unseen.

The last seal stands for everything that was ever written. Beside the rows it is kept in a row of
its own, with their count, so that rows missing at the end are missed too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from matcher.store.schema.base import Base
from matcher.store.schema.event import EventHeadRow

START = ""
"""What stands before the first seal."""

_BYTES = 32
_CHAIN = "event"
_HEADS = Base.metadata.tables[EventHeadRow.__tablename__]
_HEAD = select(_HEADS.c.seq, _HEADS.c.seal, _HEADS.c.events).where(_HEADS.c.name == _CHAIN)
_BEGIN = insert(_HEADS).values(name=_CHAIN)
_MOVE = (
    update(_HEADS)
    .where(_HEADS.c.name == _CHAIN)
    .values({name: bindparam(f"new_{name}") for name in ("seq", "seal", "events")})
)
_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=repr).encode


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: number and seal of the last event, and how many there are.

    A chain that hasn't begun ends at 0 with START.
    """

    seq: int = 0
    seal: str = START
    events: int = 0


def sealed(before: str, row: Mapping[str, Any]) -> str:
    """Return the seal of a row that follows a row sealed with `before`: BLAKE2b, 64 hex digits.

    All columns go into it but the seal itself, and both databases give the same one. The form is
    fixed: another one would break the chains there are.
    """
    columns = [
        before,
        row["seq"],
        row["actor"],
        row["verb"],
        _time(row["at"]),
        row["subjects"],
        row["position"],
        _real(row["propensity"]),
        row["model_version"],
    ]
    return hashlib.blake2b(_written(columns).encode(), digest_size=_BYTES).hexdigest()


def head(session: Session) -> Head | None:
    """Return the kept end of the chain, None where nothing was ever sealed."""
    found = session.execute(_HEAD).first()
    return None if found is None else Head(*found)


def move_head(session: Session, before: Head | None, after: Head) -> None:
    """Keep the end of the chain; `before` is what was read in the same transaction."""
    values = {"seq": after.seq, "seal": after.seal, "events": after.events}
    if before is None:
        session.execute(_BEGIN, values)
    else:
        session.execute(_MOVE, {f"new_{name}": value for name, value in values.items()})


def _time(at: Any) -> Any:
    """In UTC with microseconds, whatever the database keeps of the zone."""
    if not isinstance(at, datetime):
        return at
    utc = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return utc.isoformat(timespec="microseconds")


def _real(value: Any) -> Any:
    """A whole number comes back from the database with a point."""
    return float(value) if isinstance(value, int) else value
