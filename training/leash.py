"""A process that ends with the one that started it, however that one ends."""

from __future__ import annotations

import os
import signal
import threading
import time

GRACE = 10.0
"""Seconds to tidy up in, before the process ends as it is: a long computation hears no signal."""
_CODE = 130
_SOME = 1 << 12


def follow(stream: int) -> None:
    """Interrupt this process, as Ctrl-C does, once the file descriptor `stream` has come to its
    end: its other end closes with the process that holds it, even where that is killed.

    To be called by the main thread. What is written to the stream is passed over.
    """
    # What was started in the background may have been told to ignore interrupts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_wait, args=(stream,), daemon=True).start()


def _wait(stream: int) -> None:
    # Not through sys.stdin, whose lock a daemon thread would hold when the process ends.
    while os.read(stream, _SOME):
        pass
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(GRACE)
    os._exit(_CODE)
