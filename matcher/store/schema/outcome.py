"""Outcomes: a column for each field of the domain's Outcome."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from matcher.store.schema.base import Base
from matcher.store.schema.columns import (
    Amount,
    Code,
    CodeOrNone,
    Indexed,
    Items,
    ListedColumns,
    RecordColumns,
    Words,
)


class OutcomeRow(RecordColumns, ListedColumns, Base):
    """An outcome in its newest version."""

    __tablename__ = "outcome"

    summary: Mapped[Words]
    summary_en: Mapped[Words]
    holder: Mapped[Indexed]
    inventors: Mapped[Items]
    ipc: Mapped[Items]
    trl: Mapped[int | None]
    stage: Mapped[CodeOrNone]
    form: Mapped[Words]
    originality: Mapped[Words]
    ipr_status: Mapped[Words]
    transfer_modes: Mapped[Items]
    price_min: Mapped[Amount]
    price_max: Mapped[Amount]
    pay_after_use: Mapped[bool]
    pay_after_use_terms: Mapped[Words]
    advantages: Mapped[Words]
    advantages_en: Mapped[Words]
    applications: Mapped[Words]
    applications_en: Mapped[Words]
    secrecy: Mapped[Code]
    listing: Mapped[Code]
