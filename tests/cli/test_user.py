"""`matcher user`: accounts from the shell."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "four words that fit"  # noqa: S105
Run = Callable[..., Any]


@pytest.fixture
def user(matcher: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`matcher user …` on a fresh platform; nobody is at the keyboard."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    assert matcher("--home", tmp_path / "home", "init").code == 0
    return lambda *arguments: matcher("--home", tmp_path / "home", "user", *arguments)


def pipe(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_an_account_is_added_and_shown(user: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, PASSWORD + "\n")
    ran = user("add", "zhang", "--role", "manager", "--role", "admin", "--password-stdin", "--json")
    assert (ran.code, ran.err) == (0, "")
    added = json.loads(ran.out)
    assert added["roles"] == ["manager", "admin"]
    assert added["node"] == "core"
    assert json.loads(user("show", "ZHANG", "--json").out) == added
    assert json.loads(user("list", "--json").out) == [added]
    assert PASSWORD not in ran.out + user("show", "zhang").out


def test_mail_goes_where_it_was_said(user: Run) -> None:
    added = user("add", "li", "--role", "holder", "--email", "li@example.org", "--json")
    assert json.loads(added.out)["email"] == "li@example.org"
    assert json.loads(user("change", "li", "--email", "", "--json").out)["email"] == ""
    refused = user("change", "li", "--email", "li")
    assert (refused.code, "mail address" in refused.err) == (1, True)


def test_what_is_missing_is_said(user: Run) -> None:
    ran = user("add", "zhang", "--role", "manager", "--name", "某人")
    assert ran.code == 0
    assert "matcher user password zhang" in ran.err
    assert "no admin yet" in ran.err
    assert "某人" in user("list").out


def test_a_poor_password_leaves_no_account(user: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, "short\n")
    ran = user("add", "zhang", "--role", "admin", "--password-stdin")
    assert ran.code == 1
    assert "10 to 1000 characters" in ran.err
    assert "short\n" not in ran.err
    assert json.loads(user("list", "--json").out) == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--node", "nowhere"), "no node 'nowhere'"),
        (("--manager", "m1"), "no technology manager m1"),
        (("--organisation", "u1"), "no organisation u1"),
        (("--name", "\udc80"), "name holds"),
    ],
)
def test_what_is_not_there_is_named(options: tuple[str, ...], words: str, user: Run) -> None:
    ran = user("add", "zhang", "--role", "admin", *options)
    assert ran.code == 1
    assert words in ran.err


@pytest.mark.parametrize("login", ["", "two words", "\udc80", "x" * 300])
def test_a_login_that_cannot_be_one(login: str, user: Run) -> None:
    ran = user("add", login, "--role", "admin")
    assert ran.code == 1
    assert "login" in ran.err


def test_roles_state_and_facts_change(user: Run) -> None:
    user("add", "zhang", "--role", "admin")
    user("add", "li", "--role", "manager")
    assert "manager, holder" in user("role", "li", "--set", "holder", "--set", "manager").out
    assert user("disable", "li").code == 0
    assert json.loads(user("show", "li", "--json").out)["active"] is False
    assert user("enable", "li").code == 0
    assert json.loads(user("show", "li", "--json").out)["active"] is True
    changed = json.loads(user("change", "li", "--name", "李", "--lang", "en", "--json").out)
    assert (changed["name"], changed["language"]) == ("李", "en")
    assert user("change", "li").code == 2


def test_the_last_admin_stays(user: Run) -> None:
    user("add", "zhang", "--role", "admin")
    for command in (("disable", "zhang"), ("role", "zhang", "--set", "manager")):
        ran = user(*command)
        assert ran.code == 2
        assert "the last admin" in ran.err


def test_a_password_is_set_later(user: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    user("add", "zhang", "--role", "admin")
    assert "No password was given" in user("password", "zhang").err
    pipe(monkeypatch, PASSWORD)
    ran = user("password", "zhang", "--password-stdin")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert user("password", "nobody").code == 1


@pytest.mark.parametrize("command", ["show", "disable", "enable"])
def test_nobody_of_that_name(command: str, user: Run) -> None:
    ran = user(command, "nobody")
    assert ran.code == 1
    assert "no account nobody" in ran.err


def test_who_failed_too_often_is_let_in_again(user: Run) -> None:
    assert user("add", "zhang", "--role", "admin").code == 0
    assert user("unlock", "ZHANG").code == 0
    ran = user("unlock", "nobody")
    assert ran.code == 1
    assert "There is no account nobody" in ran.err
