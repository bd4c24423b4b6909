"""Organisations: a column for each field of the domain's Organisation."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from matcher.store.schema.base import Base
from matcher.store.schema.columns import Code, CodeOrNone, Indexed, Items, RecordColumns, Words


class OrganisationRow(RecordColumns, Base):
    """An organisation in its newest version."""

    __tablename__ = "organisation"

    name: Mapped[Words]
    name_en: Mapped[Words]
    aliases: Mapped[Items]
    credit_code: Mapped[Indexed]
    kind: Mapped[CodeOrNone]
    parent: Mapped[Indexed]
    region: Mapped[Words]
    country: Mapped[Code]
    industry: Mapped[Words]
    size: Mapped[CodeOrNone]
    certifications: Mapped[Items]
