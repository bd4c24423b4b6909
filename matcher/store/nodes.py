"""The tree of nodes: reading and writing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.domain.enums import NodeKind, Noun
from matcher.domain.node import Node, ancestors
from matcher.errors import InvalidValue
from matcher.store import feed
from matcher.store.codec import record_of, row_of
from matcher.store.schema.base import Base
from matcher.store.schema.node import NodeRow

_TABLE = Base.metadata.tables[NodeRow.__tablename__]
_PARENTS = select(_TABLE.c.id, _TABLE.c.parent).order_by(_TABLE.c.id)

CORE = Node(id="core", name=NodeKind.CORE.zh, name_en=NodeKind.CORE.en)
"""The node of an installation that has but one."""


def get(session: Session, id: str) -> Node | None:
    """Return the node, None where there is none."""
    return next((node for node in every(session) if node.id == id), None)


def every(session: Session) -> list[Node]:
    """Return all nodes in the order of their ids."""
    result = session.execute(select(_TABLE).order_by(_TABLE.c.id))
    return [record_of(Node, dict(row)) for row in result.mappings()]


def parents(session: Session) -> dict[str, str]:
    """Return the parent's id of each node, empty at the root: what `ancestors` takes."""
    return dict(session.execute(_PARENTS).all())


def put(session: Session, nodes: Sequence[Node], *, at: datetime) -> list[str]:
    """Create or change nodes; return the ids of those that weren't so before.

    Parents and children may come in one call. Raises InvalidValue for a parent that doesn't exist
    and for a circle; the change feed gets a line for each node.
    """
    before = {node.id: node for node in every(session)}
    after = before | {node.id: node for node in nodes}
    _check_tree({node.id: node.parent for node in after.values()})
    fresh = [node for node in after.values() if before.get(node.id) != node]
    for node in fresh:
        session.merge(NodeRow(**row_of(node)))
    session.flush()
    feed.append(session, Noun.NODE, [node.id for node in fresh], at)
    return [node.id for node in fresh]


def ensure_core(session: Session, *, at: datetime) -> str:
    """Create `CORE` where there is no node at all; return the id of the first root."""
    if not (there := every(session)):
        put(session, [CORE], at=at)
        return CORE.id
    return next(node.id for node in there if not node.parent)


def _check_tree(parents: dict[str, str]) -> None:
    for id, parent in parents.items():
        if parent and parent not in parents:
            raise InvalidValue(
                f"The node {id} would stand below {parent}, which doesn't exist.",
                field="parent",
                hint="Create that one first, or in the same step.",
            )
        ancestors(id, parents)
