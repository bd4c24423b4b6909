"""`matcher node`: the tree of platforms that one installation serves."""

from __future__ import annotations

import click

from matcher.actions.nodes import Placed, add_node, list_nodes
from matcher.cli.place import Place, pass_place
from matcher.cli.tables import json_option, print_json, print_rows
from matcher.domain.enums import NodeKind
from matcher.domain.node import Node
from matcher.domain.visibility import SYSTEM

_KINDS = click.Choice([kind.value for kind in NodeKind])


@click.group(epilog="Example: matcher node add east --name 华东 --kind regional --parent core")
def node() -> None:
    """Nodes: add, list."""


@node.command(epilog="Example: matcher node add east --name 华东 --kind regional --parent core")
@click.argument("id")
@click.option("--name", required=True, help="As people read it.")
@click.option("--name-en", default="", help="The same in English.")
@click.option("--kind", type=_KINDS, default=NodeKind.REGIONAL.value, show_default=True)
@click.option("--parent", default="", help="Id of the node above; the first one's.")
@json_option
@pass_place
def add(
    place: Place, id: str, name: str, name_en: str, kind: str, parent: str, as_json: bool
) -> None:
    """Add a node with this ID below another one."""
    added = Node(id=id, name=name, name_en=name_en, kind=NodeKind(kind), parent=parent)
    with place.platform() as platform:
        added = add_node(platform, SYSTEM, added)
    if as_json:
        print_json(added.to_mapping())


@node.command("list", epilog="Example: matcher node list")
@json_option
@pass_place
def list_(place: Place, as_json: bool) -> None:
    """Show the tree."""
    with place.platform() as platform:
        found = list_nodes(platform)
    if as_json:
        print_json([placed.node.to_mapping() for placed in found])
        return
    print_rows([_row(placed) for placed in found], ("id", "kind", "name"), False)


def _row(placed: Placed) -> dict[str, str]:
    shown = placed.node
    name = f"{shown.name} ({shown.name_en})" if shown.name_en else shown.name
    return {"id": "  " * placed.depth + shown.id, "kind": shown.kind.value, "name": name}
