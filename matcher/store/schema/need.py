"""Needs: a column for each field of the domain's Need."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from matcher.store.schema.base import Base
from matcher.store.schema.columns import (
    Amount,
    Indexed,
    Items,
    ListedColumns,
    ObjectOrNone,
    RecordColumns,
    Words,
)


class NeedRow(RecordColumns, ListedColumns, Base):
    """A need in its newest version; `challenge` is an object, NULL where there is none."""

    __tablename__ = "need"

    problem: Mapped[Words]
    problem_en: Mapped[Words]
    indicators: Mapped[Words]
    indicators_en: Mapped[Words]
    foundation: Mapped[Words]
    foundation_en: Mapped[Words]
    organisation: Mapped[Indexed]
    budget_min: Mapped[Amount]
    budget_max: Mapped[Amount]
    coop_modes: Mapped[Items]
    min_trl: Mapped[int | None]
    challenge: Mapped[ObjectOrNone]
    scenario: Mapped[bool]
