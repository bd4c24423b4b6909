"""`matcher init` makes a place, and nothing else works without one."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_a_place_is_made_once(matcher: Run, tmp_path: Path) -> None:
    home = tmp_path / "a" / "home"
    ran = matcher("--home", home, "init")
    assert (ran.code, ran.out) == (0, "")
    assert f"ready in {home}" in ran.err
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "matcher.db").stat().st_mode) == 0o600
    ran = matcher("--home", home, "init")
    assert ran.code == 0
    assert "there already" in ran.err


def test_scripts_get_what_was_made(matcher: Run, tmp_path: Path) -> None:
    ran = matcher("--home", tmp_path, "init", "--node-name", "华东", "--json")
    made = json.loads(ran.out)
    assert ran.err == ""
    assert (made["home"], made["schema_before"]) == (str(tmp_path), None)
    assert made["node"] == {"id": "core", "kind": "core", "name": "华东"}
    assert matcher("--home", tmp_path, "init", "-q").err == ""


def test_an_unwritable_place(matcher: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = matcher("--home", tmp_path / "file" / "home", "init")
    assert ran.code == 1
    assert "can't be made" in ran.err
    assert "--home" in ran.err


COMMANDS = (
    ("user", "list"),
    ("user", "add", "zhang", "--role", "admin"),
    ("token", "list"),
    ("node", "list"),
    ("models", "list"),
    ("models", "publish", "0001-00000000"),
    ("backup", "b.zip"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_other_commands_say_to_run_it_first(
    command: tuple[str, ...], matcher: Run, tmp_path: Path
) -> None:
    ran = matcher("--home", tmp_path / "slip", *command)
    assert ran.code == 2
    assert "Run `matcher init` first" in ran.err
    assert not (tmp_path / "slip").exists()
