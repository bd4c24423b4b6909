"""What belongs to the nodes of an admin."""

from __future__ import annotations

import pytest

from matcher.actions.node_counts import NodeCounts, count_nodes
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun, Role
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from matcher.errors import NotAllowed
from tests.actions.pursuits import sign_up
from tests.actions.test_plans import admin
from tests.platforms import need, put

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_an_admin_is_told_what_belongs_to_their_nodes_and_to_no_other(platform: Platform) -> None:
    put(platform, Noun.NEED, need("w8", "Pump", node="n2"))
    sign_up(platform, "east", Role.ENTERPRISE, node="n2")
    assert count_nodes(platform, SYSTEM)["n1"] == NodeCounts(0, 5, 3, 2)
    found = count_nodes(platform, admin("n2"))
    assert found == {"n2": NodeCounts(1, 0, 1, 0), "n4": NodeCounts(0, 0, 0, 0)}
    with pytest.raises(NotAllowed):
        count_nodes(platform, ANONYMOUS)
