"""Told to end, a process finishes what is under way; a slow client holds up nobody."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
import requests
from flask import Flask
from waitress.adjustments import Adjustments
from waitress.utilities import RequestEntityTooLarge

from matcher.cli.listener import Listener, Parser, TooLarge

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


def refused(*pieces: bytes) -> bool:
    """Whether a request that comes in these pieces is refused as too large."""
    parser = Parser(Adjustments(max_request_body_size=10_000_000))
    for piece in pieces:
        while piece and not parser.completed:
            piece = piece[parser.received(piece) :]
    parser.close()
    return isinstance(parser.error, RequestEntityTooLarge)


@pytest.mark.parametrize(
    ("line", "length", "too_large"),
    [
        ("POST /api/v1/match", 3_000_000, True),
        ("POST /sign-in", 3_000_000, True),
        ("GET /", 3_000_000, True),
        ("PUT /api/v1/imports", 3_000_000, True),
        ("POST /api/v1/imports/x/undo", 3_000_000, True),
        ("POST /api/v1/match", 1_000_000, False),
        ("POST /api/v1/imports", 3_000_000, False),
        ("POST /api/v1/imports?x=1", 3_000_000, False),
        ("POST /api/v1/imports", 20_000_000, True),
        ("POST /import", 3_000_000, False),
        ("POST /import", 20_000_000, True),
        ("POST /import/runs/x/undo", 3_000_000, True),
    ],
)
def test_a_large_body_is_refused_unread_but_where_files_are_sent(
    line: str, length: int, too_large: bool
) -> None:
    head = f"{line} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode()
    assert refused(head) is too_large
    assert refused(head[:30], head[30:]) is too_large


@pytest.mark.parametrize(
    ("path", "kind", "told"),
    [
        ("/import", "text/html; charset=utf-8", '<section lang="zh-Hans"><h1>文件或内容太大</h1>'),
        ("/pipeline/F-1/note", "text/html; charset=utf-8", "Nothing was saved."),
        ("/api/v1/imports", "application/problem+json", '"status": 413'),
    ],
)
def test_what_is_too_large_is_refused_in_words(path: str, kind: str, told: str) -> None:
    status, headers, body = TooLarge(path).to_response()
    assert (status[:3], dict(headers)) == ("413", {"Content-Type": kind})
    assert told in body.decode()


def test_a_body_that_does_not_say_how_large_it_is_has_an_end_too() -> None:
    head = b"POST /api/v1/match HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"80000\r\n" + b"x" * 0x80000 + b"\r\n"
    assert not refused(head, chunk)
    assert refused(head, *[chunk] * 5)


def test_a_connection_may_have_any_number() -> None:
    """Files that are sent can take all numbers up to 1023."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    high = 1500
    if limit[1] <= high:
        pytest.skip("no more files may be open here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(limit[0], high + 1), limit[1]))
    answers: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as low:
        bound = socket.socket(fileno=os.dup2(low.fileno(), high))
    address = "http://{}:{}".format(*bound.getsockname())
    app = Flask("quick")
    app.add_url_rule("/", "quick", lambda: "quick")

    def ask() -> None:
        try:
            answers.append(requests.get(address, timeout=60).text)
        finally:
            signal.raise_signal(signal.SIGTERM)

    Listener(app, bound, 1).answer(lambda: Thread(target=ask).start())
    resource.setrlimit(resource.RLIMIT_NOFILE, limit)
    assert answers == ["quick"]


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
