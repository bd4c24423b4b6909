"""Three accounts with passwords of their own, made once; a token that works; and `make demo`."""

from __future__ import annotations

import json
import stat
import subprocess
from pathlib import Path

import pytest

from matcher.actions.accounts import list_accounts
from matcher.actions.platform import Platform
from matcher.actions.signing_in import by_token
from matcher.actions.tokens import list_tokens
from matcher.cli import demo
from matcher.cli.demo import HEADER, KEPT, TOKEN, keep_token, make_accounts
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM
from matcher.store import accounts

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def kind() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def of_the_standard_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has other managers than the sample, and no organisation."""
    monkeypatch.setattr(
        demo,
        "ACCOUNTS",
        (
            Account(id="new", login="broker", roles=(Role.MANAGER,), manager="m1"),
            Account(id="new", login="enterprise", roles=(Role.ENTERPRISE,)),
            Account(id="new", login="admin", roles=(Role.ADMIN,)),
        ),
    )


def signs_in(platform: Platform, login: str, password: str) -> bool:
    with platform.database.reading() as session:
        return accounts.verify_password(session, login, password) is not None


def test_passwords_are_made_once_and_kept_for_their_owner_alone(platform: Platform) -> None:
    first = make_accounts(platform)
    file = platform.settings.home / KEPT
    assert first.new == {"broker", "enterprise", "admin"}
    assert len(set(first.passwords.values())) == 3
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert all(signs_in(platform, *pair) for pair in first.passwords.items())
    again = make_accounts(platform)
    assert (again.new, again.passwords) == (frozenset(), first.passwords)
    assert json.loads(file.read_text()) == first.passwords
    file.unlink()
    third = make_accounts(platform)
    assert not set(third.passwords.values()) & set(first.passwords.values())
    assert all(signs_in(platform, *pair) for pair in third.passwords.items())
    assert len(list_accounts(platform, SYSTEM).accounts) == 3


def test_the_token_works_and_is_made_anew_only_where_it_does_not(platform: Platform) -> None:
    make_accounts(platform)
    file = platform.settings.home / TOKEN
    keep_token(platform)
    secret = file.read_text().strip()
    assert by_token(platform, secret).scope is Role.ENTERPRISE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    keep_token(platform)
    assert file.read_text().strip() == secret
    file.write_text("mt_something")
    keep_token(platform)
    assert by_token(platform, file.read_text().strip()).scope is Role.ENTERPRISE
    assert len(list_tokens(platform, SYSTEM)) == 2
    header = platform.settings.home / HEADER
    assert header.read_text() == f"Authorization: Bearer {file.read_text().strip()}\n"
    assert stat.S_IMODE(header.stat().st_mode) == 0o600


def test_no_secret_stands_in_what_is_to_be_typed(
    platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    made = make_accounts(platform)
    demo._tell(platform.settings.home, "http://127.0.0.1:1", made)
    said = capsys.readouterr().out
    assert f"curl -H @{platform.settings.home / HEADER} " in said
    assert "Bearer" not in said


@pytest.mark.parametrize(("serve", "there"), [("0", False), ("1", True)])
def test_make_demo_serves_unless_told_not_to(serve: str, there: bool) -> None:
    ran = subprocess.run(
        ["make", "--dry-run", "demo", f"SERVE={serve}"],  # noqa: S607
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ("matcher.cli.demo --home demo-home" in ran.stdout) is there
