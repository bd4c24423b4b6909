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
    job,
    manager,
    merge,
    need,
    node,
    notice,
    organisation,
    outcome,
    plan,
    revision,
    saved_search,
    sign_in_attempt,
    token,
    tour,
    web_session,
)
from matcher.store.schema.base import Base

MODULES = (
    *(node, organisation, manager, outcome, need, revision, change),
    *(account, token, event, followup, interaction, imports, merge, plan, interest, idempotency),
    *(job, sign_in_attempt, web_session, saved_search, notice, tour),
)
"""The modules that declare tables; a migration needs a look at each of them."""


def tables() -> tuple[Table, ...]:
    """Return all tables, each after those that it refers to."""
    return tuple(Base.metadata.sorted_tables)


def lasting() -> tuple[Table, ...]:
    """Return those that a dump holds: all but what is passing, as work that waits is."""
    return tuple(table for table in tables() if not table.info.get("passing"))
