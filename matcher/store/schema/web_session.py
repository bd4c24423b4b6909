"""The sessions of people who signed in on a page: of a secret only its SHA-256 is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Base, UtcTime


class WebSessionRow(Base):
    """`digest` is hexadecimal; a session that is over has no row."""

    __tablename__ = "web_session"
    __table_args__ = ({"info": {"passing": True}},)

    digest: Mapped[str] = mapped_column(Text, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
