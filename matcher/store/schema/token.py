"""The tokens that programs sign in with: of a secret only its SHA-256 is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.append_only import Seq
from matcher.store.schema.base import Base, UtcTime


class TokenRow(Base):
    """`digest` is hexadecimal; `scope` is the one role the token acts in."""

    __tablename__ = "token"
    __table_args__ = ({"sqlite_autoincrement": True},)

    seq: Mapped[int] = mapped_column(Seq, primary_key=True)
    id: Mapped[str] = mapped_column(Text, unique=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text, unique=True)
    scope: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)
