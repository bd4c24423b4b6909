"""The follow-ups of many needs at once, whoever pursues them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.store import followups
from matcher.store.codec import is_storable
from matcher.store.followups import Kept
from matcher.store.rows import chunks
from matcher.store.schema.followup import FollowUpRow


def pursued(session: Session, needs: Iterable[str]) -> list[Kept]:
    """Every follow-up of these needs, by id."""
    ids: list[str] = []
    for chunk in chunks(filter(is_storable, dict.fromkeys(needs))):
        ids += session.scalars(select(FollowUpRow.id).where(FollowUpRow.need.in_(chunk)))
    found = followups.get_many(session, sorted(ids))
    return [found[id] for id in sorted(found)]
