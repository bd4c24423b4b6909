"""Who is behind a token, and which tokens are nobody's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.accounts import add_account, set_active, set_roles
from matcher.actions.platform import Platform
from matcher.actions.signing_in import NOTED_EVERY, by_token
from matcher.actions.tokens import list_tokens, new_token, revoke_token
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM
from matcher.errors import NotSignedIn

ROLES = (Role.MANAGER, Role.ENTERPRISE)


@pytest.fixture
def secret(platform: Platform) -> str:
    add_account(platform, SYSTEM, Account(id="-", login="lin", roles=ROLES, node="n2"))
    return new_token(platform, SYSTEM, "lin", "laptop", Role.ENTERPRISE, 30)[1]


def later(platform: Platform, by: timedelta) -> Platform:
    now = platform.now() + by
    return replace(platform, now=lambda: now)


def test_a_token_acts_in_its_role_alone(platform: Platform, secret: str) -> None:
    found = by_token(platform, secret)
    account = found.viewer.account
    assert account is not None
    assert (account.login, account.roles, found.scope) == (
        "lin",
        (Role.ENTERPRISE,),
        Role.ENTERPRISE,
    )
    assert "members:n4" in found.viewer.tokens
    assert "brokers:n2" not in found.viewer.tokens


@pytest.mark.parametrize("other", ["", "mt_", "mt_wrong", "x" * 10_000, "\ud800", "mt_' OR 1=1"])
def test_what_is_no_token(platform: Platform, secret: str, other: str) -> None:
    with pytest.raises(NotSignedIn):
        by_token(platform, other)


def test_a_token_ends(platform: Platform, secret: str) -> None:
    with pytest.raises(NotSignedIn):
        by_token(later(platform, timedelta(days=31)), secret)
    [held] = list_tokens(platform, SYSTEM, "lin")
    revoke_token(platform, SYSTEM, held.token.id)
    with pytest.raises(NotSignedIn):
        by_token(platform, secret)


def test_who_is_shut_out_or_lost_the_role_is_nobody(platform: Platform, secret: str) -> None:
    set_active(platform, SYSTEM, "lin", False)
    with pytest.raises(NotSignedIn):
        by_token(platform, secret)
    set_active(platform, SYSTEM, "lin", True)
    assert by_token(platform, secret).scope is Role.ENTERPRISE
    set_roles(platform, SYSTEM, "lin", [Role.MANAGER])
    with pytest.raises(NotSignedIn):
        by_token(platform, secret)


def test_its_use_is_noted_once_in_a_while(platform: Platform, secret: str) -> None:
    def noted() -> object:
        [held] = list_tokens(platform, SYSTEM, "lin")
        return held.token.last_used_at

    assert noted() is None
    start = platform.now()
    by_token(platform, secret)
    assert noted() == start
    by_token(later(platform, NOTED_EVERY / 2), secret)
    assert noted() == start
    by_token(later(platform, NOTED_EVERY), secret)
    assert noted() == start + NOTED_EVERY
