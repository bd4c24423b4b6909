from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.actions.authority import (
    actor_of,
    is_admin,
    is_root_admin,
    nodes_of,
    require_admin,
    require_root_admin,
)
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain import ANONYMOUS, SYSTEM, Role
from matcher.domain.account import Account
from matcher.domain.node import ancestors
from matcher.domain.visibility import viewer_of
from matcher.errors import NotAllowed
from matcher.store import nodes
from tests.actions.import_cases import admin


def test_an_admin_is_one_of_the_node_and_of_those_below() -> None:
    assert is_admin(admin("core"), "east")
    assert is_admin(admin("east"), "east")
    assert not is_admin(admin("east"), "core")
    assert not is_admin(admin("east"), "west")
    assert not is_admin(admin("east"), "")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.HOLDER, Role.ENTERPRISE])
def test_other_roles_are_no_admins(role: Role) -> None:
    with pytest.raises(NotAllowed, match="core"):
        require_admin(admin("core", role), "core")


def test_the_operator_is_admin_everywhere_and_nobody_nowhere() -> None:
    assert is_admin(SYSTEM, "anywhere")
    assert not is_admin(ANONYMOUS, "core")
    assert (actor_of(SYSTEM), actor_of(admin("east"))) == (OPERATOR, "a-east")


def test_what_concerns_everybody_is_for_admins_of_a_root(platform: Platform) -> None:
    chief = Account(id="a1", login="a1", roles=(Role.ADMIN,), node="n1")
    with platform.database.reading() as session:
        parents = nodes.parents(session)
        require_root_admin(session, SYSTEM)
        require_root_admin(session, viewer_of(chief, parents))
        assert is_root_admin(session, viewer_of(chief, parents))
        for other in (replace(chief, node="n2"), replace(chief, roles=(Role.MANAGER,))):
            assert not is_root_admin(session, viewer_of(other, parents))
            with pytest.raises(NotAllowed, match="whole platform"):
                require_root_admin(session, viewer_of(other, parents))


def test_an_admins_nodes_are_theirs_and_those_below(platform: Platform) -> None:
    chief = Account(id="a1", login="a1", roles=(Role.ADMIN,), node="n2")
    with platform.database.reading() as session:
        parents = nodes.parents(session)
        assert nodes_of(session, SYSTEM) is None
        assert nodes_of(session, ANONYMOUS) == []
        found = nodes_of(session, viewer_of(chief, parents))
    assert found is not None
    assert set(found) == {node for node in parents if "n2" in (node, *ancestors(node, parents))}
