"""The tree of nodes."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Base
from matcher.store.schema.columns import Code, Id, Words


class NodeRow(Base):
    """`parent` is a node's id, empty at the root."""

    __tablename__ = "node"

    id: Mapped[Id]
    name: Mapped[Words]
    name_en: Mapped[Words]
    kind: Mapped[Code]
    parent: Mapped[str] = mapped_column(Text)
