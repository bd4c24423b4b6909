"""Needs and outcomes that came lately."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import blake2b

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.store.tables import kind_of


def new_listings(session: Session, noun: Noun, since: datetime, limit: int, on: date) -> list[str]:
    """Return the ids of live records that were first written since then, the newest first, without
    what had ended before the day `on`. Of those of one import each day draws others."""
    columns = kind_of(noun).table.c
    # What came since then was changed since then, which an index finds.
    came = (columns.changed_at >= since, columns.created_at >= since)
    live = (columns.deleted_at.is_(None), columns.merged_into == "")
    valid = or_(columns.valid_until.is_(None), columns.valid_until >= on)
    query = select(columns.id, columns.created_at).where(*came, *live, valid)
    drawn = sorted((_draw(on, id_), at, id_) for id_, at in session.execute(query))
    newest = sorted(drawn, key=lambda one: one[1], reverse=True)
    return [id_ for _, _, id_ in newest[:limit]]


def _draw(on: date, id: str) -> bytes:
    return blake2b(f"{on.isoformat()} {id}".encode(), digest_size=8).digest()
