"""Nodes: a tree that grows below what is there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.actions.nodes import add_node, list_nodes, rename_node
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.account import Account
from matcher.domain.enums import NodeKind, Role
from matcher.domain.node import Node
from matcher.domain.visibility import SYSTEM, viewer_of
from matcher.errors import DuplicateId, NotAllowed, NotFound
from matcher.store import events, nodes


def regional(id_: str, parent: str = "") -> Node:
    return Node(id=id_, name=id_, kind=NodeKind.REGIONAL, parent=parent)


def test_the_tree_is_told_from_the_root(platform: Platform) -> None:
    add_node(platform, SYSTEM, regional("n0", "n4"))
    told = [(placed.depth, placed.node.id) for placed in list_nodes(platform)]
    assert told == [(0, "n1"), (1, "n2"), (2, "n4"), (3, "n0"), (1, "n3")]


def test_without_a_parent_it_stands_below_the_root(platform: Platform) -> None:
    assert add_node(platform, SYSTEM, regional("n5")).parent == "n1"
    assert add_node(platform, SYSTEM, Node(id="n6", name="another core")).parent == ""


def test_what_is_wrong_is_refused(platform: Platform) -> None:
    before = list_nodes(platform)
    with pytest.raises(DuplicateId, match="a node n2 already"):
        add_node(platform, SYSTEM, regional("n2"))
    with pytest.raises(NotFound, match="n1, n2, n3, n4"):
        add_node(platform, SYSTEM, regional("n5", "nowhere"))
    assert list_nodes(platform) == before


def test_an_admin_adds_below_their_own_node_alone(platform: Platform) -> None:
    account = Account(id="a1", login="east", roles=(Role.ADMIN,), node="n2")
    with platform.database.reading() as session:
        east = viewer_of(account, nodes.parents(session))
    assert add_node(platform, east, regional("n5")).parent == "n2"
    for refused in (regional("n6", "n3"), Node(id="n6", name="core")):
        with pytest.raises(NotAllowed):
            add_node(platform, east, refused)


def test_a_node_gets_other_names_and_stays_where_it_is(platform: Platform) -> None:
    account = Account(id="a1", login="east", roles=(Role.ADMIN,), node="n2")
    with platform.database.reading() as session:
        east = viewer_of(account, nodes.parents(session))
    named = rename_node(platform, east, "n4", name="港口", name_en="Port")
    assert (named.name, named.name_en, named.parent, named.kind) == (
        *("港口", "Port", "n2"),
        NodeKind.PROFESSIONAL,
    )
    assert rename_node(platform, SYSTEM, "n4", name_en="") == replace(named, name_en="")
    with pytest.raises(NotAllowed):
        rename_node(platform, east, "n1", name="mine")
    with pytest.raises(NotFound):
        rename_node(platform, east, "n9", name="mine")
    with platform.database.reading() as session:
        told = [event.actor for _, event in events.read(session, verbs=["node_renamed"])]
    assert told == ["a1", OPERATOR]
