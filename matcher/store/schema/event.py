"""What happened, written once and chained, and the records it was about. Append-only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Double, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.append_only import Seq, guard
from matcher.store.schema.base import Base, Json, UtcTime


class EventRow(Base):
    """`seq` is the order; `subjects` holds noun and id of each subject, in the event's order.

    `seal` is the digest of the row and of the seal before it; what somebody wrote by hand has none.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_verb_seq", "verb", "seq"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(Seq, primary_key=True)
    actor: Mapped[str] = mapped_column(Text, index=True)
    verb: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    subjects: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    position: Mapped[int | None]
    propensity: Mapped[float | None] = mapped_column(Double)
    model_version: Mapped[str] = mapped_column(Text, default="")
    seal: Mapped[str] = mapped_column(Text, server_default="")


class EventSubjectRow(Base):
    """Finds the events about a record."""

    __tablename__ = "event_subject"

    noun: Mapped[str] = mapped_column(Text, primary_key=True)
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    event: Mapped[int] = mapped_column(Seq, ForeignKey("event.seq"), primary_key=True)


class EventHeadRow(Base):
    """Where a chain ends, and how many events it has; there is one chain, `event`."""

    __tablename__ = "event_head"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    seal: Mapped[str] = mapped_column(Text)
    events: Mapped[int] = mapped_column(BigInteger)


guard(Base.metadata.tables["event"])
guard(Base.metadata.tables["event_subject"])
