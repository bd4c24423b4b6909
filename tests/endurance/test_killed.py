"""Killed at random moments, nothing is half there, and the same command completes afterwards.

ENDURANCE_KILLS sets how many kills there are; the few of an ordinary run are a sample of them.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matcher.actions.health import examine_platform
from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun
from matcher.resources import data_path
from matcher.settings import Settings
from matcher.store import records
from tests.platforms import NOW

KILLS = int(os.environ.get("ENDURANCE_KILLS", "4"))
SAMPLE = {noun: data_path("sample", f"{noun}.jsonl") for noun in ("outcomes", "needs")}
WHOLE = {Noun.OUTCOME: 320, Noun.NEED: 160}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def command(home: Path, *arguments: str) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-m", "matcher", "--home", str(home), *arguments]
    # A session of its own, so that a kill reaches the training it started, too.
    return subprocess.Popen(
        line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )


def completed(home: Path, *arguments: str) -> float:
    """Seconds that the command took; it must end well."""
    started = time.monotonic()
    process = command(home, *arguments)
    _, said = process.communicate(timeout=600)
    assert process.returncode == 0, said.decode()
    return time.monotonic() - started


def killed(home: Path, after: float, *arguments: str) -> float:
    """Kill the command in so many seconds; how long it took if it was done by then, else 0."""
    started = time.monotonic()
    process = command(home, *arguments)
    try:
        process.communicate(timeout=after)
        return time.monotonic() - started
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return 0.0


def counts(home: Path) -> dict[Noun, int]:
    with open_platform(Settings(home=home)) as platform, platform.database.reading() as session:
        return {noun: records.count(session, noun) for noun in WHOLE}


def assert_sound(home: Path) -> None:
    """All is well but for folders that a dead process left, and removing them is enough."""
    findings = examine_platform(Settings(home=home), NOW, fix=False)
    wrong = [finding for finding in findings if not finding.ok]
    assert [finding.subject for finding in wrong if finding.subject != "leftovers"] == []
    assert not [
        finding
        for finding in examine_platform(Settings(home=home), NOW, fix=True)
        if not finding.ok
    ]


def test_an_import_is_whole_or_not_there(tmp_path: Path) -> None:
    draw = random.Random(20261122)
    reference = tmp_path / "reference"
    completed(reference, "init")
    took = completed(reference, "import", "outcomes", str(SAMPLE["outcomes"]))
    interrupted = 0
    for round_ in range(KILLS):
        home = tmp_path / f"home{round_}"
        completed(home, "init")
        arguments = ("import", "outcomes", str(SAMPLE["outcomes"]))
        interrupted += not killed(home, draw.uniform(0.2, 0.95) * took, *arguments)
        assert counts(home)[Noun.OUTCOME] in (0, WHOLE[Noun.OUTCOME])
        assert_sound(home)
        # How busy the machine is changes; the next kill goes by the last run.
        took = completed(home, *arguments)
        assert counts(home)[Noun.OUTCOME] == WHOLE[Noun.OUTCOME]
    assert interrupted, "no run was interrupted; the test shows nothing"


def test_training_and_publishing_leave_the_old_model_or_the_new_one(tmp_path: Path) -> None:
    draw = random.Random(20261123)
    home = tmp_path / "home"
    completed(home, "init")
    for noun, file in SAMPLE.items():
        completed(home, "import", noun, str(file))
    took = completed(home, "train")
    interrupted = 0
    for _ in range(KILLS):
        with open_platform(Settings(home=home)) as platform:
            before = platform.library.current().version
        # Most of the interesting moments are the last ones: writing, verifying, publishing.
        finished = killed(home, draw.uniform(0.3, 1.0) * took, "train")
        interrupted, took = interrupted + (not finished), finished or took
        with open_platform(Settings(home=home)) as platform:
            after = platform.library.current().version
            assert after >= before
            assert {entry.problem for entry in platform.library.versions()} == {""}
        assert_sound(home)
    completed(home, "train")
    with open_platform(Settings(home=home)) as platform:
        assert platform.library.current().version > before
        assert platform.live.serving().version == platform.library.current().version
    assert interrupted, "no run was interrupted; the test shows nothing"
