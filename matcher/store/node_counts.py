"""How much belongs to each node."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.store.schema.account import AccountRow
from matcher.store.tables import kind_of


def records_by_node(session: Session, noun: Noun) -> dict[str, int]:
    """How many records there are of each node, without those that are deleted or merged."""
    columns = kind_of(noun).table.c
    live = (columns.deleted_at.is_(None), columns.merged_into == "")
    query = select(columns.node, func.count()).where(*live).group_by(columns.node)
    return {row[0]: row[1] for row in session.execute(query)}


def accounts_by_node(session: Session) -> dict[str, int]:
    """How many accounts of each node can be used."""
    query = select(AccountRow.node, func.count()).where(AccountRow.active)
    return {row[0]: row[1] for row in session.execute(query.group_by(AccountRow.node))}
