"""The change feed: what was written, in the order of commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Base, UtcTime
from matcher.store.schema.columns import Code, Words


class ChangeRow(Base):
    """`seq` grows with every write and is never used twice; it may leave numbers out."""

    __tablename__ = "change"
    # Without it SQLite gives the number of a deleted last row to the next one.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 SQLAlchemy wants a plain dict

    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    noun: Mapped[Code]
    id: Mapped[Words]
    at: Mapped[datetime] = mapped_column(UtcTime)
