"""The imports that were made, and what became of each row of their files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.append_only import Seq
from matcher.store.schema.base import Base, Json, UtcTime


class ImportRunRow(Base):
    """`mapping` is the column mapping used, `counts` how many rows met with which action."""

    __tablename__ = "import_run"
    __table_args__ = ({"sqlite_autoincrement": True},)

    seq: Mapped[int] = mapped_column(Seq, primary_key=True)
    id: Mapped[str] = mapped_column(Text, unique=True)
    noun: Mapped[str] = mapped_column(Text)
    file: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text, index=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(Json)
    namespace: Mapped[str] = mapped_column(Text, default="")
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)
    actor: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    counts: Mapped[dict[str, Any]] = mapped_column(Json)


class ImportRowRow(Base):
    """One row of a file: `original` is what it said, `problems` what was wrong with it."""

    __tablename__ = "import_row"

    import_id: Mapped[str] = mapped_column(ForeignKey("import_run.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(Text, default="", index=True)
    action: Mapped[str] = mapped_column(Text)
    problems: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    original: Mapped[dict[str, Any]] = mapped_column(Json)
