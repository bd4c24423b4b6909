"""A chain over the events: every row gets its seal, and the last one is kept beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from matcher.store.chain import START, sealed
from matcher.store.schema.append_only import no_triggers, triggers
from matcher.store.schema.base import Json, UtcTime

revision = "0006"
down_revision = "0005"

_ROWS_AT_ONCE = 5000
_EVENTS = sa.table(
    "event",
    sa.column("seq", sa.BigInteger()),
    sa.column("actor", sa.Text()),
    sa.column("verb", sa.Text()),
    sa.column("at", UtcTime()),
    sa.column("subjects", Json),
    sa.column("position", sa.Integer()),
    sa.column("propensity", sa.Double()),
    sa.column("model_version", sa.Text()),
    sa.column("seal", sa.Text()),
)


def upgrade() -> None:
    """Seal the events there are, in their order, a part of them in memory at a time."""
    op.add_column("event", sa.Column("seal", sa.Text(), nullable=False, server_default=""))
    heads = op.create_table(
        "event_head",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "seal")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("seq", "events")),
        sa.PrimaryKeyConstraint("name", name="pk_event_head"),
    )
    _run(no_triggers("event"))
    seq, seal, events = _seal_all()
    _run(triggers("event"))
    if events:
        values = {"name": "event", "seq": seq, "seal": seal, "events": events}
        op.get_bind().execute(sa.insert(heads).values(values))


def downgrade() -> None:
    """Drop the seals; going up again makes others only if somebody has changed an event."""
    op.drop_table("event_head")
    op.execute("ALTER TABLE event DROP COLUMN seal")


def _seal_all() -> tuple[int, str, int]:
    """The number and the seal of the last event, and how many there are."""
    seq, seal, events = 0, START, 0
    of = _EVENTS.c.seq == sa.bindparam("number")
    write = sa.update(_EVENTS).where(of).values(seal=sa.bindparam("made"))
    for page in _pages():
        seals = []
        for row in page:
            seq, seal = row["seq"], sealed(seal, row)
            seals.append({"number": seq, "made": seal})
        op.get_bind().execute(write, seals)
        events += len(seals)
    return seq, seal, events


def _pages() -> Iterator[list[dict[str, Any]]]:
    after: Any = None
    while True:
        query = sa.select(_EVENTS).order_by(_EVENTS.c.seq).limit(_ROWS_AT_ONCE)
        if after is not None:
            query = query.where(_EVENTS.c.seq > after)
        page = [dict(row) for row in op.get_bind().execute(query).mappings()]
        if not page:
            return
        yield page
        after = page[-1]["seq"]


def _run(statements: dict[str, tuple[str, ...]]) -> None:
    for statement in statements[op.get_bind().dialect.name]:
        op.execute(statement)
