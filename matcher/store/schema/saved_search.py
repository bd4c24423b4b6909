"""Searches that people saved, each with what its owner has been shown of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Base, Json, UtcTime
from matcher.store.schema.columns import Id, Items


class SavedSearchRow(Base):
    """An account has each name once; that also finds the searches of an account."""

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("account", "name"),)

    id: Mapped[Id]
    account: Mapped[str] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(Text)
    noun: Mapped[str] = mapped_column(Text)
    query: Mapped[str] = mapped_column(Text)
    filters: Mapped[dict[str, Any]] = mapped_column(Json)
    known: Mapped[Items]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    looked_at: Mapped[datetime] = mapped_column(UtcTime)
