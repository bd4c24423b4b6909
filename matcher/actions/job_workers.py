"""Who carries out jobs: a lock for each worker, which is free once its process has ended."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from matcher.bundle.locks import Mode, acquire
from matcher.errors import UnwritableOutput

FOLDER = "workers"
_OWNER_ALONE = 0o700


@contextmanager
def registered(home: Path) -> Iterator[str]:
    """A worker's name, which nobody else has, for as long as the block lasts.

    Raises UnwritableOutput.
    """
    host = "".join(char for char in socket.gethostname() if char.isalnum() or char in "-.")
    name = f"{host or 'host'}-{os.getpid()}-{secrets.token_hex(4)}"
    path = _path(home, name)
    try:
        path.parent.mkdir(_OWNER_ALONE, exist_ok=True)
        lock = acquire(path, Mode.TRIED)
    except OSError as error:
        hint = "Check the permissions of the folder."
        message = f"can't be written ({error.strerror})."
        raise UnwritableOutput(message, file=str(path), hint=hint) from error
    if lock is None:
        raise UnwritableOutput("is somebody else's.", file=str(path), hint="Start it again.")
    try:
        yield name
    finally:
        lock.discard()


def gone(home: Path) -> frozenset[str]:
    """The workers of this home that have ended without a word; those of other hosts aren't known.

    Each is named until `forget_gone`.
    """
    return frozenset(path.stem for path in (home / FOLDER).glob("*.lock") if _is_free(path))


def forget_gone(home: Path, names: frozenset[str]) -> None:
    """Remove what they left behind."""
    for name in names:
        _path(home, name).unlink(missing_ok=True)


def _path(home: Path, name: str) -> Path:
    return home / FOLDER / f"{name}.lock"


def _is_free(path: Path) -> bool:
    """A file system that has no locks tells nothing: then a job's age has to."""
    with suppress(OSError):
        lock = acquire(path, Mode.TRIED) if path.exists() else None
        if lock is not None:
            lock.release()
            return True
    return False
