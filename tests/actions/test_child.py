"""The process of its own: its result, its failure, its settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from matcher.actions.child import environment, run_training
from matcher.errors import MatcherError
from matcher.settings import Settings, load_settings


def answering(monkeypatch: pytest.MonkeyPatch, code: int, out: bytes) -> list[list[str]]:
    """A child that ends like this; the commands that were run."""
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> SimpleNamespace:
        commands.append(command)
        return SimpleNamespace(returncode=code, stdout=out)

    monkeypatch.setattr(subprocess, "run", run)
    return commands


def test_the_last_line_is_the_result(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commands = answering(monkeypatch, 0, b'noise\n{"a": [1]}\n')
    found = run_training(Settings(home=tmp_path), ["build"], failed="F", hint="H")
    assert found == {"a": [1]}
    assert commands == [[sys.executable, "-P", "-m", "training", "build"]]


@pytest.mark.parametrize(
    ("code", "out", "said"),
    [(3, b"", "exit code 3"), (0, b"", "no result"), (0, b"x", "no result")],
)
def test_a_failure_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: int, out: bytes, said: str
) -> None:
    answering(monkeypatch, code, out)
    with pytest.raises(MatcherError, match=said) as caught:
        run_training(Settings(home=tmp_path), ["build"], failed="F", hint="H")
    assert caught.value.hint == "H"


def test_the_child_gets_every_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(
        home=tmp_path / "here",
        database="postgresql://user:secret@host/name",
        models=tmp_path / "there",
        keep_models=3,
        poll_seconds=7.5,
        language="en",
        encoder="some#MODEL",
    )
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    assert load_settings().model_dump() == settings.model_dump()
