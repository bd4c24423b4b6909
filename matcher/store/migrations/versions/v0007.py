"""Sessions of people who signed in, and the attempts that lockouts are counted from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "sign_in_attempt",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_sign_in_attempt"),
        sqlite_autoincrement=True,
    )
    for name in ("who", "origin", "at"):
        op.create_index(f"ix_sign_in_attempt_{name}", "sign_in_attempt", [name])
    op.create_table(
        "web_session",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("began_at", _TIME, nullable=False),
        sa.Column("seen_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_web_session"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_web_session_account_account"),
    )
    for name in ("account", "began_at"):
        op.create_index(f"ix_web_session_{name}", "web_session", [name])


def downgrade() -> None:
    """Drop them; everybody signs in again."""
    op.drop_table("web_session")
    op.drop_table("sign_in_attempt")
