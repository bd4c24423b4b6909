"""Jobs: work that is carried out beside the requests that asked for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "job",
        sa.Column("id", ID, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("role", sa.Text(), nullable=True),
        *(sa.Column(name, JSON, nullable=False) for name in ("arguments", "result", "error")),
        *(sa.Column(name, TIME, nullable=False) for name in ("made_at", "run_at")),
        *(sa.Column(name, TIME, nullable=True) for name in ("started_at", "ended_at", "beat_at")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _NUMBERS),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("cancelling", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    for name in ("account", "node"):
        op.create_index(f"ix_job_{name}", "job", [name])
    op.create_index("ix_job_state_run_at", "job", ["state", "run_at"])


def downgrade() -> None:
    """Drop it; what was asked for and isn't done has to be asked for again."""
    op.drop_table("job")


_TEXTS = ("kind", "account", "node", "state", "worker", "doing")
_NUMBERS = ("attempts", "done", "version")
