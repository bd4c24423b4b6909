"""Notices, and what each account was told already."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.append_only import Seq
from matcher.store.schema.base import Base, Json, UtcTime


class NoticeRow(Base):
    """`matters` holds the first of `count`, each with its key and its subjects."""

    __tablename__ = "notice"
    __table_args__ = (
        # How many somebody hasn't read is asked at every page.
        Index("ix_notice_account_read_at", "account", "read_at"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(Seq, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    matters: Mapped[list[Any]] = mapped_column(Json)
    count: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    read_at: Mapped[datetime | None] = mapped_column(UtcTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcTime)


class NoticeToldRow(Base):
    """`digest` is made of the key of a matter, which may be longer than an index takes."""

    __tablename__ = "notice_told"

    account: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    digest: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
