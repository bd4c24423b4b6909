"""Workers: one that is there is known to be, and one that was killed to be gone."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.actions.job_workers import forget_gone, gone, registered
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
        assert gone(tmp_path) == frozenset()
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert gone(tmp_path) == {name} != {mine}
        forget_gone(tmp_path, gone(tmp_path))
        assert gone(tmp_path) == frozenset()
    assert list((tmp_path / "workers").iterdir()) == []


def test_no_place_for_the_lock_is_said(tmp_path: Path) -> None:
    (tmp_path / "workers").write_text("in the way")
    with pytest.raises(UnwritableOutput), registered(tmp_path):
        pass
