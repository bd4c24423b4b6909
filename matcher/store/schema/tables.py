"""Every table there is: importing this module loads the modules that declare them."""

from __future__ import annotations

from sqlalchemy import Table

from matcher.store.schema import (
    account,
    change,
    event,
    followup,
    idempotency,
    imports,
    interaction,
    interest,
    manager,
    merge,
    need,
    node,
    organisation,
    outcome,
    plan,
    revision,
    token,
)
from matcher.store.schema.base import Base

MODULES = (
    *(node, organisation, manager, outcome, need, revision, change),
    *(account, token, event, followup, interaction, imports, merge, plan, interest, idempotency),
)
"""The modules that declare tables; a migration needs a look at each of them."""


def tables() -> tuple[Table, ...]:
    """Return all tables, each after those that it refers to."""
    return tuple(Base.metadata.sorted_tables)
