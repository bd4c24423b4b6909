"""Sessions of people who signed in on a page: found by a secret, over by themselves or at once.

The secret is 256 random bits; the database holds its SHA-256 alone. A session that is over is
deleted, so that no clock set back makes it good again.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from matcher.store.schema.web_session import WebSessionRow

IDLE = timedelta(hours=8)
"""How long a session lasts without being used."""
LONGEST = timedelta(days=7)
"""How long it lasts at most."""
_BYTES = 32


@dataclass(frozen=True, slots=True)
class WebSession:
    """Whose it is, and how long it has been going on; times are UTC."""

    account: str
    began_at: datetime
    seen_at: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether it went on or wasn't used for too long."""
        return now - self.began_at >= LONGEST or now - self.seen_at >= IDLE


def begin(session: Session, account: str, now: datetime) -> str:
    """Return the secret of a new session of the account; those that went on too long are deleted.

    The account must be there.
    """
    _delete(session, WebSessionRow.began_at <= now - LONGEST)
    secret = secrets.token_urlsafe(_BYTES)
    row = {"digest": _digest(secret), "account": account, "began_at": now, "seen_at": now}
    session.execute(insert(WebSessionRow).values(**row))
    return secret


def find(session: Session, secret: str) -> WebSession | None:
    """Return the session of this secret, one that is over by the clock too."""
    columns = (WebSessionRow.account, WebSessionRow.began_at, WebSessionRow.seen_at)
    row = session.execute(select(*columns).where(_has(secret))).one_or_none()
    return None if row is None else WebSession(*row)


def seen(session: Session, secret: str, now: datetime) -> None:
    """Note that it was used; a clock that went back doesn't take that back."""
    query = update(WebSessionRow).where(_has(secret), WebSessionRow.seen_at < now)
    session.execute(query.values(seen_at=now).execution_options(synchronize_session=False))


def end(session: Session, secret: str) -> None:
    """End the session of this secret, if there is one."""
    _delete(session, _has(secret))


def end_all(session: Session, account: str) -> None:
    """End every session of the account."""
    _delete(session, WebSessionRow.account == account)


def _has(secret: str) -> ColumnElement[bool]:
    return WebSessionRow.digest == _digest(secret)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _delete(session: Session, which: ColumnElement[bool]) -> None:
    query = delete(WebSessionRow).where(which)
    session.execute(query.execution_options(synchronize_session=False))
