"""The accounts that people sign in with, and their roles."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Base, UtcTime
from matcher.store.schema.columns import Id


class AccountRow(Base):
    """`login_key` is the login as it is compared; `password_digest` is empty until one is set."""

    __tablename__ = "account"

    id: Mapped[Id]
    login: Mapped[str] = mapped_column(Text)
    login_key: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text, default="")
    organisation: Mapped[str] = mapped_column(Text, default="")
    node: Mapped[str] = mapped_column(Text, default="", index=True)
    manager: Mapped[str] = mapped_column(Text, default="", index=True)
    language: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)
    password_digest: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    email: Mapped[str] = mapped_column(Text, default="", server_default="")


class AccountRoleRow(Base):
    """One role of one account."""

    __tablename__ = "account_role"

    account: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(Text, primary_key=True)
