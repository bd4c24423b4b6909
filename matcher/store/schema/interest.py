"""Expressions of interest, and the steps that they took."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Base, UtcTime
from matcher.store.schema.columns import Code, CodeOrNone, Id, Indexed, Items, Words


class InterestRow(Base):
    """`version` counts from 1 and grows with every write."""

    __tablename__ = "interest"

    id: Mapped[Id]
    outcome: Mapped[Indexed]
    need: Mapped[Indexed]
    account: Mapped[Indexed]
    text: Mapped[Words]
    contact: Mapped[Words]
    node: Mapped[Indexed]
    state: Mapped[Code]
    manager: Mapped[Indexed]
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    version: Mapped[int]


class InterestStepRow(Base):
    """A step of an interest; `place` counts from 0, in the order in which they were taken."""

    __tablename__ = "interest_step"

    interest: Mapped[str] = mapped_column(ForeignKey("interest.id"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    to_state: Mapped[Code]
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    manager: Mapped[Words]
    reason: Mapped[CodeOrNone]
    why: Mapped[Words]
    reasons: Mapped[Items]
