"""Searches that people save, to see later what is new in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"

_ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "saved_search",
        sa.Column("id", _ID, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("account", "name", "noun")),
        sa.Column("query", sa.Text(), nullable=False),
        *(sa.Column(name, _JSON, nullable=False) for name in ("filters", "known")),
        *(sa.Column(name, _TIME, nullable=False) for name in ("created_at", "looked_at")),
        sa.PrimaryKeyConstraint("id", name="pk_saved_search"),
        sa.UniqueConstraint("account", "name", name="uq_saved_search_account"),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name="fk_saved_search_account_account"
        ),
    )


def downgrade() -> None:
    """Drop it; what people saved is lost."""
    op.drop_table("saved_search")
