"""The tree of nodes."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from matcher.actions.nodes import add_node, list_nodes, rename_node
from matcher.domain.node import Node
from matcher.web.admin_shown import node_shown, placed_shown
from matcher.web.context import platform, viewer
from matcher.web.idempotency import idempotent
from matcher.web.models.nodes import NodeBody, NodeChange, NodeShown, NodesShown
from matcher.web.openapi import IDEMPOTENT
from matcher.web.part import part
from matcher.web.seen import problems

nodes = part("nodes", "Nodes")

_ADDING = problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


@nodes.get("/nodes")
@nodes.output(NodesShown)
@nodes.doc(operation_id="nodes")
def tree() -> dict[str, Any]:
    """All nodes, each below its parent"""
    return {"items": [placed_shown(one) for one in list_nodes(platform())]}


@nodes.post("/nodes")
@idempotent
@nodes.input(NodeBody, arg_name="body")
@nodes.output(NodeShown, status_code=201)
@nodes.doc(operation_id="addNode", responses=_ADDING, extensions={IDEMPOTENT: True})
def add(body: NodeBody) -> tuple[dict[str, Any], int]:
    """Add a node below one of yours"""
    node = add_node(platform(), viewer(), Node(**body.model_dump()))
    return node_shown(node), HTTPStatus.CREATED


@nodes.patch("/nodes/<id>")
@nodes.input(NodeChange, arg_name="body")
@nodes.output(NodeShown)
@nodes.doc(operation_id="renameNode")
def rename(id: str, body: NodeChange) -> dict[str, Any]:
    """Name a node anew

    Where it stands doesn't change: that would change who sees what.
    """
    node = rename_node(platform(), viewer(), id, name=body.name, name_en=body.name_en)
    return node_shown(node)
