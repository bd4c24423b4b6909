"""`matcher worker` says what is wrong before it works; tests/jobs has it at work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_without_a_platform_there_is_nothing_to_work_for(matcher: Run, tmp_path: Path) -> None:
    ran = matcher("--home", tmp_path / "none", "worker")
    assert (ran.code, "matcher init" in ran.err) == (2, True)


def test_a_time_that_there_is_none_of_is_said(
    matcher: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert matcher("--home", tmp_path, "init").code == 0
    monkeypatch.setenv("MATCHER_TRAIN_AT", "0 99 * * *")
    ran = matcher("--home", tmp_path, "worker")
    assert (ran.code, "train_at" in ran.err) == (2, True)


def test_no_threads_are_too_few(matcher: Run, tmp_path: Path) -> None:
    assert matcher("--home", tmp_path, "worker", "--threads", 0).code == 2
