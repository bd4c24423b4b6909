"""Which records are known to go together, and how strongly."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Double, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Base, UtcTime
from matcher.store.schema.columns import Id


class InteractionRow(Base):
    """At least two of `need`, `outcome` and `manager` are ids; what is absent is empty."""

    __tablename__ = "interaction"

    id: Mapped[Id]
    need: Mapped[str] = mapped_column(Text, default="", index=True)
    outcome: Mapped[str] = mapped_column(Text, default="", index=True)
    manager: Mapped[str] = mapped_column(Text, default="", index=True)
    weight: Mapped[float] = mapped_column(Double)
    at: Mapped[datetime | None] = mapped_column(UtcTime)
    external_id: Mapped[str] = mapped_column(Text, default="", index=True)
    source: Mapped[str] = mapped_column(Text, default="")
    node: Mapped[str] = mapped_column(Text, default="")
