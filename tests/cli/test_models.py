"""`matcher models` from the shell, on a platform with a model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matcher.actions.model_comparison import HeldOut
from matcher.actions.platform import Platform
from matcher.cli import models as command
from matcher.domain.enums import Noun
from matcher.evaluate.comparison import Comparison
from tests.actions.test_models import worse
from tests.platforms import outcome, publish, put

Run = Callable[..., Any]
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def models(matcher: Run, platform: Platform) -> Run:
    return lambda *arguments: matcher("--home", platform.settings.home, "models", *arguments)


@pytest.fixture
def first(platform: Platform) -> str:
    return platform.library.current().version


@pytest.fixture
def second(platform: Platform, first: str) -> str:
    """A later model with one more outcome, which is current."""
    put(platform, Noun.OUTCOME, outcome("o8", "Hydrogen storage"))
    return publish(platform)


@pytest.mark.slow
def test_versions_are_listed(models: Run, first: str, second: str) -> None:
    rows = json.loads(models("list", "--json").out)
    assert [(row["version"], row["state"]) for row in rows] == [
        (first, "previous"),
        (second, "current"),
    ]
    assert second in models("list").out


def test_facts_of_the_current_one(models: Run, first: str) -> None:
    facts = json.loads(models("show", "--json").out)
    assert (facts["version"], facts["counts"]["outcome"]) == (first, 5)
    assert "outcome 5" in models("show", first).out
    assert models("show", "0009-00000000").code == 1


@pytest.mark.slow
def test_two_are_compared(models: Run, first: str, second: str) -> None:
    lines = json.loads(models("compare", first, second, "--json", "--no-held-out").out)
    counts = {line["name"]: line for line in lines if line["part"] == "counts"}
    assert (counts["outcome"]["first"], counts["outcome"]["second"]) == (5, 6)
    assert counts["outcome"]["differs"]
    assert not counts["need"]["differs"]
    ran = models("compare", first, second)
    assert "30 are needed" in ran.err
    shown = ran.out.splitlines()
    assert ["*", "counts", "outcome", "5", "6"] in [line.split() for line in shown]
    assert ["counts", "need", "3", "3"] in [line.split() for line in shown]


def test_differences_are_shown_with_interval_and_p(
    models: Run, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    better = Comparison(0.1, 0.05, 0.15, 0.004, 40)
    found = HeldOut({"need>outcome.nDCG@10": better}, "since 2026-11-02")
    monkeypatch.setattr(command, "compare_held_out", lambda *_: found)
    ran = models("compare", first, first)
    assert "held out: since 2026-11-02" in ran.err
    assert "the first is better by 0.100 [0.050, 0.150], p = 0.004, 40 queries" in ran.out
    [row, *_] = json.loads(models("compare", first, first, "--json").out)
    assert (row["part"], row["p"], row["verdict"]) == ("held_out", 0.004, "better")


def test_what_is_worse_needs_force_and_a_reason(
    models: Run, first: str, platform: Platform
) -> None:
    version = worse(platform)
    ran = models("publish", version)
    assert ran.code == 1
    assert platform.library.current().version == first
    assert models("publish", version, "--force").code == 2
    assert models("publish", version, "--force", "--why", "labels mixed up").code == 0
    assert json.loads(models("show", "--json").out)["forced"]["why"] == "labels mixed up"


@pytest.mark.slow
def test_back_and_forth(models: Run, first: str, second: str, platform: Platform) -> None:
    ran = models("rollback")
    assert (ran.code, ran.out, ran.err) == (0, "", f"{first} is current.\n")
    assert platform.library.current().version == first
    assert models("publish", second, "-q").err == ""
    assert platform.library.current().version == second


def test_there_is_nothing_to_go_back_to(models: Run, first: str) -> None:
    ran = models("rollback")
    assert ran.code == 1
    assert first in ran.err


@pytest.mark.slow
def test_old_versions_are_collected(models: Run, first: str, second: str) -> None:
    assert json.loads(models("collect", "--keep", "1", "--json").out) == []
    models("publish", first)
    models("publish", second)
    assert "Removed: none" in models("collect").err
    assert models("collect", "--keep", "0").code == 2


def test_every_byte_is_verified(models: Run, first: str, platform: Platform) -> None:
    assert models("verify").out == f"ok  {first}\n"
    path: Path = platform.library.current().folder / "outcome" / "items.npy"
    path.write_bytes(path.read_bytes()[:-1])
    ran = models("verify", first)
    assert ran.code == 1
    assert "truncated" in ran.out
    [found] = json.loads(models("verify", "--json").out)
    assert str(path) in found["problem"]
    assert models("publish", first).code == 1


def test_without_a_model(models: Run, platform: Platform) -> None:
    platform.library.folder.rename(platform.settings.home / "elsewhere")
    ran = models("list")
    assert (ran.code, ran.out) == (0, "")
    assert "matcher train" in ran.err
    assert models("show").code == 1
    assert models("verify").out == ""
