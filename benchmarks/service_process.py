"""gunicorn with the service, watched from outside: its processes, and whose a connection is."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Thread
from typing import Any

CONFIGURATION = "python:matcher.web.gunicorn_conf"
_HOST = "127.0.0.1"
_LONGEST = 120.0


class Service:
    """A running service; `ready` has the moments at which its processes had a model open."""

    def __init__(self, home: Path, workers: int, threads: int) -> None:
        self.port = free_port()
        self.address = f"http://{_HOST}:{self.port}"
        self.ready: list[float] = []
        self._changed = Condition()
        self.started = time.perf_counter()
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "gunicorn", "-c", CONFIGURATION, "service:app"],
            stderr=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "MATCHER_HOME": str(home),
                "MATCHER_LISTEN": f"{_HOST}:{self.port}",
                "MATCHER_WORKERS": str(workers),
                "MATCHER_THREADS": str(threads),
                "MATCHER_RATE_LIMIT": "off",
            },
        )
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        """Lines other than of requests are shown; those of a ready process are timed."""
        for line in self.process.stderr or ():
            event = json.loads(line)["event"] if line.startswith("{") else line.strip()
            if event.startswith("Worker ready"):
                with self._changed:
                    self.ready.append(time.perf_counter())
                    self._changed.notify_all()
            if event != "request":
                print(event, file=sys.stderr)

    def wait_ready(self, count: int) -> float:
        """The moment at which so many processes had become ready, the dead ones included."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.ready) >= count, _LONGEST):
                raise TimeoutError(f"{count} processes weren't ready in {_LONGEST} seconds")
            return self.ready[count - 1]

    def workers(self) -> list[int]:
        """The processes that answer."""
        main = self.process.pid
        return [int(pid) for pid in Path(f"/proc/{main}/task/{main}/children").read_text().split()]

    def connections(self, worker: int) -> int:
        """How many clients a process has; each has at most one request under way."""
        inodes = _inodes(worker)
        return len(inodes & {inode for inode, _ in _established(self.port)})

    def client_of(self, worker: int) -> http.client.HTTPConnection:
        """A connection that this process has taken; good for one request."""
        for _ in range(1000):
            client = http.client.HTTPConnection(_HOST, self.port, timeout=60)
            client.connect()
            if self._taker(client.sock.getsockname()[1]) == worker:
                return client
            client.close()
        raise TimeoutError(f"process {worker} accepts nothing")

    def _taker(self, port: int) -> int | None:
        """The process that took the connection from this port of a client."""
        until = time.perf_counter() + _LONGEST
        while time.perf_counter() < until:
            inodes = {inode for inode, other in _established(self.port) if other == port}
            for worker in self.workers():
                if inodes & _inodes(worker):
                    return worker
        return None

    def end(self) -> None:
        """End it gracefully."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=_LONGEST)


@contextmanager
def running(home: Path, workers: int, threads: int) -> Iterator[Service]:
    """A service, ready in all its processes, that ends with the block."""
    service = Service(home, workers, threads)
    try:
        service.wait_ready(workers)
        yield service
    finally:
        service.end()


def asked(
    client: http.client.HTTPConnection, method: str, path: str, token: str = "", body: Any = None
) -> tuple[int, Any]:
    """Status and JSON of an answer."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if body is not None:
        headers["Content-Type"] = "application/json"
    client.request(method, path, json.dumps(body) if body is not None else None, headers)
    answer = client.getresponse()
    return answer.status, json.loads(answer.read())


def free_port() -> int:
    with socket.socket() as found:
        found.bind((_HOST, 0))
        return int(found.getsockname()[1])


def _established(port: int) -> Iterator[tuple[str, int]]:
    """Inode and the client's port of every connection at the side of the service."""
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        local, remote, state, inode = fields[1], fields[2], fields[3], fields[9]
        if state == "01" and int(local.split(":")[1], 16) == port:
            yield inode, int(remote.split(":")[1], 16)


def _inodes(pid: int) -> set[str]:
    found = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            name = os.readlink(link)
        except FileNotFoundError:
            continue
        if name.startswith("socket:["):
            found.add(name[len("socket:[") : -1])
    return found
