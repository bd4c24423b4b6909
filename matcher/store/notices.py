"""Notices of accounts: each matter is told once, by whichever round comes first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session

from matcher.domain.notice import Matter, Notice, NoticeKind
from matcher.store.codec import record_of, row_of
from matcher.store.rows import as_dicts, chunks
from matcher.store.schema.base import Base
from matcher.store.schema.notice import NoticeRow, NoticeToldRow

_TABLE, _TOLD = (Base.metadata.tables[row.__tablename__] for row in (NoticeRow, NoticeToldRow))
_DIGEST = 16
"""Bytes; two keys of one account don't share them by chance."""


def untold(
    session: Session, account: str, kind: NoticeKind, matters: Iterable[Matter]
) -> tuple[Matter, ...]:
    """Return those that the account wasn't told of, in their order, each key once."""
    by_digest: dict[str, Matter] = {}
    for matter in matters:
        by_digest.setdefault(_digest(matter.key), matter)
    for chunk in chunks(tuple(by_digest)):
        theirs = (_TOLD.c.account == account, _TOLD.c.kind == kind.value)
        query = select(_TOLD.c.digest).where(*theirs, _TOLD.c.digest.in_(chunk))
        for digest in session.scalars(query):
            del by_digest[digest]
    return tuple(by_digest.values())


def add(session: Session, notice: Notice, matters: Sequence[Matter]) -> Notice:
    """Keep a notice, and that its account was told of all these matters, which it wasn't before.

    Returns it with its number.
    """
    row = {name: value for name, value in row_of(notice).items() if name != "seq"}
    seq = session.scalar(insert(_TABLE).values(**row).returning(_TABLE.c.seq))
    told = {"account": notice.account, "kind": notice.kind.value, "at": notice.at}
    rows = [{**told, "digest": _digest(matter.key)} for matter in matters]
    if rows:
        session.execute(insert(_TOLD), rows)
    return replace(notice, seq=seq or 0)


def get(session: Session, account: str, seq: int) -> Notice | None:
    """Return the account's notice of this number, None where there is none."""
    return next(iter(_read(session, _TABLE.c.account == account, _TABLE.c.seq == seq)), None)


def page(session: Session, account: str, before: int, limit: int) -> tuple[Notice, ...]:
    """Return an account's notices, the newest first; before: smaller numbers alone, 0 for all."""
    older = (_TABLE.c.seq < before,) if before else ()
    return _read(session, _TABLE.c.account == account, *older, limit=limit)


def unread(session: Session, account: str) -> int:
    """Return how many the account hasn't read."""
    theirs = (_TABLE.c.account == account, _TABLE.c.read_at.is_(None))
    return session.scalar(select(func.count()).select_from(_TABLE).where(*theirs)) or 0


def read(session: Session, account: str, seqs: Collection[int], at: datetime) -> None:
    """Note that the account has read these."""
    for chunk in chunks(sorted(seqs)):
        _note_read(session, account, at, _TABLE.c.seq.in_(chunk))


def read_all(session: Session, account: str, up_to: int, at: datetime) -> None:
    """Note that the account has read all up to this number."""
    _note_read(session, account, at, _TABLE.c.seq <= up_to)


def unmailed(session: Session, account: str, since: datetime) -> tuple[Notice, ...]:
    """Return those that came since then, and were neither read nor mailed, the newest first."""
    waits = (_TABLE.c.read_at.is_(None), _TABLE.c.mailed_at.is_(None), _TABLE.c.at >= since)
    return _read(session, _TABLE.c.account == account, *waits)


def mailed(session: Session, seqs: Collection[int], at: datetime | None) -> None:
    """Note that these were mailed, with None that they weren't after all."""
    for chunk in chunks(sorted(seqs)):
        session.execute(update(_TABLE).where(_TABLE.c.seq.in_(chunk)).values(mailed_at=at))


def forget(session: Session, notices_before: datetime, told_before: datetime) -> None:
    """Delete old notices, and what is so long ago that it may be told again."""
    session.execute(delete(_TABLE).where(_TABLE.c.at < notices_before))
    session.execute(delete(_TOLD).where(_TOLD.c.at < told_before))


def _note_read(session: Session, account: str, at: datetime, which: ColumnElement[bool]) -> None:
    theirs = (_TABLE.c.account == account, _TABLE.c.read_at.is_(None), which)
    session.execute(update(_TABLE).where(*theirs).values(read_at=at))


def _read(
    session: Session, *wanted: ColumnElement[bool], limit: int | None = None
) -> tuple[Notice, ...]:
    query: Any = select(_TABLE).where(*wanted).order_by(_TABLE.c.seq.desc()).limit(limit)
    return tuple(record_of(Notice, row) for row in as_dicts(session.execute(query)))


def _digest(key: str) -> str:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).hexdigest()
