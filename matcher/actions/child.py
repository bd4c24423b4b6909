"""A command of training, run in a process of its own: one that has searched can't be forked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import IO, Any

from pydantic import SecretStr

from matcher.errors import MatcherError
from matcher.settings import PREFIX, Settings

LOOK_SECONDS = 0.5
PATIENCE = 8.0
"""How long a child that was interrupted may tidy up, in seconds."""
_LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class Watch:
    """Who follows a child. told: gets each line that it writes to standard error, from another
    thread. look: is called twice a second; what it raises interrupts the child."""

    told: Callable[[str], None]
    look: Callable[[], None]


def run_training(
    settings: Settings,
    arguments: Sequence[str],
    *,
    failed: str,
    hint: str,
    watch: Watch | None = None,
) -> Any:
    """The JSON value on the last line that `python -m training ARGUMENTS` printed.

    The child's progress and errors go to standard error as they come, or to whoever watches. It
    ends with this process, also where that is killed. Raises MatcherError with the message `failed`
    and the hint where it fails or prints something else, and what `watch` raises.
    """
    code, out, last = _run(arguments, environment(settings), watch)
    if code:
        said = f": {last}" if last else "."
        raise MatcherError(f"{failed} (exit code {code}){said}", hint=hint)
    try:
        return json.loads(out.splitlines()[-1])
    except (ValueError, IndexError) as error:
        raise MatcherError(f"{failed} (it printed no result).", hint=hint) from error


def _run(
    arguments: Sequence[str], variables: Mapping[str, str], watch: Watch | None
) -> tuple[int, bytes, str]:
    """Exit code, standard output, and the last line of standard error where somebody watches."""
    # -P: no module of the folder that somebody happens to stand in is taken for one of ours.
    with subprocess.Popen(  # noqa: S603 - our own module, the arguments are no shell's
        [sys.executable, "-P", "-m", "training", "--leashed", *arguments],
        env=variables,
        # Nothing is ever written to it: it ends when this process does.
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if watch else None,
    ) as child:
        try:
            if watch is not None and child.stderr is not None:
                return _watched(child, child.stderr, watch)
            out = child.stdout.read() if child.stdout else b""
            return child.wait(), out, ""
        finally:
            # Does nothing to one that has ended.
            child.kill()


def _watched(
    child: subprocess.Popen[bytes], errors: IO[bytes], watch: Watch
) -> tuple[int, bytes, str]:
    said, printed = _Lines(errors, watch.told), _Lines(child.stdout, lambda line: None)
    try:
        while child.poll() is None:
            watch.look()
            with suppress(subprocess.TimeoutExpired):
                child.wait(LOOK_SECONDS)
    except BaseException:
        _interrupt(child)
        raise
    last = b"".join(said.all()[-1:]).decode(errors="replace")
    if child.returncode:
        # Whoever ends this process may have ended the child first.
        watch.look()
    return child.returncode, b"\n".join(printed.all()), last


def _interrupt(child: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C does; what it has done by then can be gone on with."""
    child.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        child.wait(PATIENCE)


class _Lines:
    """Reads a pipe to its end in a thread of its own, so that the child is never held up."""

    def __init__(self, stream: IO[bytes] | None, told: Callable[[str], None]) -> None:
        self._lines: list[bytes] = []
        self._stream, self._told = stream, told
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def all(self) -> list[bytes]:
        """Every line that isn't blank."""
        self._thread.join()
        return self._lines

    def _read(self) -> None:
        for line in self._stream or ():
            if kept := line.strip():
                self._lines.append(kept)
                self._told(kept.decode(errors="replace")[:_LONGEST_LINE])


def environment(settings: Settings) -> dict[str, str]:
    """The settings as variables, which go before any file the child might find."""
    values = {name: _plain(getattr(settings, name)) for name in Settings.model_fields}
    passed = {f"{PREFIX}{name.upper()}": value for name, value in values.items() if value}
    return {**os.environ, **passed}


def _plain(value: object) -> str:
    if isinstance(value, SecretStr):
        return str(value.get_secret_value())
    return "" if value is None else str(value)
