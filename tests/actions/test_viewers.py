"""Reading as somebody: their roles and their place in the tree of nodes."""

from __future__ import annotations

import pytest

from matcher.actions.platform import Platform
from matcher.actions.viewers import viewer_by_login
from matcher.domain.account import Account
from matcher.domain.enums import Role, Visibility
from matcher.errors import NotFound
from matcher.store import accounts
from tests.platforms import NOW, outcome


def test_an_account_sees_its_node_and_those_below(platform: Platform) -> None:
    with platform.database.writing() as session:
        account = Account(id="a1", login="Zhang", roles=(Role.ENTERPRISE,), node="n2")
        accounts.add(session, account, at=NOW)
    viewer = viewer_by_login(platform, "zhang")
    assert viewer.account == account
    for node, sees in (("n2", True), ("n4", True), ("n1", False), ("n3", False)):
        record = outcome("x", node=node, visibility=Visibility.MEMBERS)
        assert viewer.sees(record) is sees, node


def test_an_unknown_login_is_told(platform: Platform) -> None:
    with pytest.raises(NotFound, match="'nobody'") as caught:
        viewer_by_login(platform, "nobody")
    assert caught.value.hint
