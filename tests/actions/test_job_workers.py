"""Workers: one that is there is known to be, and one that was killed to be gone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.actions import job_workers
from matcher.actions.job_workers import FOLDER, forget_gone, registered, workers
from matcher.bundle.locks import Lock, Mode, acquire
from matcher.errors import UnwritableOutput

OTHER = """
import sys, time
from pathlib import Path
from matcher.actions.job_workers import registered
with registered(Path(sys.argv[1])) as name:
    print(name, flush=True)
    time.sleep(600)
"""


def test_one_that_was_killed_is_gone_and_one_that_works_is_not(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OTHER, str(tmp_path)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other,
        registered(tmp_path) as mine,
    ):
        assert other.stdout is not None
        name = other.stdout.readline().strip()
        assert workers(tmp_path) == ({name, mine}, frozenset())
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert workers(tmp_path) == ({mine}, {name})
        forget_gone(tmp_path, frozenset({name, mine}))
        assert workers(tmp_path) == ({mine}, frozenset())
    assert list((tmp_path / "workers").iterdir()) == []


def test_what_somebody_looks_at_just_now_is_removed_the_next_time(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    path = tmp_path / FOLDER / "killed.lock"
    path.touch()
    looking = acquire(path, Mode.TRIED)
    assert looking is not None
    forget_gone(tmp_path, frozenset({"killed"}))
    assert path.exists()
    looking.release()
    forget_gone(tmp_path, frozenset({"killed", "never there"}))
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_a_file_system_without_locks_tells_nothing_of_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Lock:
        raise OSError(95, "Operation not supported")

    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "w.lock").touch()
    monkeypatch.setattr(job_workers, "acquire", refuse)
    assert workers(tmp_path) == (frozenset(), frozenset())


def test_a_name_that_somebody_looks_at_is_not_the_last_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = iter(["first", "second"])
    monkeypatch.setattr(job_workers.secrets, "token_hex", lambda _: next(given))
    host = "".join(char for char in socket.gethostname() if char.isalnum() or char in "-.")
    looked_at = f"{host or 'host'}-{os.getpid()}-first"
    (tmp_path / FOLDER).mkdir()
    with acquire(tmp_path / FOLDER / f"{looked_at}.lock", Mode.TRIED), registered(tmp_path) as name:
        assert name.endswith("-second")


def test_no_place_for_the_lock_is_said(tmp_path: Path) -> None:
    (tmp_path / "workers").write_text("in the way")
    with pytest.raises(UnwritableOutput), registered(tmp_path):
        pass
