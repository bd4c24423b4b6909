"""Making room: old versions that nobody needs, and what dead processes left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matcher.bundle.disk import remove, sync_folder, writing
from matcher.bundle.locks import Lock, Mode, acquire, wait
from matcher.bundle.naming import LOCKS, drafts_in, gone_name, remains_in, versions_in
from matcher.bundle.pointer import read_pointer
from matcher.errors import UsageError

_LIBRARY = "library"


@contextmanager
def library_lock(models: Path) -> Iterator[None]:
    """Alone in changing what a models folder says, among threads and processes; waits its turn."""
    with writing(models):
        lock = wait(models / LOCKS / _LIBRARY, Mode.EXCLUSIVE)
    with lock:
        yield


def collect(models: Path, keep: int) -> tuple[str, ...]:
    """Remove all but the newest `keep` versions, and sweep; the versions removed, oldest first.

    The current one, the one before it and those that are read stay. Nothing needs to be written,
    so it makes room on a full disk too. Raises UsageError, UnwritableOutput, and BrokenBundle for
    a pointer that can't be used: what is current is then unknown.
    """
    if keep < 1:
        raise UsageError(f"{keep} models can't be kept.", hint="Keep 1 or more.")
    if not models.is_dir():
        return ()
    with library_lock(models), writing(models):
        sweep(models)
        old = [version for version in _expendable(models, keep) if _retire(models, version)]
        return tuple(old)


def sweep(models: Path) -> None:
    """Remove what dead processes left, never what a living one writes.

    Call it under the library's lock. Raises OSError.
    """
    for path in remains_in(models):
        remove(path)
    for name in drafts_in(models):
        if lock := _free(models, name):
            remove(models / name)
            lock.discard()
    for name in _orphans(models):
        if lock := _free(models, name):
            lock.discard()


def _expendable(models: Path, keep: int) -> list[str]:
    there = versions_in(models)
    pointer = read_pointer(models)
    needed = {pointer.version, pointer.previous(there)} if pointer else set()
    return [version for version in there[:-keep] if version not in needed]


def _retire(models: Path, version: str) -> bool:
    """Hide it in one step, then remove it: no half of it ever looks like a version."""
    lock = _free(models, version)
    if lock is None:
        return False
    with lock:
        hidden = models / gone_name(version)
        os.rename(models / version, hidden)
        sync_folder(models)
        remove(hidden)
        lock.discard()
        return True


def _free(models: Path, name: str) -> Lock | None:
    """The lock of a version or draft, None if a living process holds it."""
    return acquire(models / LOCKS / name, Mode.TRIED)


def _orphans(models: Path) -> list[str]:
    """Lock files of what isn't there any more."""
    locks = models / LOCKS
    names = sorted(path.name for path in locks.iterdir()) if locks.is_dir() else []
    return [name for name in names if name != _LIBRARY and not (models / name).exists()]
