"""Versions of records that newer ones took the place of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Base, Json, UtcTime


class RevisionRow(Base):
    """A version as it was: its content, who wrote it when, and whether it was deleted or merged."""

    __tablename__ = "revision"

    noun: Mapped[str] = mapped_column(Text, primary_key=True)
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    actor: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    import_id: Mapped[str] = mapped_column(Text)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    merged_into: Mapped[str] = mapped_column(Text)
