"""Who may act for a manager, and what the manager may know of."""

from __future__ import annotations

import pytest

from matcher.actions.acting import account_of, is_manager, require_acting, sight_of, sights_of
from matcher.actions.platform import Platform
from matcher.domain.enums import Role, Visibility
from matcher.domain.visibility import SYSTEM
from matcher.errors import NotAllowed
from tests.actions.pursuits import sign_up
from tests.platforms import manager, need

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
HERE = manager("m1", node="n2")


def test_the_manager_and_those_above_may_and_nobody_else(platform: Platform) -> None:
    own = sign_up(platform, "a1", manager="m1")
    boss = sign_up(platform, "boss", Role.ADMIN, node="n1")
    for viewer in (own, boss, SYSTEM):
        require_acting(viewer, HERE)
    others = [
        sign_up(platform, "a2", manager="m2"),
        sign_up(platform, "was", Role.HOLDER, manager="m1"),
        sign_up(platform, "west", Role.ADMIN, node="n3"),
        sign_up(platform, "below", Role.ADMIN, node="n4"),
    ]
    for viewer in others:
        with pytest.raises(NotAllowed, match="themself"):
            require_acting(viewer, HERE)
    assert is_manager(own, HERE)
    assert not is_manager(SYSTEM, HERE)


def test_the_account_is_one_that_can_sign_in_as_a_manager(platform: Platform) -> None:
    sign_up(platform, "a0", Role.HOLDER, manager="m1")
    with platform.database.reading() as session:
        assert account_of(session, HERE) is None
    sign_up(platform, "a1", manager="m1")
    with platform.database.reading() as session:
        found = account_of(session, HERE)
    assert found is not None
    assert found.id == "a1"


def test_without_an_account_a_manager_sees_what_their_node_does(platform: Platform) -> None:
    listed = need("w", visibility=Visibility.BROKERS, node="n4")
    elsewhere = need("w", visibility=Visibility.BROKERS, node="n3")
    named = need("w", visibility=Visibility.NAMED, visible_to=("m1",))
    with platform.database.reading() as session:
        sight = sight_of(session, HERE)
    assert [sight.sees(one) for one in (listed, elsewhere, named)] == [True, False, False]


def test_with_an_account_a_manager_sees_what_is_for_that(platform: Platform) -> None:
    sign_up(platform, "a1", manager="m1", node="n3")
    elsewhere = need("w", visibility=Visibility.BROKERS, node="n3")
    named = need("w", visibility=Visibility.NAMED, visible_to=("a1",))
    with platform.database.reading() as session:
        sight = sight_of(session, HERE)
    assert sight.sees(elsewhere)
    assert sight.sees(named)


def test_many_sights_are_each_as_if_asked_for_alone(platform: Platform) -> None:
    sign_up(platform, "a1", manager="m1", node="n3")
    sign_up(platform, "a2", Role.HOLDER, manager="m2")
    managers = [HERE, manager("m2"), manager("m3", node="n4")]
    with platform.database.reading() as session:
        alone = {one.id: sight_of(session, one) for one in managers}
        assert sights_of(session, managers) == alone
