"""Follow-ups, the steps they took, what was noted, and their contracts.

Steps and notes are append-only; the follow-up's row says where it stands now.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.append_only import Seq, guard
from matcher.store.schema.base import Base, UtcTime
from matcher.store.schema.columns import Id, ObjectOrNone


class FollowUpRow(Base):
    """`version` counts from 1 and grows with every write."""

    __tablename__ = "follow_up"
    __table_args__ = (Index("ix_follow_up_pair", "need", "outcome"),)

    id: Mapped[Id]
    need: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text, index=True)
    manager: Mapped[str] = mapped_column(Text, index=True)
    state: Mapped[str] = mapped_column(Text, index=True)
    next_action: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]
    introduced_at: Mapped[datetime | None] = mapped_column(UtcTime)
    node: Mapped[str] = mapped_column(Text, default="", index=True)
    version: Mapped[int]


class TransitionRow(Base):
    """A step that a follow-up took; `seq` is the order."""

    __tablename__ = "transition"
    __table_args__ = ({"sqlite_autoincrement": True},)

    seq: Mapped[int] = mapped_column(Seq, primary_key=True)
    follow_up: Mapped[str] = mapped_column(ForeignKey("follow_up.id"), index=True)
    from_state: Mapped[str] = mapped_column(Text)
    to_state: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    why: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str | None] = mapped_column(Text)
    until: Mapped[date | None]
    of: Mapped[str] = mapped_column(Text, default="")


class NoteRow(Base):
    """What somebody wrote down about a follow-up; `seq` is the order."""

    __tablename__ = "note"
    __table_args__ = ({"sqlite_autoincrement": True},)

    seq: Mapped[int] = mapped_column(Seq, primary_key=True)
    follow_up: Mapped[str] = mapped_column(ForeignKey("follow_up.id"), index=True)
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
    text: Mapped[str] = mapped_column(Text)


class ContractRow(Base):
    """The contract sheet of a follow-up; sums are whole units of `currency`."""

    __tablename__ = "contract"

    follow_up: Mapped[str] = mapped_column(ForeignKey("follow_up.id"), primary_key=True)
    mode: Mapped[str | None] = mapped_column(Text)
    contract_reg_no: Mapped[str] = mapped_column(Text, default="", index=True)
    signed_on: Mapped[date | None]
    value: Mapped[int | None] = mapped_column(BigInteger)
    technical_value: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(Text)
    payment: Mapped[ObjectOrNone]
    commission: Mapped[int | None] = mapped_column(BigInteger)


guard(Base.metadata.tables["transition"])
guard(Base.metadata.tables["note"])
