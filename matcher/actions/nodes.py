"""The tree of nodes: adding one, naming one anew, and reading all in the order of the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from matcher.actions.audit import note
from matcher.actions.authority import actor_of, admitted, require_admin
from matcher.actions.platform import Platform
from matcher.domain.enums import NodeKind, Noun
from matcher.domain.event import Subject
from matcher.domain.node import Node
from matcher.domain.visibility import Viewer
from matcher.errors import DuplicateId, NotFound
from matcher.store import nodes


class Placed(NamedTuple):
    """A node and how far below a root it stands, 0 for a root."""

    depth: int
    node: Node


def add_node(platform: Platform, viewer: Viewer, node: Node) -> Node:
    """Keep a new node below one of which the viewer is an admin; it as it was kept.

    Without a parent it stands below the viewer's own node; a core node below none. Raises
    NotFound for an unknown parent, NotAllowed, DuplicateId.
    """
    at = platform.now()
    with platform.database.writing() as session:
        if nodes.get(session, node.id) is not None:
            raise DuplicateId(
                f"There is a node {node.id} already.",
                field="id",
                hint="Choose another id; `matcher node list` shows those there are.",
            )
        if node.kind is NodeKind.CORE:
            require_admin(viewer, node.parent)
        else:
            node = replace(node, parent=admitted(session, viewer, node.parent))
        nodes.put(session, [node], at=at)
        note(session, actor_of(viewer), "node_added", at, Subject(noun=Noun.NODE, id=node.id))
    return node


def rename_node(
    platform: Platform,
    viewer: Viewer,
    id: str,
    *,
    name: str | None = None,
    name_en: str | None = None,
) -> Node:
    """Give a node other names; None leaves one. Where it stands doesn't change.

    Raises NotFound, NotAllowed for who isn't an admin of it, InvalidValue.
    """
    at = platform.now()
    with platform.database.writing() as session:
        node = nodes.get(session, id)
        if node is None:
            raise NotFound(f"There is no node {id!r}.", hint="List the nodes.")
        require_admin(viewer, id)
        node = replace(
            node,
            name=node.name if name is None else name,
            name_en=node.name_en if name_en is None else name_en,
        )
        if nodes.put(session, [node], at=at):
            note(session, actor_of(viewer), "node_renamed", at, Subject(noun=Noun.NODE, id=id))
    return node


def list_nodes(platform: Platform) -> tuple[Placed, ...]:
    """Every node below its parent, those of one parent by id."""
    with platform.database.reading() as session:
        found = nodes.every(session)
    below: dict[str, list[Node]] = {}
    for node in found:
        below.setdefault(node.parent, []).append(node)
    return tuple(_tree(below, below.get("", ()), 0))


def _tree(
    below: Mapping[str, Sequence[Node]], level: Sequence[Node], depth: int
) -> Iterator[Placed]:
    for node in level:
        yield Placed(depth, node)
        yield from _tree(below, below.get(node.id, ()), depth + 1)
