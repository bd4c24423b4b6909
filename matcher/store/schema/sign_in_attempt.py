"""Attempts to sign in that came to nothing, or to nothing yet: what lockouts are counted from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.append_only import Seq
from matcher.store.schema.base import Base, UtcTime


class SignInAttemptRow(Base):
    """`who` and `origin` are digests of the login and the address: people type passwords into the
    wrong field."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = ({"sqlite_autoincrement": True, "info": {"passing": True}},)

    seq: Mapped[int] = mapped_column(Seq, primary_key=True)
    who: Mapped[str] = mapped_column(Text, index=True)
    origin: Mapped[str] = mapped_column(Text, index=True)
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
