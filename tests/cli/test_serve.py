"""`matcher serve` answers over HTTP until it is told to end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from matcher.settings import Settings

Run = Callable[..., Any]
Process = subprocess.Popen[str]


@pytest.fixture
def kind() -> str:
    """The database is named by the settings of --home: a file."""
    return "sqlite"


@pytest.fixture
def served(standard_settings: Settings) -> Iterator[Process]:
    """A server of its own at whatever port is free; its first line says where."""
    home = ["--home", str(standard_settings.home)]
    command = [sys.executable, "-m", "matcher", *home, "serve", "--listen", "127.0.0.1:0"]
    environ = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ
    ) as process:
        yield process
        process.kill()


@pytest.mark.slow
def test_it_answers_and_ends_when_told_to(served: Process) -> None:
    assert served.stdout is not None
    address = served.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    assert requests.get(f"{address}/healthz", timeout=60).json()["status"] == "alive"
    ready = requests.get(f"{address}/readyz", timeout=60)
    assert ready.json()["model_version"].startswith("0001-")
    assert "Server" not in ready.headers
    assert requests.post(f"{address}/api/v1/match", timeout=60).status_code == 401
    served.send_signal(signal.SIGTERM)
    assert served.wait(timeout=60) == 0


def test_an_address_that_is_taken(matcher: Run, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        ran = matcher("--home", tmp_path, "serve", "--listen", taken)
    assert ran.code == 2
    assert taken in ran.err
    assert "--listen" in ran.err


@pytest.mark.parametrize("listen", ["8000", "host:", ":", "host:port", "127.0.0.1:99999"])
def test_what_is_no_address(matcher: Run, tmp_path: Path, listen: str) -> None:
    ran = matcher("--home", tmp_path, "serve", "--listen", listen)
    assert (ran.code, "Traceback" in ran.err) == (2, False)
    assert "listen" in ran.err
