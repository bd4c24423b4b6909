from __future__ import annotations

import pytest

from matcher.actions.authority import actor_of, is_admin, require_admin
from matcher.actions.platform import OPERATOR
from matcher.domain import ANONYMOUS, SYSTEM, Role
from matcher.errors import NotAllowed
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
