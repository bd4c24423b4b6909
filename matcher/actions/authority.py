"""Who acts, and whether they may: imports and what else concerns a whole node are its admins'."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from matcher.actions.platform import OPERATOR
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.errors import NotAllowed, NotFound
from matcher.store import nodes


def actor_of(viewer: Viewer) -> str:
    """Who is noted as having done it: the account, or the operator at the machine."""
    return OPERATOR if viewer.account is None else viewer.account.id


def is_admin(viewer: Viewer, node: str) -> bool:
    """Whether the viewer is an admin of this node or of one above it; the operator is of all."""
    return viewer.sees_audience(frozenset({f"admins:{node}"}))


def admitted(session: Session, viewer: Viewer, node: str = "") -> str:
    """The node that is meant, where the viewer is an admin of it.

    Without a name it is the viewer's own, for the operator the one at the root. Raises NotFound
    for a node that isn't there, NotAllowed for whom it isn't theirs.
    """
    parents = nodes.parents(session)
    wanted = node or _own(viewer, parents)
    if wanted not in parents:
        known = ", ".join(sorted(parents)) or "none; run `matcher init`"
        message = f"There is no node {wanted!r}." if wanted else "No node is named."
        raise NotFound(message, field="node", hint=f"Nodes there are: {known}.")
    require_admin(viewer, wanted)
    return wanted


def nodes_of(session: Session, viewer: Viewer) -> Collection[str] | None:
    """Those that the viewer is an admin of, None for all."""
    if viewer == SYSTEM:
        return None
    return [node for node in nodes.parents(session) if is_admin(viewer, node)]


def require_admin(viewer: Viewer, node: str) -> None:
    """Raise NotAllowed unless the viewer is an admin of the node or of one above it."""
    if not is_admin(viewer, node):
        hint = "Ask an admin of the node, or of one above it."
        raise NotAllowed(f"This is for admins of the node {node or '(none)'}.", hint=hint)


def is_some_admin(viewer: Viewer) -> bool:
    """Whether the viewer is an admin of any node."""
    return is_admin(viewer, "" if viewer.account is None else viewer.account.node)


def require_some_admin(viewer: Viewer) -> None:
    """Raise NotAllowed unless the viewer is an admin of any node."""
    require_admin(viewer, "" if viewer.account is None else viewer.account.node)


def is_root_admin(session: Session, viewer: Viewer) -> bool:
    """Whether the viewer is an admin of a node that stands below no other."""
    roots = (node for node, parent in nodes.parents(session).items() if not parent)
    return any(is_admin(viewer, node) for node in ("", *roots))


def require_root_admin(session: Session, viewer: Viewer) -> None:
    """Raise NotAllowed unless the viewer is an admin of a node that stands below no other.

    What concerns the whole platform, such as its models, is theirs.
    """
    if not is_root_admin(session, viewer):
        hint = "Ask an admin of the node at the root."
        raise NotAllowed("This is for admins of the whole platform.", hint=hint)


def _own(viewer: Viewer, parents: dict[str, str]) -> str:
    if viewer.account is not None:
        return viewer.account.node
    return next((node for node, parent in sorted(parents.items()) if not parent), "")
