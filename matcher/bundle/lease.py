"""A version that somebody reads: as long as the lease is held, it isn't removed."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from matcher.bundle.locks import Lock, Mode, wait
from matcher.bundle.naming import LOCKS, versions_in
from matcher.errors import NoModel


class Lease:
    """`version` in `folder`, held until `release`, the end of the block, or its last reference.

    `guarded` is False where nothing can be locked, because the folder is read-only for the reader
    or its file system knows no locks. Mapped files then last as long as they are mapped, but a
    version may vanish before it's opened.
    """

    __slots__ = ("_lock", "folder", "version")

    def __init__(self, folder: Path, lock: Lock | None) -> None:
        self.folder = folder
        self.version = folder.name
        self._lock = lock

    @property
    def guarded(self) -> bool:
        """Whether whoever removes old versions can see the lease."""
        return self._lock is not None

    def release(self) -> None:
        """Give it back; a second time does nothing."""
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def existing(models: Path, version: str) -> Path:
    """The folder of a version. Raises NoModel, with those that are there, if it isn't."""
    there = versions_in(models)
    if version in there:
        return models / version
    hint = f"There are: {', '.join(there)}." if there else "There is none yet: train one first."
    raise NoModel(f"There is no model {version!r} in {models}.", hint=hint, versions=tuple(there))


def lease(models: Path, version: str) -> Lease:
    """Hold a version. Raises NoModel if it isn't there."""
    existing(models, version)
    lock = _shared(models / LOCKS / version)
    try:
        # It may have been removed while we waited for the lock.
        return Lease(existing(models, version), lock)
    except NoModel:
        if lock is not None:
            lock.release()
        raise


def _shared(path: Path) -> Lock | None:
    try:
        return wait(path, Mode.SHARED)
    except OSError:
        return None
