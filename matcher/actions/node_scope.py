"""The nodes that figures are about."""

from __future__ import annotations

from sqlalchemy.orm import Session

from matcher.actions.authority import admitted
from matcher.domain.node import ancestors
from matcher.domain.visibility import Viewer
from matcher.store import nodes


def node_scope(session: Session, viewer: Viewer, node: str = "") -> tuple[str, ...]:
    """A node with all that are below it, where the viewer is an admin of it; without a name their
    own. Raises NotFound, NotAllowed."""
    top = admitted(session, viewer, node)
    parents = nodes.parents(session)
    return (top, *(one for one in sorted(parents) if top in ancestors(one, parents)))
