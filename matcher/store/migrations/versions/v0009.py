"""Notices, what each account was told already, and where an account has its mail sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create two tables and add a column."""
    op.add_column("account", sa.Column("email", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "notice",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("account", "kind", "key")),
        sa.Column("matters", _JSON, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        *(sa.Column(name, _TIME, nullable=True) for name in ("read_at", "mailed_at")),
        sa.PrimaryKeyConstraint("seq", name="pk_notice"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_notice_account_account"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notice_account_read_at", "notice", ["account", "read_at"])
    op.create_index("ix_notice_at", "notice", ["at"])
    op.create_table(
        "notice_told",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("account", "kind", "digest")),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("account", "kind", "digest", name="pk_notice_told"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_notice_told_account_account"),
    )
    op.create_index("ix_notice_told_at", "notice_told", ["at"])


def downgrade() -> None:
    """Drop them: people are told once more, and their mail addresses are gone."""
    op.drop_table("notice_told")
    op.drop_table("notice")
    op.execute("ALTER TABLE account DROP COLUMN email")
