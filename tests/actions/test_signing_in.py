"""Who is behind a token, a session or a password, and which of these are nobody's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions import sign_in_attempts
from matcher.actions.accounts import add_account, set_active, set_roles
from matcher.actions.platform import Platform
from matcher.actions.sign_in_attempts import WINDOW
from matcher.actions.signing_in import (
    NOTED_EVERY,
    STRANGER,
    by_password,
    by_session,
    by_token,
    sign_out,
    unlock,
)
from matcher.actions.tokens import list_tokens, new_token, revoke_token
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM
from matcher.errors import NotAllowed, NotFound, NotSignedIn
from matcher.store import accounts, events
from matcher.store.web_sessions import IDLE, LONGEST

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


PASSWORD = "four words that fit"  # noqa: S105
SECOND = timedelta(seconds=1)


@pytest.fixture
def lin(platform: Platform) -> Account:
    """Somebody with two roles and a password."""
    found = Account(id="-", login="lin", roles=ROLES, node="n2")
    return add_account(platform, SYSTEM, found, PASSWORD)


def verbs(platform: Platform) -> list[tuple[str, str, tuple[str, ...]]]:
    """Who did what to whom, of what has to do with signing in."""
    told = {"signed_in", "sign_in_failed", "locked_out", "signed_out", "unlocked"}
    with platform.database.reading() as session:
        return [
            (event.actor, event.verb, tuple(one.id for one in event.subjects))
            for _, event in events.read(session, verbs=told)
        ]


def test_a_password_opens_a_session_in_all_roles(platform: Platform, lin: Account) -> None:
    secret = by_password(platform, "LIN", PASSWORD, "10.0.0.1")
    found = by_session(platform, secret)
    assert (found.viewer.account, found.scope) == (lin, None)
    sign_out(platform, secret)
    sign_out(platform, secret)
    with pytest.raises(NotSignedIn):
        by_session(platform, secret)
    assert verbs(platform) == [
        (lin.id, "signed_in", (lin.id,)),
        (lin.id, "signed_out", (lin.id,)),
    ]


@pytest.mark.parametrize(
    "login",
    ["", "wang", "lin\u200b", "\u202elin", "lin\x00", "\ud800", "l" * 10_000_000, "lin\r\nx: y"],
)
def test_what_is_no_login_is_refused_as_a_wrong_password_is(
    platform: Platform, lin: Account, login: str
) -> None:
    with pytest.raises(NotSignedIn) as wrong:
        by_password(platform, "lin", PASSWORD + "x", "10.0.0.1")
    with pytest.raises(NotSignedIn) as odd:
        by_password(platform, login, PASSWORD, "10.0.0.1")
    assert str(odd.value) == str(wrong.value)
    assert verbs(platform)[1:] == [(STRANGER, "sign_in_failed", ())]


@pytest.mark.parametrize("login", ["lin", "ＬＩＮ", "nobody-at-all"])
def test_after_five_failures_the_right_password_is_refused_in_the_same_words(
    platform: Platform, lin: Account, login: str
) -> None:
    said = set()
    for password in [*["wrong password"] * 5, PASSWORD]:
        with pytest.raises(NotSignedIn) as refused:
            by_password(platform, login, password, "10.0.0.1")
        said.add(str(refused.value))
    assert len(said) == 1
    about = (lin.id,) if login != "nobody-at-all" else ()
    failed = [(STRANGER, "sign_in_failed", about)] * 5
    assert verbs(platform) == [*failed, (STRANGER, "locked_out", about)]


def test_a_lock_opens_by_itself_or_by_an_admin(platform: Platform, lin: Account) -> None:
    def fail() -> None:
        for _ in range(5):
            with pytest.raises(NotSignedIn):
                by_password(platform, "lin", "wrong password", "10.0.0.1")

    fail()
    assert by_password(later(platform, WINDOW), "lin", PASSWORD, "10.0.0.1")
    fail()
    with pytest.raises(NotSignedIn):
        by_password(platform, "lin", PASSWORD, "10.0.0.1")
    unlock(platform, SYSTEM, "lin")
    assert by_password(platform, "lin", PASSWORD, "10.0.0.1")
    assert ("operator", "unlocked", (lin.id,)) in verbs(platform)


def test_somebody_elsewhere_does_not_lock_the_owner_out(platform: Platform, lin: Account) -> None:
    for _ in range(6):
        with pytest.raises(NotSignedIn):
            by_password(platform, "lin", "wrong password", "192.0.2.66")
    assert by_password(platform, "lin", PASSWORD, "10.0.0.1")
    with pytest.raises(NotSignedIn):
        by_password(platform, "lin", PASSWORD, "192.0.2.66")


def test_signing_in_clears_the_failures(platform: Platform, lin: Account) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(NotSignedIn):
                by_password(platform, "lin", "wrong password", "10.0.0.1")
        assert by_password(platform, "lin", PASSWORD, "10.0.0.1")


def test_many_at_once_get_no_more_tries(platform: Platform, lin: Account) -> None:
    looked = []
    admit = sign_in_attempts.admit

    def counted(*given: object) -> bool:
        looked.append(admit(*given))  # type: ignore[arg-type]
        return looked[-1]

    def attempt(n: int) -> None:
        with pytest.raises(NotSignedIn):
            by_password(platform, "lin", f"wrong password {n}", "10.0.0.1")

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(8) as pool:
        patch.setattr(sign_in_attempts, "admit", counted)
        list(pool.map(attempt, range(12)))
    assert (len(looked), sum(looked)) == (12, 5)


def test_a_locked_login_costs_as_much_as_any(
    platform: Platform, lin: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the time would tell that it is locked, and so that somebody tries."""
    looked: list[str] = []
    matches = accounts._matches

    def counted(digest: str, password: str) -> bool:
        looked.append(password)
        return matches(digest, password)

    monkeypatch.setattr(accounts, "_matches", counted)
    for n in range(7):
        with pytest.raises(NotSignedIn):
            by_password(platform, "lin", f"wrong password {n}", "10.0.0.1")
    with pytest.raises(NotSignedIn):
        by_password(platform, "nobody", "wrong password", "10.0.0.1")
    assert len(looked) == 8


def test_a_session_ends_when_it_is_idle_or_old_and_no_clock_revives_it(
    platform: Platform, lin: Account
) -> None:
    idle = by_password(platform, "lin", PASSWORD, "")
    assert by_session(later(platform, IDLE - SECOND), idle)
    with pytest.raises(NotSignedIn):
        by_session(later(platform, 2 * IDLE), idle)
    with pytest.raises(NotSignedIn):
        by_session(platform, idle)
    used = by_password(platform, "lin", PASSWORD, "")
    for n in range(1, 21):
        assert by_session(later(platform, n * IDLE - n * SECOND), used)
    with pytest.raises(NotSignedIn):
        by_session(later(platform, LONGEST), used)


def test_a_session_of_a_clock_that_is_ahead_holds(platform: Platform, lin: Account) -> None:
    ahead = by_password(later(platform, timedelta(minutes=2)), "lin", PASSWORD, "")
    assert by_session(platform, ahead).viewer.account == lin


def test_a_token_of_a_clock_that_is_ahead_holds(platform: Platform, lin: Account) -> None:
    ahead = later(platform, timedelta(minutes=2))
    secret = new_token(ahead, SYSTEM, "lin", "laptop", Role.MANAGER, 1)[1]
    assert by_token(platform, secret).scope is Role.MANAGER


def test_who_is_shut_out_has_no_session(platform: Platform, lin: Account) -> None:
    secret = by_password(platform, "lin", PASSWORD, "")
    set_active(platform, SYSTEM, "lin", False)
    for _ in range(2):
        with pytest.raises(NotSignedIn):
            by_session(platform, secret)
        set_active(platform, SYSTEM, "lin", True)


def test_only_an_admin_of_the_node_unlocks(platform: Platform, lin: Account) -> None:
    viewer = by_session(platform, by_password(platform, "lin", PASSWORD, "")).viewer
    with pytest.raises(NotAllowed):
        unlock(platform, viewer, "lin")
    with pytest.raises(NotFound):
        unlock(platform, viewer, "nobody")
