"""`matcher token`: the secret goes to standard output once, and nowhere else."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def token(matcher: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`matcher token …` on a platform with one account, zhang."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    assert matcher("--home", tmp_path, "init").code == 0
    assert matcher("--home", tmp_path, "user", "add", "zhang", "--role", "manager").code == 0
    return lambda *arguments: matcher("--home", tmp_path, "token", *arguments)


def test_the_secret_is_all_of_standard_output(token: Run) -> None:
    ran = token("new", "zhang", "--name", "crm", "--role", "manager")
    assert ran.code == 0
    assert ran.out.startswith("mt_")
    assert len(ran.out.split()) == 1
    assert ran.out.strip() not in ran.err
    listed = token("list", "zhang")
    assert "crm" in listed.out
    assert ran.out.strip() not in listed.out + token("list", "--json").out


def test_scripts_get_the_secret_with_the_facts(token: Run) -> None:
    ran = token("new", "zhang", "--name", "crm", "--json")
    made = json.loads(ran.out)
    assert ran.err == ""
    assert made.pop("secret").startswith("mt_")
    assert json.loads(token("list", "--json").out) == [made]
    assert made["role"] == "manager"


def test_a_token_is_revoked_by_its_id(token: Run) -> None:
    made = json.loads(token("new", "zhang", "--name", "crm", "--json").out)
    ran = token("revoke", made["id"])
    assert (ran.code, ran.out) == (0, "")
    assert "crm is revoked" in ran.err
    [known] = json.loads(token("list", "--json").out)
    assert known["revoked_at"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("new", "nobody", "--name", "crm"), 1),
        (("new", "zhang", "--name", "crm", "--role", "admin"), 1),
        (("new", "zhang", "--name", ""), 1),
        (("new", "zhang", "--name", "crm", "--days", "0"), 2),
        (("new", "zhang"), 2),
        (("revoke", "nothing"), 1),
        (("list", "nobody"), 1),
    ],
)
def test_what_cannot_be(arguments: tuple[str, ...], code: int, token: Run) -> None:
    ran = token(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err
    assert json.loads(token("list", "--json").out) == []
