"""The process of its own: its result, its failure, its settings."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.actions.child import Watch, environment, run_training
from matcher.errors import MatcherError
from matcher.settings import Settings, load_settings

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Makes a child of a shell script; its arguments are kept in the file that is given back."""

    def made(script: str) -> Path:
        program, arguments = tmp_path / "child", tmp_path / "arguments"
        program.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > {arguments}\n{script}\n")
        program.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(program))
        return arguments

    return made


def test_the_last_line_is_the_result(answering: Callable[[str], Path], tmp_path: Path) -> None:
    arguments = answering("""printf 'noise\\n{"a": [1]}\\n'""")
    found = run_training(Settings(home=tmp_path), ["build"], failed="F", hint="H")
    assert found == {"a": [1]}
    assert arguments.read_text().split() == ["-P", "-m", "training", "--leashed", "build"]


# What runs in the background is started with Ctrl-C ignored.
PARENT = """
import signal, sys
from pathlib import Path
from matcher.actions.child import run_training
from matcher.settings import Settings
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.executable = sys.argv[1]
run_training(Settings(home=Path(sys.argv[2])), ["build"], failed="F", hint="H")
"""
CHILD = """#!{python}
import sys, time
from training.leash import follow
try:
    follow(0)
    print("at work", file=sys.stderr, flush=True)
    time.sleep(600)
except KeyboardInterrupt:
    print("ended", file=sys.stderr, flush=True)
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_child_ends_with_its_parent(tmp_path: Path, end: signal.Signals) -> None:
    """Standard error is open as long as one of the two is there."""
    program = tmp_path / "child"
    program.write_text(CHILD.format(python=sys.executable))
    program.chmod(0o700)
    given = [sys.executable, "-c", PARENT, str(program), str(tmp_path)]
    paths = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(given, env=paths, stderr=subprocess.PIPE) as parent:
        assert parent.stderr is not None
        assert parent.stderr.readline() == b"at work\n"
        parent.send_signal(end)
        _, said = parent.communicate(timeout=60)
    assert parent.returncode == -end
    if end is not signal.SIGINT:
        assert said == b"ended\n"


@pytest.mark.parametrize(
    ("script", "said"),
    [("exit 3", "exit code 3"), ("exit 0", "no result"), ("echo x", "no result")],
)
def test_a_failure_is_said(
    answering: Callable[[str], Path], tmp_path: Path, script: str, said: str
) -> None:
    answering(script)
    with pytest.raises(MatcherError, match=said) as caught:
        run_training(Settings(home=tmp_path), ["build"], failed="F", hint="H")
    assert caught.value.hint == "H"


def test_who_watches_is_told_every_line_and_gets_the_result(
    answering: Callable[[str], Path], tmp_path: Path
) -> None:
    answering("""echo '[1/6] ingest: done' >&2; echo >&2; echo '{"a": 1}'; echo >&2 last""")
    lines: list[str] = []
    watch = Watch(lines.append, lambda: None)
    found = run_training(Settings(home=tmp_path), ["build"], failed="F", hint="H", watch=watch)
    assert found == {"a": 1}
    assert lines == ["[1/6] ingest: done", "last"]


def test_a_failure_that_was_watched_says_the_last_line(
    answering: Callable[[str], Path], tmp_path: Path
) -> None:
    answering("echo 'error: no records' >&2; exit 1")
    watch = Watch(lambda line: None, lambda: None)
    with pytest.raises(MatcherError, match=r"exit code 1\): error: no records"):
        run_training(Settings(home=tmp_path), ["build"], failed="F", hint="H", watch=watch)


class Enough(Exception):
    pass


def test_a_child_that_was_ended_with_its_parent_did_not_fail(
    answering: Callable[[str], Path], tmp_path: Path
) -> None:
    answering("echo ended >&2; exit 130")
    lines: list[str] = []

    def look() -> None:
        if lines:
            raise Enough

    watch = Watch(lines.append, look)
    with pytest.raises(Enough):
        run_training(Settings(home=tmp_path), ["build"], failed="F", hint="H", watch=watch)


def test_who_watches_may_interrupt_the_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It hears Ctrl-C and tidies up before the call returns."""
    program, ended = tmp_path / "child", tmp_path / "ended"
    tidying = f"print('ended', file=open({str(ended)!r}, 'w'))"
    script = CHILD.replace('print("ended", file=sys.stderr, flush=True)', tidying)
    program.write_text(script.format(python=sys.executable))
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    lines: list[str] = []

    def look() -> None:
        if lines:
            raise Enough

    watch = Watch(lines.append, look)
    with pytest.raises(Enough):
        run_training(Settings(home=tmp_path), ["build"], failed="F", hint="H", watch=watch)
    assert lines == ["at work"]
    assert ended.read_text() == "ended\n"


def test_the_child_gets_every_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(
        home=tmp_path / "here",
        database="postgresql://user:secret@host/name",
        models=tmp_path / "there",
        keep_models=3,
        poll_seconds=7.5,
        language="en",
        encoder="some#MODEL",
        secret_key="x" * 32,
        train_at="0 3 * * 1",
    )
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    assert load_settings().model_dump() == settings.model_dump()
