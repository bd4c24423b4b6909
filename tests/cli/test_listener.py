"""Told to end, a process finishes what is under way; a slow client holds up nobody."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import requests

Process = subprocess.Popen[str]

# A service with an operation that takes as long as the test wants.
SLOW_SERVICE = """
import os

from flask import Flask

app = Flask("slow")


@app.get("/quick")
def quick():
    return "quick"


@app.get("/slow")
def slow():
    print("under way", flush=True)
    with open(os.environ["GATE"]) as gate:
        return gate.read() * 300_000
"""


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    """A pipe: the slow answer comes when the test has written into it."""
    path = tmp_path / "gate"
    os.mkfifo(path)
    return path


@pytest.fixture
def served(tmp_path: Path, gate: Path) -> Iterator[Process]:
    """`matcher serve` of the slow service, in the place of the product's own."""
    (tmp_path / "service.py").write_text(SLOW_SERVICE, encoding="utf-8")
    serve = "from matcher.cli.main import main; main(['serve', '--listen', '127.0.0.1:0'])"
    environ = {**os.environ, "GATE": str(gate), "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", serve]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environ, cwd=tmp_path
    ) as process:
        yield process
        process.kill()


def line(process: Process) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


@pytest.mark.slow
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT], ids=lambda told: told.name)
def test_what_is_under_way_is_finished(served: Process, gate: Path, told: signal.Signals) -> None:
    address = line(served)
    kept_alive = requests.Session()
    assert kept_alive.get(f"{address}/quick", timeout=60).text == "quick"
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(requests.get, f"{address}/slow", timeout=60)
        assert line(served) == "under way"
        served.send_signal(told)
        until_nobody_listens(port_of(address))
        assert served.poll() is None
        gate.write_text("x", encoding="utf-8")
        assert answer.result().text == "x" * 300_000
    assert served.wait(timeout=60) == 0


def until_nobody_listens(port: int) -> None:
    """Returns once a connection is refused."""
    for _ in range(10_000):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=60).close()
        except ConnectionError:
            return
    raise AssertionError("it goes on listening")


@pytest.mark.slow
def test_clients_that_dribble_hold_up_nobody(served: Process) -> None:
    address = line(served)
    slow = [socket.create_connection(("127.0.0.1", port_of(address))) for _ in range(32)]
    for client in slow:
        client.sendall(b"POST /quick HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
    assert requests.get(f"{address}/quick", timeout=60).text == "quick"
    for client in slow:
        with closing(client):
            client.shutdown(socket.SHUT_RDWR)
