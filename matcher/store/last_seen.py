"""When accounts were last seen: signing in, on a page, or by a token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.store.rows import chunks
from matcher.store.schema.event import EventRow, EventSubjectRow
from matcher.store.schema.token import TokenRow
from matcher.store.schema.web_session import WebSessionRow

_SIGNED_IN = "signed_in"


def last_seen(session: Session, accounts: Iterable[str]) -> dict[str, datetime]:
    """The latest time (UTC) by account of those of these that were ever seen.

    A token and a session count to within the ten minutes in which their use is noted.
    """
    found: dict[str, datetime] = {}
    for some in chunks(sorted(set(accounts))):
        for query in _queries(some):
            for account, at in session.execute(query):
                found[account] = max(at, found.get(account, at))
    return found


def _queries(accounts: list[str]) -> Iterator[Any]:
    link = EventSubjectRow
    yield (
        select(link.id, func.max(EventRow.at))
        .join(EventRow, EventRow.seq == link.event)
        .where(link.noun == Noun.ACCOUNT.value, link.id.in_(accounts))
        .where(EventRow.verb == _SIGNED_IN)
        .group_by(link.id)
    )
    yield (
        select(WebSessionRow.account, func.max(WebSessionRow.seen_at))
        .where(WebSessionRow.account.in_(accounts))
        .group_by(WebSessionRow.account)
    )
    yield (
        select(TokenRow.account, func.max(TokenRow.last_used_at))
        .where(TokenRow.account.in_(accounts), TokenRow.last_used_at.is_not(None))
        .group_by(TokenRow.account)
    )
