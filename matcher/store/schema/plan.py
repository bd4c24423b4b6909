"""Docking plans and their lines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Double, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Base, Json, UtcTime
from matcher.store.schema.columns import Id


class PlanRow(Base):
    """`version` counts from 1 and grows with every write; `quota` holds least and most."""

    __tablename__ = "plan"

    id: Mapped[Id]
    node: Mapped[str] = mapped_column(Text, default="", index=True)
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    by: Mapped[str] = mapped_column(Text)
    quota: Mapped[dict[str, Any]] = mapped_column(Json)
    fairness: Mapped[float] = mapped_column(Double)
    model_version: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    unassigned: Mapped[list[Any]] = mapped_column(Json)
    short: Mapped[list[Any]] = mapped_column(Json)
    version: Mapped[int]


class PlanLineRow(Base):
    """A line of a plan; `place` counts from 0, in the plan's order."""

    __tablename__ = "plan_line"

    plan: Mapped[str] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    need: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    manager: Mapped[str] = mapped_column(Text)
    value: Mapped[float] = mapped_column(Double)
    state: Mapped[str] = mapped_column(Text)
