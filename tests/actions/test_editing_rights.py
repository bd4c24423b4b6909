"""Who may enter and change what, each case once."""

from __future__ import annotations

import pytest

from matcher.actions.editing_rights import (
    MANAGERS_OWN,
    Right,
    may_change,
    may_enter,
    require_entering,
    require_settable,
    right_over,
    settable,
)
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import ANONYMOUS, SYSTEM, Viewer, viewer_of
from matcher.errors import NotAllowed
from matcher.store.tables import RECORD_NOUNS
from tests.actions.pursuits import PARENTS
from tests.platforms import manager, need, outcome


def viewer(*roles: Role, node: str = "n2", id_: str = "me", active: bool = True) -> Viewer:
    account = Account(id=id_, login="me", roles=roles, node=node, manager="m1", active=active)
    return viewer_of(account, PARENTS)


ENTERED = {
    (Role.ENTERPRISE, Noun.NEED),
    (Role.HOLDER, Noun.OUTCOME),
    (Role.MANAGER, Noun.NEED),
    (Role.MANAGER, Noun.OUTCOME),
}


@pytest.mark.parametrize("noun", RECORD_NOUNS)
@pytest.mark.parametrize("role", Role)
def test_a_role_enters_what_it_is_there_for(role: Role, noun: Noun) -> None:
    assert may_enter(viewer(role), noun) == (role is Role.ADMIN or (role, noun) in ENTERED)
    if (role, noun) in ENTERED:
        assert require_entering(viewer(role), noun).id == "me"
        return
    with pytest.raises(NotAllowed):
        require_entering(viewer(role), noun)


@pytest.mark.parametrize(
    "who",
    [ANONYMOUS, viewer(Role.ENTERPRISE, node=""), viewer(Role.ENTERPRISE, active=False)],
    ids=["nobody", "of no node", "shut out"],
)
def test_nobody_enters_for_nobody(who: Viewer) -> None:
    assert not may_enter(who, Noun.NEED)
    with pytest.raises(NotAllowed):
        require_entering(who, Noun.NEED)


@pytest.mark.parametrize("node", ["n1", "n2", "n3", "n4", ""])
@pytest.mark.parametrize("owner", ["me", "other", ""])
@pytest.mark.parametrize("role", Role)
def test_who_may_change_a_listing(role: Role, owner: str, node: str) -> None:
    for noun, record in (
        (Noun.NEED, need("w", owner=owner, node=node)),
        (Noun.OUTCOME, outcome("o", owner=owner, node=node)),
    ):
        if role is Role.ADMIN and node in {"n2", "n4"}:
            assert right_over(viewer(role), noun, record) is Right.ADMIN
        elif owner == "me" and (role, noun) in ENTERED:
            assert right_over(viewer(role), noun, record) is Right.OWNER
        else:
            with pytest.raises(NotAllowed):
                right_over(viewer(role), noun, record)


def test_whether_somebody_may_is_asked_without_an_error() -> None:
    me = viewer(Role.ENTERPRISE)
    assert may_change(me, Noun.NEED, need("w", owner="me"))
    assert not may_change(me, Noun.NEED, need("w", owner="other"))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("id_", ["m1", "m2"])
def test_a_manager_changes_themself_alone(role: Role, id_: str) -> None:
    there = manager(id_, node="n1")
    if role is Role.MANAGER and id_ == "m1":
        assert right_over(viewer(role), Noun.MANAGER, there) is Right.SELF
        return
    with pytest.raises(NotAllowed):
        right_over(viewer(role), Noun.MANAGER, there)


def test_an_organisation_is_for_admins_and_the_operator() -> None:
    there = Organisation(id="u", node="n4")
    for who in (viewer(Role.ADMIN), SYSTEM):
        assert right_over(who, Noun.ORGANISATION, there) is Right.ADMIN
    with pytest.raises(NotAllowed):
        right_over(viewer(Role.MANAGER, Role.HOLDER), Noun.ORGANISATION, there)


def test_what_may_be_set_by_each_right() -> None:
    assert {"node", "owner"} <= settable(Right.ADMIN, need("w"))
    assert settable(Right.ADMIN, need("w")) - settable(Right.OWNER, need("w")) == {"node", "owner"}
    own = settable(Right.SELF, manager("m1"))
    assert own == MANAGERS_OWN
    guarded = {"node", "grade", "registration", "active", "conflicts", "same_person", "agency"}
    assert own.isdisjoint(guarded)
    with pytest.raises(NotAllowed) as refused:
        require_settable(["statement", "grade"], Right.SELF, manager("m1"))
    assert refused.value.where == {"field": "grade"}
