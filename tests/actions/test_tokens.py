"""Tokens: for how long, in which role, and who may have them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.accounts import add_account
from matcher.actions.platform import Platform
from matcher.actions.tokens import list_tokens, make_token, new_token, page_tokens, revoke_token
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM, Viewer, viewer_of
from matcher.errors import InvalidValue, NotAllowed, NotFound, UsageError
from matcher.store import nodes, tokens
from tests.platforms import NOW


@pytest.fixture
def zhang(platform: Platform) -> Account:
    roles = (Role.MANAGER, Role.ADMIN)
    return add_account(platform, SYSTEM, Account(id="new", login="zhang", roles=roles))


@pytest.fixture
def li(platform: Platform) -> Account:
    given = Account(id="new", login="li", roles=(Role.ENTERPRISE,))
    return add_account(platform, SYSTEM, given)


def viewer(platform: Platform, account: Account) -> Viewer:
    with platform.database.reading() as session:
        return viewer_of(account, nodes.parents(session))


def test_the_secret_signs_in_until_its_day(platform: Platform, zhang: Account) -> None:
    held, secret = new_token(platform, SYSTEM, "zhang", "crm", Role.MANAGER, 30)
    assert (held.login, held.token.expires_at) == ("zhang", NOW + timedelta(days=30))
    with platform.database.reading() as session:
        last = NOW + timedelta(days=30, seconds=-1)
        assert tokens.verify(session, secret, last) == held.token
        assert tokens.verify(session, secret, NOW + timedelta(days=30)) is None


def test_the_only_role_need_not_be_named(platform: Platform, li: Account, zhang: Account) -> None:
    held, _ = new_token(platform, SYSTEM, "li", "shop", None, 1)
    assert held.token.scope is Role.ENTERPRISE
    with pytest.raises(UsageError, match="several roles"):
        new_token(platform, SYSTEM, "zhang", "crm", None, 1)


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_a_token_lasts_a_day_to_ten_years(days: int, platform: Platform, li: Account) -> None:
    with pytest.raises(UsageError, match="3650 days"):
        new_token(platform, SYSTEM, "li", "shop", None, days)


@pytest.mark.parametrize("name", ["", " ", "\udc80", "a\0b"])
def test_a_name_is_needed(name: str, platform: Platform, li: Account) -> None:
    with pytest.raises(InvalidValue):
        new_token(platform, SYSTEM, "li", name, None, 1)
    assert list_tokens(platform, SYSTEM) == ()


def test_lists_are_of_one_or_of_all(platform: Platform, zhang: Account, li: Account) -> None:
    new_token(platform, SYSTEM, "li", "shop", None, 1)
    new_token(platform, SYSTEM, "zhang", "crm", Role.ADMIN, 1)
    everybody = {(held.login, held.token.name) for held in list_tokens(platform, SYSTEM)}
    assert everybody == {("li", "shop"), ("zhang", "crm")}
    [held] = list_tokens(platform, SYSTEM, "li")
    assert held.login == "li"
    with pytest.raises(NotFound):
        list_tokens(platform, SYSTEM, "nobody")


def test_a_revoked_token_stays_revoked(platform: Platform, li: Account) -> None:
    held, secret = new_token(platform, SYSTEM, "li", "shop", None, 1)
    revoke_token(platform, SYSTEM, held.token.id)
    later = replace(platform, now=lambda: NOW + timedelta(hours=1))
    assert revoke_token(later, SYSTEM, held.token.id).revoked_at == NOW
    with platform.database.reading() as session:
        assert tokens.verify(session, secret, NOW) is None


@pytest.mark.parametrize("id_", ["", "nothing", "\udc80", "a\0b"])
def test_what_was_never_a_token_is_not_revoked(id_: str, platform: Platform) -> None:
    with pytest.raises(NotFound):
        revoke_token(platform, SYSTEM, id_)


def test_tokens_are_their_accounts_and_the_admins(
    platform: Platform, zhang: Account, li: Account
) -> None:
    own = viewer(platform, li)
    held, secret = new_token(platform, own, "li", "shop", None, 1)
    with pytest.raises(NotFound):
        new_token(platform, own, "zhang", "theirs", Role.ADMIN, 1)
    admins, _ = new_token(platform, SYSTEM, "zhang", "crm", Role.ADMIN, 1)
    with pytest.raises(NotFound):
        revoke_token(platform, own, admins.token.id)
    assert list_tokens(platform, SYSTEM, "zhang")[0].token.revoked_at is None
    assert list_tokens(platform, own) == (held,)
    revoke_token(platform, viewer(platform, zhang), held.token.id)
    with platform.database.reading() as session:
        assert tokens.verify(session, secret, NOW) is None


def test_seeing_an_account_is_not_acting_for_it(platform: Platform, li: Account) -> None:
    """A viewer whose circles hold the account, but who is neither it nor an admin."""
    stranger = Viewer(replace(li, id="other"), frozenset({f"account:{li.id}"}))
    with pytest.raises(NotAllowed):
        new_token(platform, stranger, "li", "shop", None, 1)


def test_a_token_makes_none_for_another_role_of_its_account(
    platform: Platform, zhang: Account
) -> None:
    """zhang is an admin too; a token that acts as a manager mustn't become one that acts so."""
    acting = viewer(platform, replace(zhang, roles=(Role.MANAGER,)))
    held, _ = new_token(platform, acting, zhang.login, "laptop", Role.MANAGER, 1)
    assert held.token.scope is Role.MANAGER
    with pytest.raises(NotAllowed, match="acting as"):
        new_token(platform, acting, zhang.login, "laptop", Role.ADMIN, 1)


def test_a_token_makes_none_that_lasts_longer(platform: Platform, li: Account) -> None:
    """Else a token that was revoked would live on in its successors."""
    until = NOW + timedelta(days=3)
    with pytest.raises(NotAllowed, match="lasts longer"):
        make_token(platform, viewer(platform, li), "", "more", None, 4, until=until)
    held, _ = make_token(platform, viewer(platform, li), "", "less", None, 3, until=until)
    assert held.token.expires_at == until


def test_a_token_of_another_nodes_manager_is_not_for_the_admins_of_the_account(
    platform: Platform,
) -> None:
    """The account is of n2, the manager it acts for of n1."""
    given = Account(
        id="new", login="wang", roles=(Role.MANAGER, Role.ADMIN), node="n2", manager="m1"
    )
    wang = add_account(platform, SYSTEM, given)
    other = Account(id="new", login="chief", roles=(Role.ADMIN,), node="n2")
    chief = viewer(platform, add_account(platform, SYSTEM, other))
    with pytest.raises(NotAllowed, match="m1 belongs to a node"):
        new_token(platform, chief, "wang", "crm", Role.MANAGER, 1)
    assert new_token(platform, viewer(platform, wang), "wang", "crm", Role.MANAGER, 1)


def test_tokens_come_by_pages(platform: Platform, zhang: Account, li: Account) -> None:
    for account in (zhang, li):
        new_token(platform, SYSTEM, account.login, "laptop", account.roles[0], 1)
    first = page_tokens(platform, SYSTEM, None, "", 1)
    assert first.next is not None
    second = page_tokens(platform, SYSTEM, None, first.next, 1)
    assert (*first.rows, *second.rows) == list_tokens(platform, SYSTEM)
    assert second.next is None


def test_without_a_login_it_is_the_viewers_own_in_the_role_they_act_in(
    platform: Platform, zhang: Account
) -> None:
    acting = viewer(platform, replace(zhang, roles=(Role.MANAGER,)))
    held, _ = make_token(platform, acting, "", "laptop", None, 1)
    assert (held.login, held.token.scope) == (zhang.login, Role.MANAGER)
    with pytest.raises(UsageError, match="several roles"):
        make_token(platform, viewer(platform, zhang), "", "laptop", None, 1)
    with pytest.raises(NotFound):
        make_token(platform, SYSTEM, "", "laptop", None, 1)
