"""The tree of nodes."""

import pytest

from matcher.domain import Node, NodeKind, Noun, ancestors
from matcher.errors import InvalidValue
from matcher.store import feed, nodes
from matcher.store.database import Database
from tests.store.some_records import NOW

CITY = Node(id="city", name="市", kind=NodeKind.REGIONAL, parent="province")
PROVINCE = Node(id="province", name_en="Province", kind=NodeKind.REGIONAL, parent="core")


def put(database: Database, *new: Node) -> list[str]:
    with database.writing() as session:
        return nodes.put(session, new, at=NOW)


def test_a_tree_is_kept_whatever_its_order(database: Database) -> None:
    assert put(database, CITY, PROVINCE, nodes.CORE) == ["city", "province", "core"]
    with database.reading() as session:
        assert nodes.every(session) == [CITY, nodes.CORE, PROVINCE]
        assert nodes.get(session, "city") == CITY
        assert nodes.get(session, "village") is None
        assert ancestors("city", nodes.parents(session)) == ("province", "core")


def test_only_what_changed_is_written_and_fed(database: Database) -> None:
    put(database, nodes.CORE, PROVINCE)
    renamed = Node(id="province", name="省", kind=NodeKind.PROFESSIONAL, parent="core")
    assert put(database, nodes.CORE, renamed) == ["province"]
    with database.reading() as session:
        assert nodes.get(session, "province") == renamed
        changes = feed.since(session, 0)
    assert [(change.noun, change.id) for change in changes] == [
        (Noun.NODE, "core"),
        (Noun.NODE, "province"),
        (Noun.NODE, "province"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        Node(id="stray", kind=NodeKind.REGIONAL, parent="nowhere"),
        Node(id="province", kind=NodeKind.REGIONAL, parent="city"),
    ],
)
def test_a_stray_and_a_circle_are_refused(database: Database, wrong: Node) -> None:
    put(database, nodes.CORE, PROVINCE, CITY)
    with pytest.raises(InvalidValue, match=r"nowhere|ancestor"):
        put(database, wrong)
    with database.reading() as session:
        assert nodes.every(session) == [CITY, nodes.CORE, PROVINCE]


def test_a_core_node_is_made_once(database: Database) -> None:
    with database.writing() as session:
        assert nodes.ensure_core(session, at=NOW) == "core"
        assert nodes.ensure_core(session, at=NOW) == "core"
        assert nodes.every(session) == [nodes.CORE]


def test_a_root_that_is_there_is_the_core(database: Database) -> None:
    put(database, Node(id="hub"), Node(id="branch", kind=NodeKind.REGIONAL, parent="hub"))
    with database.writing() as session:
        assert nodes.ensure_core(session, at=NOW) == "hub"


def test_texts_that_cannot_be_stored_are_refused(database: Database) -> None:
    with pytest.raises(InvalidValue):
        put(database, Node(id="a", name="\0"))
