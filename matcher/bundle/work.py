"""Work folders: the steps of a long piece of work, each kept whole, so that it can be gone on with.

A step is written beside, synced and renamed, so it's either there whole or not at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from matcher.bundle.disk import remove, seal, sync_folder, writing
from matcher.bundle.locks import Lock, Mode, acquire, wait
from matcher.bundle.naming import LOCKS
from matcher.errors import UsageError

_OWNER_ALONE = 0o700
"""Texts that not everybody may read lie in a work folder."""
_NAME = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Work:
    """A work folder that this process holds; see `working`."""

    folder: Path

    def step(self, name: str) -> Path:
        """The folder of a step, once it's done."""
        return self.folder / name

    def done(self, name: str) -> bool:
        """Whether a step is there, whole."""
        return self.step(name).is_dir()

    @contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        """An empty folder that becomes the step's when the block ends well, else it's removed.

        Raises UnwritableOutput; UsageError for a step that is done.
        """
        if self.done(name):
            raise UsageError(f"The step {name} is done.", hint="Begin afresh to do it again.")
        scratch = self.folder / f".{name}.part"
        with writing(scratch):
            remove(scratch)
            scratch.mkdir(_OWNER_ALONE)
            try:
                yield scratch
                seal(scratch)
                os.rename(scratch, self.step(name))
                sync_folder(self.folder)
            finally:
                remove(scratch)


@contextmanager
def working(
    root: Path, key: str, *, fresh: bool = False, waits: Callable[[], None] = lambda: None
) -> Iterator[Work]:
    """Hold the work folder `key` under `root`, with the steps that are done.

    Nobody else has it meanwhile; `waits` is called when somebody does, before waiting for them.
    fresh: begin without any step. A block that ends well removes the folder, and every other that
    nobody holds; an exception leaves the steps that are done. Raises UnwritableOutput.
    """
    if not _NAME.fullmatch(key):
        raise UsageError(f"{key!r} can't name a folder.", hint="Use small letters and digits.")
    folder = root / key
    with writing(root):
        root.mkdir(_OWNER_ALONE, parents=True, exist_ok=True)
        lock = _held(root, key, waits)
    with lock:
        with writing(folder):
            if fresh:
                remove(folder)
            folder.mkdir(_OWNER_ALONE, exist_ok=True)
        try:
            yield Work(folder)
        except BaseException:
            # Of a run that hasn't finished a step there is nothing to go on from.
            if not any(folder.iterdir()):
                _end(folder, lock)
            raise
        _end(folder, lock)
    sweep_work(root)


def _end(folder: Path, lock: Lock) -> None:
    with writing(folder):
        remove(folder)
        lock.discard()


def sweep_work(root: Path) -> None:
    """Remove every work folder that nobody holds. Raises UnwritableOutput."""
    if not root.is_dir():
        return
    with writing(root):
        for name in sorted({path.name for path in (*root.iterdir(), *_locks(root))} - {LOCKS}):
            if lock := acquire(root / LOCKS / name, Mode.TRIED):
                remove(root / name)
                lock.discard()


def _held(root: Path, key: str, waits: Callable[[], None]) -> Lock:
    path = root / LOCKS / key
    lock = acquire(path, Mode.TRIED)
    if lock is None:
        waits()
        lock = wait(path, Mode.EXCLUSIVE)
    return lock


def _locks(root: Path) -> list[Path]:
    folder = root / LOCKS
    return list(folder.iterdir()) if folder.is_dir() else []
