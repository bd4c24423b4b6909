"""Pairs of records that may be one, and what was decided about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Double, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.append_only import Seq
from matcher.store.schema.base import Base, Json, UtcTime


class MergeRow(Base):
    """`low` and `high` are `kept` and `dropped` in alphabetical order: a pair stands here once."""

    __tablename__ = "merge"
    __table_args__ = (
        UniqueConstraint("noun", "low", "high", name="uq_merge_pair"),
        CheckConstraint("kept <> dropped", name="two_records"),
        Index("ix_merge_state_seq", "state", "seq"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(Seq, primary_key=True)
    id: Mapped[str] = mapped_column(Text, unique=True)
    noun: Mapped[str] = mapped_column(Text)
    kept: Mapped[str] = mapped_column(Text, index=True)
    dropped: Mapped[str] = mapped_column(Text, index=True)
    low: Mapped[str] = mapped_column(Text)
    high: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    score: Mapped[float] = mapped_column(Double)
    why: Mapped[dict[str, Any]] = mapped_column(Json)
    decided_by: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
