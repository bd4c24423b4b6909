"""Listings that want a look by their owner, and which of them the owner was told of already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.store import rows
from matcher.store.schema.event import EventRow
from matcher.store.stored import Stored, stored_of
from matcher.store.tables import kind_of

PROMPTED = "prompted"
"""The verb of the event: somebody was told that a listing is ageing."""
LISTED = (Noun.OUTCOME, Noun.NEED)
"""What has a validity."""
_BATCH = 1000


def ageing(
    session: Session, noun: Noun, valid_until: date, updated_before: date
) -> Iterator[Stored[Any]]:
    """Yield live listings, by id, that are valid until this day at most or not updated since."""
    kind = kind_of(noun)
    columns, last = kind.table.c, ""
    wanted = (
        columns.deleted_at.is_(None),
        columns.merged_into == "",
        or_(columns.valid_until <= valid_until, columns.updated_at < updated_before),
    )
    while page := rows.fetch_after(session, kind.table, last, _BATCH, *wanted):
        yield from (stored_of(kind, row) for row in page)
        last = page[-1]["id"]


def prompted_since(session: Session, at: datetime) -> frozenset[tuple[Noun, str]]:
    """Return noun and id of every listing whose owner was told of it since then."""
    return frozenset(last_prompted(session, at))


def last_prompted(session: Session, since: datetime) -> dict[tuple[Noun, str], date]:
    """Return noun and id of every listing that its owner was told of since then, and the last day
    on which they were."""
    wanted = (EventRow.verb == PROMPTED, EventRow.at >= since)
    query = select(EventRow.subjects, EventRow.at).where(*wanted).order_by(EventRow.seq)
    return {
        (Noun(one["noun"]), one["id"]): at.date()
        for named, at in session.execute(query)
        for one in named[:1]
    }
