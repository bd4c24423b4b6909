"""How far each account has been shown around."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table; everybody is offered the tour once."""
    op.create_table(
        "tour",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_tour"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_tour_account_account"),
    )


def downgrade() -> None:
    """Drop it; everybody is offered the tour once more."""
    op.drop_table("tour")
