"""Figures are of a node and all below it, for its admins."""

from __future__ import annotations

import pytest

from matcher.actions.node_scope import node_scope
from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM, Viewer, viewer_of
from matcher.errors import NotAllowed, NotFound
from tests.platforms import NODES


def somebody(node: str, role: Role = Role.ADMIN) -> Viewer:
    account = Account(id="a1", login="a1", roles=(role,), node=node)
    return viewer_of(account, {one.id: one.parent for one in NODES})


def test_a_node_comes_with_those_below_it(platform: Platform) -> None:
    with platform.database.reading() as session:
        assert node_scope(session, SYSTEM) == ("n1", "n2", "n3", "n4")
        assert node_scope(session, somebody("n2")) == ("n2", "n4")
        assert node_scope(session, somebody("n2"), "n4") == ("n4",)
        for viewer, node in ((somebody("n2"), "n1"), (somebody("n1", Role.MANAGER), "")):
            with pytest.raises(NotAllowed):
                node_scope(session, viewer, node)
        with pytest.raises(NotFound):
            node_scope(session, SYSTEM, "n9")
