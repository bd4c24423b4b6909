"""How far each account has been shown around."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Base
from matcher.store.schema.columns import Id


class TourRow(Base):
    """`step`: how many stops are behind it; `over`: it has seen all, or wants no more."""

    __tablename__ = "tour"

    account: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    step: Mapped[int]
    over: Mapped[bool]
