"""`matcher train`: a new version, published unless that isn't wanted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matcher.actions.platform import Platform
from matcher.actions.ruling import Ruling
from matcher.actions.train import Trained
from matcher.cli import train as command
from tests.actions.test_models import worse

Run = Callable[..., Any]
CHECKOUT = Path(__file__).parents[2]

# The database is named by the settings of --home: a file.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.mark.slow
def test_a_new_model_is_made_and_only_published_if_wanted(matcher: Run, platform: Platform) -> None:
    home, before = platform.settings.home, platform.library.current().version
    ran = matcher("--home", home, "train", "--no-publish")
    assert ran.code == 0
    kept = ran.out.strip()
    assert platform.library.verify(kept).parent == before
    assert platform.library.current().version == before
    ran = matcher("--home", home, "train")
    assert ran.out.strip() == platform.library.current().version > kept


def test_a_recipe_that_is_not_there_leaves_all_as_it_was(matcher: Run, platform: Platform) -> None:
    before = platform.library.versions()
    ran = matcher("--home", platform.settings.home, "train", "--recipe", "none.toml")
    assert ran.code == 1
    assert platform.library.versions() == before


@pytest.mark.parametrize("given", [["--force"], ["--why", "because"]])
def test_force_and_reason_go_together(matcher: Run, platform: Platform, given: list[str]) -> None:
    before = platform.library.versions()
    ran = matcher("--home", platform.settings.home, "train", *given)
    assert ran.code == 2
    assert platform.library.versions() == before


@pytest.mark.parametrize("given", [[], ["--fresh", "--seed", "3"]])
def test_what_is_worse_is_kept_and_needs_force(
    matcher: Run, platform: Platform, monkeypatch: pytest.MonkeyPatch, given: list[str]
) -> None:
    before = platform.library.current().version
    version = worse(platform)
    asked = []

    def made(_: object, *__: object, **how: object) -> Trained:
        asked.append(how)
        return Trained(version, Ruling(against=before, why="worse"))

    monkeypatch.setattr(command, "train_model", made)
    ran = matcher("--home", platform.settings.home, "train", *given)
    assert (ran.code, ran.out) == (1, f"{version}\n")
    assert "--force --why" in ran.err
    assert platform.library.current().version == before
    assert asked == [{"seed": 3, "fresh": True} if given else {"seed": 0, "fresh": False}]
    ran = matcher(
        "--home", platform.settings.home, "train", *given, "--force", "--why", "labels mixed up"
    )
    assert ran.code == 0
    assert platform.library.current().version == version
    ran = matcher("--home", platform.settings.home, "models", "show")
    assert "labels mixed up" in ran.out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "The same command goes on where it was."),
        (["--fresh"], "The same command goes on where it was, with --resume instead of --fresh."),
    ],
)
def test_ctrl_c_says_how_to_go_on(
    matcher: Run, platform: Platform, monkeypatch: pytest.MonkeyPatch, given: list[str], said: str
) -> None:
    def interrupted(*_: object, **__: object) -> Trained:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "train_model", interrupted)
    ran = matcher("--home", platform.settings.home, "train", *given)
    assert ran.code == 1
    assert ran.err.splitlines()[-1] == f"Interrupted; no model was published. {said}"


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_training_ends_with_the_command(platform: Platform, end: signal.Signals) -> None:
    """Standard error is open as long as one of the two processes is there."""
    before = platform.library.versions()
    home = str(platform.settings.home)
    given = [sys.executable, "-m", "matcher", "--home", home, "train", "--seed", "7"]
    paths = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(given, env=paths, stderr=subprocess.PIPE) as running:
        assert running.stderr is not None
        assert running.stderr.readline().startswith(b"[1/6]")
        running.send_signal(end)
        _, said = running.communicate(timeout=120)
    assert running.returncode == -end
    assert b"write" not in said
    assert platform.library.versions() == before
