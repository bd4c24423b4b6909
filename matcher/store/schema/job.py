"""Jobs: the row is the truth, the queue only carries its id to a worker."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Base, Json, UtcTime
from matcher.store.schema.columns import Code, CodeOrNone, Id, Indexed


class JobRow(Base):
    """`version` counts from 1 and grows with every write."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_run_at", "state", "run_at"), {"info": {"passing": True}})

    id: Mapped[Id]
    kind: Mapped[Code]
    account: Mapped[Indexed]
    role: Mapped[CodeOrNone]
    node: Mapped[Indexed]
    arguments: Mapped[dict[str, Any]] = mapped_column(Json)
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    run_at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[Code]
    started_at: Mapped[datetime | None] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    beat_at: Mapped[datetime | None] = mapped_column(UtcTime)
    worker: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int]
    doing: Mapped[str] = mapped_column(Text)
    done: Mapped[int]
    total: Mapped[int | None]
    cancelling: Mapped[bool]
    result: Mapped[dict[str, Any]] = mapped_column(Json)
    error: Mapped[dict[str, Any]] = mapped_column(Json)
    version: Mapped[int]
