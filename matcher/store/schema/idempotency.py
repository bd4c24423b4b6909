"""Answers to requests that name a key, kept so that a repeated one isn't carried out again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Base, Json, UtcTime


class IdempotencyRow(Base):
    """`status` is None, and `headers` and `body` are empty, until there is an answer."""

    __tablename__ = "idempotency"

    account: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    request: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    status: Mapped[int | None] = mapped_column(Integer)
    headers: Mapped[dict[str, Any]] = mapped_column(Json)
    body: Mapped[str] = mapped_column(Text)
