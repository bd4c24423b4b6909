"""Nodes stand in a tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import NodeKind
from matcher.domain.node import Node, ancestors
from matcher.errors import InvalidValue

PARENTS = {"core": "", "west": "core", "xian": "west", "coatings": "core"}


@pytest.mark.parametrize(
    ("start", "above"),
    [
        ("xian", ("west", "core")),
        ("coatings", ("core",)),
        ("core", ()),
        ("elsewhere", ()),
    ],
)
def test_the_nodes_above_come_nearest_first(start, above):
    assert ancestors(start, PARENTS) == above


def test_an_unknown_parent_is_a_root():
    assert ancestors("a", {"a": "b"}) == ("b",)


@pytest.mark.parametrize(
    "parents", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "b"}]
)
def test_a_circle_is_refused(parents):
    with pytest.raises(InvalidValue, match="own ancestor"):
        ancestors("a", parents)


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", *"abcdef"])))
def test_ancestors_end_and_never_repeat(parents):
    try:
        above = ancestors("a", parents)
    except InvalidValue:
        return
    assert len(set(above)) == len(above)
    assert "a" not in above


def test_a_node_is_read():
    node = Node.from_mapping({"id": "west", "name": "西部", "kind": "区域分节点", "parent": "core"})
    assert node.kind is NodeKind.REGIONAL


@pytest.mark.parametrize("kind", [NodeKind.CORE, NodeKind.REGIONAL])
def test_a_node_is_not_its_own_parent_and_the_core_has_none(kind):
    with pytest.raises(InvalidValue) as refused:
        Node(id="west", kind=kind, parent="west" if kind is NodeKind.REGIONAL else "other")
    assert refused.value.where == {"field": "parent"}
