"""Attempts to sign in, by who was named and where they came from.

Functions need a session of `Database.writing`, so that attempts at once are counted one by one.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from matcher.store.schema.sign_in_attempt import SignInAttemptRow


def add(session: Session, who: str, origin: str, at: datetime) -> None:
    """Note one; it counts as a failure until it is cleared."""
    session.execute(insert(SignInAttemptRow).values(who=who, origin=origin, at=at))


def newest_of(session: Session, who: str, limit: int) -> list[datetime]:
    """Return when the last `limit` were made in this name, the newest first."""
    return _newest(session, SignInAttemptRow.who == who, limit)


def newest_from(session: Session, origin: str, limit: int) -> list[datetime]:
    """Return when the last `limit` were made from there, the newest first."""
    return _newest(session, SignInAttemptRow.origin == origin, limit)


def newest_of_from(session: Session, who: str, origin: str, limit: int) -> list[datetime]:
    """Return when the last `limit` were made in this name from there, the newest first."""
    return _newest(
        session, (SignInAttemptRow.who == who) & (SignInAttemptRow.origin == origin), limit
    )


def clear(session: Session, who: str, origin: str | None = None) -> None:
    """Forget those in this name, from there alone where `origin` is given."""
    which = SignInAttemptRow.who == who
    _delete(session, which if origin is None else which & (SignInAttemptRow.origin == origin))


def forget(session: Session, until: datetime) -> None:
    """Forget those up to that time."""
    _delete(session, SignInAttemptRow.at <= until)


def _newest(session: Session, which: ColumnElement[bool], limit: int) -> list[datetime]:
    query = select(SignInAttemptRow.at).where(which)
    return list(session.scalars(query.order_by(SignInAttemptRow.seq.desc()).limit(limit)))


def _delete(session: Session, which: ColumnElement[bool]) -> None:
    query = delete(SignInAttemptRow).where(which)
    session.execute(query.execution_options(synchronize_session=False))
