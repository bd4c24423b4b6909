"""Nodes: the tree, and what may be added and named."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matcher.domain.enums import NodeKind
from matcher.web.models.accounts import Reference
from matcher.web.models.base import Body, Shown
from matcher.web.models.worklist import Id

NodeName = Annotated[str, Field(max_length=200)]


class NodeBody(Body):
    """A new node. Without a parent it stands below yours; a core node below none."""

    id: Id
    name: NodeName = ""
    name_en: NodeName = ""
    kind: NodeKind = NodeKind.REGIONAL
    parent: Reference = ""


class NodeChange(Body):
    """Other names; what isn't given stays."""

    name: NodeName | None = None
    name_en: NodeName | None = None


class NodeShown(Shown):
    """A node. parent: empty at the root."""

    id: str
    name: str
    name_en: str
    kind: NodeKind
    parent: str


class PlacedNode(NodeShown):
    """The same with how far below a root it stands."""

    depth: int


class NodesShown(Shown):
    """All nodes, each below its parent."""

    items: list[PlacedNode]
