"""Docking plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "plan",
        sa.Column("id", ID, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("fairness", sa.Double(), nullable=False),
        *(sa.Column(name, JSON, nullable=False) for name in ("quota", "unassigned", "short")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan"),
    )
    op.create_index("ix_plan_node", "plan", ["node"])
    op.create_table(
        "plan_line",
        sa.Column("plan", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _OF_A_LINE),
        sa.Column("value", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("plan", "place", name="pk_plan_line"),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name="fk_plan_line_plan_plan"),
    )


def downgrade() -> None:
    """Drop them, with the plans that are in them."""
    op.drop_table("plan_line")
    op.drop_table("plan")


_TEXTS = ("node", "by", "model_version", "state", "decided_by")
_OF_A_LINE = ("need", "outcome", "manager", "state")
