"""The service and the worker of a platform, as two processes that live and end together."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

from matcher.errors import MatcherError

GRACE = 45.0
"""Seconds to finish what is under way; what takes longer is killed."""
_LOOK = 0.5
# The last comes where the terminal is closed, and the two have no part in that terminal.
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

Process = subprocess.Popen[str]


def run_together(home: Path, told: Callable[[str], None]) -> None:
    """Start `matcher serve` and `matcher worker`, and end both at Ctrl-C, SIGTERM or SIGHUP.

    told: is called with the address once there is an answer. What the two say goes into
    service.log and worker.log in home. Raises MatcherError where one can't begin or ends by itself.
    """
    ended = Event()
    before = {number: signal.signal(number, lambda *_: ended.set()) for number in _SIGNALS}
    running: list[Process] = []
    try:
        service = _started(home, "serve", home / "service.log")
        running.append(service)
        address = (service.stdout.readline() if service.stdout else "").strip()
        if not address:
            raise _stopped(service, home / "service.log")
        running.append(_started(home, "worker", home / "worker.log"))
        told(address)
        _wait(running, ended, home)
    finally:
        _end(running)
        for number, handler in before.items():
            signal.signal(number, handler)


def _started(home: Path, command: str, log: Path) -> Process:
    line = [sys.executable, "-m", "matcher", "--home", str(home), command]
    with log.open("w", encoding="utf-8") as errors:
        # Ctrl-C goes to everything in the terminal; a session of its own hears of it from here.
        return subprocess.Popen(  # noqa: S603
            line, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True
        )


def _wait(running: list[Process], ended: Event, home: Path) -> None:
    service, worker = running
    while not ended.wait(_LOOK):
        if service.poll() is not None:
            raise _stopped(service, home / "service.log")
        if worker.poll() is not None:
            raise _stopped(worker, home / "worker.log")


def _stopped(process: Process, log: Path) -> MatcherError:
    process.wait()
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    last = said[-1].removeprefix("Error: ") if said else f"it ended with {process.returncode}"
    return MatcherError(last, file=str(log))


def _end(running: list[Process]) -> None:
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.communicate(timeout=GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
