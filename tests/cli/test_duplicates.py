"""`matcher duplicates`, from finding a pair to taking its merge apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matcher.domain.enums import Noun
from tests.cli.conftest import Run
from tests.platforms import outcome, put, small_platform


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two outcomes under one number, and a third; no model."""
    platform = small_platform(tmp_path / "home")
    titles = {"o1": "泵", "o2": "Pump"}
    twins = (outcome(id_, title, reg_no="20250001") for id_, title in titles.items())
    put(platform, Noun.OUTCOME, *twins, outcome("o3", "阀"))
    platform.database.dispose()
    return tmp_path / "home"


def found(matcher: Run, home: Path) -> str:
    ran = matcher("--home", home, "duplicates", "find", "outcomes", "--json")
    assert ran.code == 0, ran.err
    return str(json.loads(ran.out)["proposed"][0]["id"])


def test_a_pair_is_found_shown_merged_and_taken_apart(matcher: Run, home: Path) -> None:
    id_ = found(matcher, home)
    listed = matcher("--home", home, "duplicates", "list")
    assert id_ in listed.out
    assert "the same number in the register" in listed.out
    merged = matcher("--home", home, "duplicates", "merge", id_, "--keep", "o2")
    assert merged.out.startswith("o1 is part of o2 now.")
    assert matcher("--home", home, "duplicates", "list").out == ""
    undone = matcher("--home", home, "duplicates", "undo", id_)
    assert (undone.code, undone.out) == (0, "o1 is a record of its own again.\n")


def test_a_rejected_pair_is_not_proposed_again(matcher: Run, home: Path) -> None:
    id_ = found(matcher, home)
    ran = matcher("--home", home, "duplicates", "reject", id_, "--json")
    assert json.loads(ran.out)["state"] == "rejected"
    again = matcher("--home", home, "duplicates", "find", "outcomes")
    assert again.out.startswith("0 proposed, 1 known before. Texts weren't compared")
    ran = matcher("--home", home, "duplicates", "list", "--state", "rejected", "--json")
    assert [one["id"] for one in json.loads(ran.out)] == [id_]


def test_what_is_not_there_is_said(matcher: Run, home: Path) -> None:
    for command in ("merge", "reject", "undo"):
        ran = matcher("--home", home, "duplicates", command, "m0")
        assert (ran.code, ran.out) == (1, "")
        assert "no merge 'm0'" in ran.err
    assert matcher("--home", home, "duplicates", "find", "outcomes", "--import", "i0").code == 1
    assert matcher("--home", home, "duplicates", "find", "nodes").code == 2


def test_every_command_has_an_example(matcher: Run) -> None:
    for command in ("find", "list", "merge", "reject", "undo"):
        assert "Example: matcher duplicates" in matcher("duplicates", command, "--help").out
