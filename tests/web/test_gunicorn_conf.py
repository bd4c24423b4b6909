"""The service under gunicorn: ready before it accepts, one sum of all processes, a graceful end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from matcher.settings import Settings
from tests.cli.test_listener import SLOW_SERVICE

Process = subprocess.Popen[str]
Start = Callable[..., "Served"]
PID = re.compile("pid: ([0-9]+)")
pytestmark = pytest.mark.slow


class Served:
    """A gunicorn with the lines that it writes."""

    def __init__(self, process: Process) -> None:
        self.process = process
        [self.address] = [word for word in self.line("Listening at").split() if "://" in word]

    def line(self, start: str) -> str:
        """The next event that starts so; every line before it is JSON, too."""
        assert self.process.stderr is not None
        for text in self.process.stderr:
            event: str = json.loads(text)["event"]
            if event.startswith(start):
                return event
        raise AssertionError(f"it ended without {start}")

    def get(self, path: str) -> requests.Response:
        return requests.get(f"{self.address}{path}", timeout=60)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start gunicorn as docs/operations.md says, at a port that is free."""
    started: list[Process] = []

    def run(folder: Path = tmp_path, **variables: str) -> Served:
        # Metrics are kept in a folder of its own even where the starter has named one.
        given = {"MATCHER_LISTEN": "127.0.0.1:0", "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
        command = [sys.executable, "-m", "gunicorn", "-c", "python:matcher.web.gunicorn_conf"]
        process = subprocess.Popen(
            [*command, "service:app"],
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env={**os.environ, **given, **variables},
        )
        started.append(process)
        return Served(process)

    yield run
    for process in started:
        process.terminate()
        process.communicate(timeout=60)


def models(served: Served) -> dict[str, float]:
    """How many processes answer with which model."""
    families = text_string_to_metric_families(served.get("/metrics").text)
    samples = (one for family in families for one in family.samples)
    return {one.labels["version"]: one.value for one in samples if one.name == "matcher_model"}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_its_processes_are_ready_when_they_accept_and_are_counted_while_they_live(
    start: Start, standard_settings: Settings, tmp_path: Path
) -> None:
    metrics = tmp_path / "not" / "there"
    served = start(MATCHER_HOME=str(standard_settings.home), PROMETHEUS_MULTIPROC_DIR=str(metrics))
    first = served.get("/readyz")
    assert first.status_code == 200
    # A thread of OpenMP in it would make every process that it forks hang.
    assert len(list(Path("/proc", str(served.process.pid), "task").glob("*"))) == 1
    killed = int(PID.findall(served.line("Worker ready"))[0])
    served.line("Worker ready")
    assert models(served) == {first.json()["model_version"]: 2.0}
    os.kill(killed, signal.SIGKILL)
    served.line("Worker ready")
    assert models(served) == {first.json()["model_version"]: 2.0}
    [folder] = metrics.glob("matcher-metrics-*")
    served.process.send_signal(signal.SIGTERM)
    served.line("Shutting down")
    assert served.process.wait(timeout=60) == 0
    assert not folder.exists()


def test_what_is_under_way_is_finished(start: Start, tmp_path: Path) -> None:
    (tmp_path / "service.py").write_text(SLOW_SERVICE, encoding="utf-8")
    os.mkfifo(gate := tmp_path / "gate")
    served = start(GATE=str(gate), PYTHONPATH=str(tmp_path))
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(served.get, "/slow")
        assert served.process.stdout is not None
        assert served.process.stdout.readline().strip() == "under way"
        served.process.send_signal(signal.SIGTERM)
        served.line("Handling signal: term")
        gate.write_text("x", encoding="utf-8")
        assert answer.result().text == "x" * 300_000
    assert served.process.wait(timeout=60) == 0


def test_a_wrong_setting_is_told_without_a_traceback(tmp_path: Path) -> None:
    environ: dict[str, Any] = {**os.environ, "MATCHER_WORKERS": "none"}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:matcher.web.gunicorn_conf", "x:y"]
    ran = subprocess.run(
        command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "MATCHER_WORKERS" in ran.stderr
    assert "Traceback" not in ran.stderr
