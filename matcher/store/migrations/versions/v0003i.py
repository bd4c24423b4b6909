"""Expressions of interest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003i"
down_revision = "0002"

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "interest",
        sa.Column("id", ID, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*_LOOKED_UP, *_TEXTS)),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_interest"),
    )
    for name in _LOOKED_UP:
        op.create_index(f"ix_interest_{name}", "interest", [name])
    op.create_table(
        "interest_step",
        sa.Column("interest", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _OF_A_STEP),
        sa.Column("at", TIME, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reasons", JSON, nullable=False),
        sa.PrimaryKeyConstraint("interest", "place", name="pk_interest_step"),
        sa.ForeignKeyConstraint(
            ["interest"], ["interest.id"], name="fk_interest_step_interest_interest"
        ),
    )


def downgrade() -> None:
    """Drop them, with the interests that are in them."""
    op.drop_table("interest_step")
    op.drop_table("interest")


_LOOKED_UP = ("outcome", "need", "account", "node", "manager")
_TEXTS = ("text", "contact", "state")
_OF_A_STEP = ("to_state", "by", "manager", "why")
