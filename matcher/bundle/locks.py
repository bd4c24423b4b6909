"""Locks that the operating system gives back when their process ends, however it ends (flock)."""

from __future__ import annotations

import fcntl
import os
import weakref
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import Self

_ALREADY_THERE = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW
_CREATED = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


class Mode(IntEnum):
    """SHARED and EXCLUSIVE wait for their turn; TRIED is exclusive now or not at all."""

    SHARED = fcntl.LOCK_SH
    EXCLUSIVE = fcntl.LOCK_EX
    TRIED = fcntl.LOCK_EX | fcntl.LOCK_NB


class Lock:
    """A lock that is held until `release`, the end of its block, or its last reference is gone."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._close = weakref.finalize(self, os.close, handle)

    def release(self) -> None:
        """Give it back; a second time does nothing."""
        self._close()

    def discard(self) -> None:
        """Give it back and remove its file, for a name that nothing has any more."""
        if self._close.alive:
            self.path.unlink(missing_ok=True)
        self.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def acquire(path: Path, mode: Mode) -> Lock | None:
    """Lock the file at `path`, made with its folder if need be; None if TRIED and it isn't free.

    Raises OSError where files can't be made or locked.
    """
    while True:
        handle = _open(path, mode)
        try:
            fcntl.flock(handle, mode)
            if _is_at(handle, path):
                return Lock(path, handle)
        except BlockingIOError:
            os.close(handle)
            return None
        except BaseException:
            os.close(handle)
            raise
        # Whoever held it removed the file; a lock on that one keeps nobody away.
        os.close(handle)


def wait(path: Path, mode: Mode) -> Lock:
    """The lock, after waiting for it; `mode` isn't TRIED."""
    lock = acquire(path, mode)
    if lock is None:
        raise BlockingIOError(f"{path} isn't free")
    return lock


def _open(path: Path, mode: Mode) -> int:
    """A reader needs no right to write when the file is there, so it can lock on a folder that
    is mounted read-only."""
    if mode is Mode.SHARED:
        with suppress(FileNotFoundError):
            return os.open(path, _ALREADY_THERE)
    path.parent.mkdir(exist_ok=True)
    return os.open(path, _CREATED, 0o666)


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False
