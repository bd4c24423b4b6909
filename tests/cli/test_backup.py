"""`matcher backup` and `matcher restore` from the shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matcher.actions.platform import Platform

Run = Callable[..., Any]
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def here(matcher: Run, platform: Platform) -> Run:
    return lambda *arguments: matcher("--home", platform.settings.home, *arguments)


@pytest.mark.slow
def test_there_and_back(here: Run, matcher: Run, platform: Platform, tmp_path: Path) -> None:
    ran = here("backup", tmp_path / "b.zip")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("Saving the database\nSaving the model ")
    assert "and 1 model written to" in ran.err
    new = tmp_path / "new"
    ran = matcher("--home", new, "restore", tmp_path / "b.zip")
    assert (ran.code, ran.out) == (0, "")
    assert f"1 model restored to {new}" in ran.err
    searched = ("search", "锂电池 cobalt", "--json")
    before, after = here(*searched), matcher("--home", new, *searched)
    assert json.loads(before.out)["matches"]
    assert json.loads(after.out) == json.loads(before.out)
    doctor = json.loads(matcher("--home", new, "doctor", "--json").out)
    assert [one for one in doctor["findings"] if not one["ok"]] == []


def test_scripts_get_what_is_in_it(here: Run, matcher: Run, tmp_path: Path) -> None:
    ran = here("backup", tmp_path / "b.zip", "--no-models", "--json")
    saved = json.loads(ran.out)
    assert ran.err == ""
    assert (saved["rows"]["outcome"], saved["models"], saved["current"]) == (5, [], None)
    assert saved["bytes"] == (tmp_path / "b.zip").stat().st_size
    ran = matcher("--home", tmp_path / "new", "restore", tmp_path / "b.zip", "--json")
    restored = json.loads(ran.out)
    assert restored["home"] == str(tmp_path / "new")
    assert restored["rows"] == saved["rows"]
    assert matcher("--home", tmp_path / "third", "restore", tmp_path / "b.zip", "-q").err == ""


def test_a_file_is_not_written_over_unasked(here: Run, tmp_path: Path) -> None:
    assert here("backup", tmp_path / "b.zip", "-q").code == 0
    ran = here("backup", tmp_path / "b.zip")
    assert ran.code == 2
    assert "--force" in ran.err
    assert here("backup", tmp_path / "b.zip", "--force", "--all-models").code == 0
    assert here("backup", tmp_path / "c.zip", "--all-models", "--no-models").code == 2


def test_a_place_that_is_not_empty(here: Run, tmp_path: Path) -> None:
    here("backup", tmp_path / "b.zip")
    ran = here("restore", tmp_path / "b.zip")
    assert ran.code == 2
    assert "empty place" in ran.err


def test_what_is_no_backup(matcher: Run, tmp_path: Path, platform: Platform) -> None:
    (tmp_path / "b.zip").write_bytes(b"PK something")
    for file in ("b.zip", "nothing.zip"):
        ran = matcher("--home", tmp_path / "new", "restore", tmp_path / file)
        assert ran.code == 1
        assert file in ran.err
        assert not (tmp_path / "new").exists()
