"""Managers: a column for each field of the domain's Manager."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from matcher.store.schema.base import Base
from matcher.store.schema.columns import CodeOrNone, Indexed, Items, RecordColumns, Words


class ManagerRow(RecordColumns, Base):
    """A technology manager in the newest version; `deals` is a list of objects."""

    __tablename__ = "manager"

    name: Mapped[Words]
    name_en: Mapped[Words]
    agency: Mapped[Indexed]
    grade: Mapped[CodeOrNone]
    registration: Mapped[Indexed]
    statement: Mapped[Words]
    statement_en: Mapped[Words]
    fields: Mapped[Items]
    industries: Mapped[Items]
    regions: Mapped[Items]
    languages: Mapped[Items]
    capacity: Mapped[int | None]
    conflicts: Mapped[Items]
    same_person: Mapped[Items]
    deals: Mapped[Items]
    active: Mapped[bool]
