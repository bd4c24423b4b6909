"""Requests that name a key: which ones were begun, and what was answered, for a day.

A key belongs to the account that sent it. Functions need a session of `Database.writing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from matcher.store.schema.idempotency import IdempotencyRow

KEPT = timedelta(hours=24)
"""How long a key is remembered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was sent."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Begun:
    """A request that was begun before: `request` tells it from others, `answer` is None while it
    is carried out."""

    request: str
    answer: Answer | None


def begin(session: Session, account: str, key: str, request: str, now: datetime) -> Begun | None:
    """Remember that a request is carried out; None, or the one that has the key already.

    What is older than `KEPT` is forgotten first.
    """
    session.execute(delete(IdempotencyRow).where(IdempotencyRow.begun_at <= now - KEPT))
    found = select(IdempotencyRow).where(*_is(account, key))
    row = session.execute(found).scalar_one_or_none()
    if row is not None:
        return Begun(row.request, _answer(row))
    values = {"account": account, "key": key, "request": request, "begun_at": now}
    session.execute(insert(IdempotencyRow).values(**values, headers={}, body=""))
    return None


def finish(session: Session, account: str, key: str, answer: Answer) -> None:
    """Keep what was answered."""
    values = {"status": answer.status, "headers": dict(answer.headers), "body": answer.body}
    changed = update(IdempotencyRow).where(*_is(account, key)).values(**values)
    session.execute(changed.execution_options(synchronize_session=False))


def forget(session: Session, account: str, key: str) -> None:
    """Free the key of a request that came to nothing."""
    gone = delete(IdempotencyRow).where(*_is(account, key))
    session.execute(gone.execution_options(synchronize_session=False))


def _is(account: str, key: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return IdempotencyRow.account == account, IdempotencyRow.key == key


def _answer(row: IdempotencyRow) -> Answer | None:
    return None if row.status is None else Answer(row.status, row.body, row.headers)
