"""Who carries out jobs: a lock for each worker, which is free once its process has ended."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from matcher.bundle.locks import Lock, Mode, acquire
from matcher.errors import UnwritableOutput

FOLDER = "workers"
_OWNER_ALONE = 0o700
_TRIES = 3


class Workers(NamedTuple):
    """Those of this home. alive: their process is there; gone: it ended without a word."""

    alive: frozenset[str]
    gone: frozenset[str]


@contextmanager
def registered(home: Path) -> Iterator[str]:
    """A worker's name, which nobody else has, for as long as the block lasts.

    Raises UnwritableOutput.
    """
    lock = _own_lock(home)
    try:
        yield lock.path.stem
    finally:
        lock.discard()


def _own_lock(home: Path) -> Lock:
    """Who looks whether a worker is gone holds its lock for a moment, so one name isn't enough."""
    host = "".join(char for char in socket.gethostname() if char.isalnum() or char in "-.")
    for _ in range(_TRIES):
        path = _path(home, f"{host or 'host'}-{os.getpid()}-{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(_OWNER_ALONE, exist_ok=True)
            lock = acquire(path, Mode.TRIED)
        except OSError as error:
            hint = "Check the permissions of the folder."
            message = f"can't be written ({error.strerror})."
            raise UnwritableOutput(message, file=str(path), hint=hint) from error
        if lock is not None:
            return lock
    raise UnwritableOutput("is somebody else's.", file=str(path), hint="Start it again.")


def workers(home: Path) -> Workers:
    """What their locks tell; those of other hosts may be in neither of the two.

    Who is gone is named until `forget_gone`.
    """
    free = {path.stem: _is_free(path) for path in (home / FOLDER).glob("*.lock")}
    return Workers(
        frozenset(name for name, is_free in free.items() if is_free is False),
        frozenset(name for name, is_free in free.items() if is_free),
    )


def forget_gone(home: Path, names: frozenset[str]) -> None:
    """Remove what they left behind; where somebody looks at it just now, the next time."""
    for name in names:
        with suppress(OSError):
            lock = _tried(_path(home, name))
            if lock is not None:
                lock.discard()


def _path(home: Path, name: str) -> Path:
    return home / FOLDER / f"{name}.lock"


def _is_free(path: Path) -> bool | None:
    """None where it can't be told: the file was removed just now, or the file system has no locks;
    then a job's age has to tell."""
    try:
        lock = _tried(path)
    except OSError:
        return None
    if lock is None:
        return False if path.exists() else None
    lock.release()
    return True


def _tried(path: Path) -> Lock | None:
    """The lock of a file that is there."""
    return acquire(path, Mode.TRIED) if path.exists() else None
