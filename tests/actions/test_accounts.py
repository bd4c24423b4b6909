"""Accounts: what they name is there, and an admin is always left."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.actions import accounts as actions
from matcher.actions.account_state import state_of
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Subject
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import SYSTEM, Viewer, viewer_of
from matcher.errors import DuplicateId, EditConflict, InvalidValue, NotAllowed, NotFound, UsageError
from matcher.store import accounts, events, nodes
from tests.platforms import manager, put, remove

PASSWORD = "four words that fit"  # noqa: S105


def account(login: str, *roles: Role, **more: Any) -> Account:
    return Account(id="new", login=login, roles=roles or (Role.MANAGER,), **more)


def viewer(platform: Platform, found: Account) -> Viewer:
    with platform.database.reading() as session:
        return viewer_of(found, nodes.parents(session))


def verbs(platform: Platform, found: Account) -> list[str]:
    with platform.database.reading() as session:
        about = events.read(session, subject=Subject(noun=Noun.ACCOUNT, id=found.id))
    assert {event.actor for _, event in about} <= {OPERATOR}
    return [event.verb for _, event in about]


def test_an_account_is_kept_with_its_password(platform: Platform) -> None:
    added = actions.add_account(platform, SYSTEM, account("zhang"), PASSWORD)
    assert added.node == "n1"
    assert added.id != "new"
    with platform.database.reading() as session:
        assert accounts.verify_password(session, "ZHANG", PASSWORD) == added
    assert verbs(platform, added) == ["account_added"]


def test_a_password_that_is_too_short_leaves_no_account(platform: Platform) -> None:
    with pytest.raises(InvalidValue, match="10 to 1000"):
        actions.add_account(platform, SYSTEM, account("zhang"), "short")
    assert actions.list_accounts(platform, SYSTEM).accounts == ()


def test_a_login_is_given_once(platform: Platform) -> None:
    actions.add_account(platform, SYSTEM, account("zhang"))
    with pytest.raises(DuplicateId, match="taken"):
        actions.add_account(platform, SYSTEM, account("Zhang"))


@pytest.mark.parametrize("field", ["node", "organisation", "manager"])
def test_what_an_account_names_has_to_be_there(field: str, platform: Platform) -> None:
    with pytest.raises(NotFound) as refused:
        actions.add_account(platform, SYSTEM, account("zhang", **{field: "nowhere"}))
    assert refused.value.where == {"field": field}


def test_a_deleted_organisation_is_not_there(platform: Platform) -> None:
    put(platform, Noun.ORGANISATION, Organisation(id="u1", name="某大学"))
    kept = actions.add_account(platform, SYSTEM, account("li", organisation="u1", manager="m1"))
    assert (kept.organisation, kept.manager) == ("u1", "m1")
    remove(platform, Noun.ORGANISATION, ["u1"])
    with pytest.raises(NotFound, match="no organisation u1"):
        actions.add_account(platform, SYSTEM, account("wu", organisation="u1"))


def test_changes_keep_the_password(platform: Platform) -> None:
    actions.add_account(platform, SYSTEM, account("zhang"), PASSWORD)
    changed = actions.change_account(platform, SYSTEM, "zhang", {"node": "n2", "manager": "m1"})
    assert (changed.node, changed.manager) == ("n2", "m1")
    with platform.database.reading() as session:
        assert accounts.verify_password(session, "zhang", PASSWORD) == changed


def test_a_login_is_not_changed_this_way(platform: Platform) -> None:
    actions.add_account(platform, SYSTEM, account("zhang"))
    with pytest.raises(UsageError, match="login isn't changed"):
        actions.change_account(platform, SYSTEM, "zhang", {"login": "li"})


def test_a_new_password_takes_the_place_of_the_old_one(platform: Platform) -> None:
    added = actions.add_account(platform, SYSTEM, account("zhang"), PASSWORD)
    actions.set_password(platform, SYSTEM, "zhang", "another four words")
    with platform.database.reading() as session:
        assert accounts.verify_password(session, "zhang", PASSWORD) is None
        assert accounts.verify_password(session, "zhang", "another four words") == added
    assert verbs(platform, added) == ["account_added", "password_set"]


def test_the_last_admin_stays(platform: Platform) -> None:
    first = actions.add_account(platform, SYSTEM, account("zhang", Role.ADMIN))
    actions.add_account(platform, SYSTEM, account("li", Role.MANAGER))
    with pytest.raises(UsageError, match="zhang is the last admin"):
        actions.set_active(platform, SYSTEM, "zhang", False)
    with pytest.raises(UsageError, match="zhang is the last admin"):
        actions.set_roles(platform, SYSTEM, "zhang", [Role.MANAGER])
    assert verbs(platform, first) == ["account_added"]
    actions.set_roles(platform, SYSTEM, "li", [Role.MANAGER, Role.ADMIN])
    assert actions.set_active(platform, SYSTEM, "zhang", False).active is False
    with pytest.raises(UsageError, match="li is the last admin"):
        actions.set_active(platform, SYSTEM, "li", False)


def test_whether_there_is_an_admin(platform: Platform) -> None:
    assert not actions.list_accounts(platform, SYSTEM).has_admin
    actions.add_account(platform, SYSTEM, account("zhang", Role.ADMIN, active=False))
    assert not actions.list_accounts(platform, SYSTEM).has_admin
    actions.set_active(platform, SYSTEM, "zhang", True)
    assert actions.list_accounts(platform, SYSTEM).has_admin


def test_admins_have_their_own_node_and_those_below(platform: Platform) -> None:
    admin = actions.add_account(platform, SYSTEM, account("east", Role.ADMIN, node="n2"))
    actions.add_account(platform, SYSTEM, account("above", node="n1"))
    east = viewer(platform, admin)
    assert actions.add_account(platform, east, account("own")).node == "n2"
    assert actions.add_account(platform, east, account("below", node="n4")).node == "n4"
    for node in ("n1", "n3"):
        with pytest.raises(NotAllowed):
            actions.add_account(platform, east, account("other", node=node))
    with pytest.raises(NotAllowed):
        actions.change_account(platform, east, "own", {"node": "n1"})
    with pytest.raises(NotFound):
        actions.set_roles(platform, east, "above", [Role.ADMIN])
    logins = [one.login for one in actions.list_accounts(platform, east).accounts]
    assert logins == ["below", "east", "own"]


def test_an_admin_makes_nobody_a_manager_of_another_node(platform: Platform) -> None:
    """Or they would see that manager's follow-ups."""
    put(platform, Noun.MANAGER, manager("m7", "Welding", node="n4"))
    admin = actions.add_account(platform, SYSTEM, account("east", Role.ADMIN, node="n2"))
    east = viewer(platform, admin)
    with pytest.raises(NotAllowed, match="m1 belongs to a node"):
        actions.add_account(platform, east, account("li", manager="m1"))
    assert actions.add_account(platform, east, account("li", manager="m7")).manager == "m7"
    with pytest.raises(NotAllowed, match="m1 belongs to a node"):
        actions.change_account(platform, east, "li", {"manager": "m1"})
    actions.change_account(platform, SYSTEM, "li", {"manager": "m1"})
    assert actions.change_account(platform, east, "li", {"name": "Li"}).manager == "m1"
    assert actions.change_account(platform, east, "li", {"manager": ""}).manager == ""


def test_others_see_themselves_alone_and_change_nothing(platform: Platform) -> None:
    added = actions.add_account(platform, SYSTEM, account("zhang"))
    zhang = viewer(platform, added)
    assert actions.get_account(platform, zhang, "zhang") == added
    assert actions.list_accounts(platform, zhang).accounts == (added,)
    with pytest.raises(NotAllowed):
        actions.set_roles(platform, zhang, "zhang", [Role.ADMIN])
    with pytest.raises(NotAllowed):
        actions.add_account(platform, zhang, account("li"))


def test_accounts_come_by_pages(platform: Platform) -> None:
    for login in ("b", "C", "a"):
        actions.add_account(platform, SYSTEM, account(login))
    first = actions.page_accounts(platform, SYSTEM, "", 2)
    assert [one.login for one in first.rows] == ["a", "b"]
    assert first.next is not None
    second = actions.page_accounts(platform, SYSTEM, first.next, 2)
    assert ([one.login for one in second.rows], second.next) == (["C"], None)


def test_roles_and_the_rest_are_changed_in_one_go_by_who_saw_the_last_state(
    platform: Platform,
) -> None:
    added = actions.add_account(platform, SYSTEM, account("li", Role.HOLDER))
    seen, wanted = state_of(added), {"name": "Li", "roles": (Role.ADMIN, Role.MANAGER)}
    changed = actions.change_account(platform, SYSTEM, "li", wanted, seen)
    assert (changed.name, changed.roles) == ("Li", (Role.MANAGER, Role.ADMIN))
    with platform.database.reading() as session:
        told = [one.verb for _, one in events.read(session, subject=about(changed))]
    assert told == ["account_added", "account_changed", "roles_set"]
    with pytest.raises(EditConflict):
        actions.change_account(platform, SYSTEM, "li", {"name": "No"}, seen)
    with pytest.raises(UsageError, match="last admin"):
        actions.change_account(platform, SYSTEM, "li", {"name": "No", "roles": (Role.HOLDER,)})
    with pytest.raises(InvalidValue, match="needs a role"):
        actions.change_account(platform, SYSTEM, "li", {"roles": ()})
    assert actions.get_account(platform, SYSTEM, "li") == changed


def test_who_is_made_a_manager_by_their_roles_is_said_by_an_admin_of_that_managers_node(
    platform: Platform,
) -> None:
    east = viewer_of(Account(id="e", login="e", roles=(Role.ADMIN,), node="n2"), {"n2": ""})
    one = account("li", Role.HOLDER, node="n2", manager="m1")
    actions.add_account(platform, SYSTEM, one)
    with pytest.raises(NotAllowed):
        actions.change_account(platform, east, "li", {"roles": (Role.MANAGER,)})


def about(one: Account) -> Subject:
    return Subject(noun=Noun.ACCOUNT, id=one.id)
