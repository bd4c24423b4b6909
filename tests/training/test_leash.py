"""A process that ends with the one that started it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 60
FOLLOWING = """
import signal, sys, time
from training import leash
{before}
try:
    leash.follow(0)
    print("ready", flush=True)
    {work}
except KeyboardInterrupt:
    print("tidied up", flush=True)
"""
SLEEP = "time.sleep(600)"


@contextmanager
def following(work: str = SLEEP, before: str = "") -> Iterator[subprocess.Popen[bytes]]:
    program = FOLLOWING.format(work=work, before=before)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=CHECKOUT, stdin=pipe, stdout=pipe, stderr=pipe
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("before", ["", "signal.signal(signal.SIGINT, signal.SIG_IGN)"])
def test_it_is_interrupted_when_the_other_end_closes(before: str) -> None:
    with following(before=before) as process:
        out, err = process.communicate(b"words", timeout=PATIENCE)
    assert (out, err, process.returncode) == (b"tidied up\n", b"", 0)


def test_what_hears_no_interrupt_ends_after_a_grace() -> None:
    ignore, say = "signal.signal(signal.SIGINT, signal.SIG_IGN)", "print('deaf', flush=True)"
    with following(f"{ignore}; {say}; {SLEEP}", "leash.GRACE = 0.1") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"deaf\n"
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 130


def test_work_that_is_done_ends_without_a_word() -> None:
    with following("pass") as process:
        process.wait(PATIENCE)
        assert process.returncode == 0
        assert process.stderr is not None
        assert process.stderr.read() == b""
