"""Writing a version: in a hidden folder that its process holds, then visible in one step."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from matcher.bundle.collect import library_lock, sweep
from matcher.bundle.disk import remove, seal, sync_folder, unwritable, writing
from matcher.bundle.ledger import next_number
from matcher.bundle.locks import Lock, Mode, wait
from matcher.bundle.manifest import MANIFEST, Facts, make_manifest, manifest_bytes
from matcher.bundle.naming import LOCKS, draft_name
from matcher.bundle.verify import verify
from matcher.errors import UsageError
from matcher.files.atomic import replacing

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Draft:
    """A version that is being written: put files into `folder`, then `finish`."""

    def __init__(self, models: Path, number: int, folder: Path) -> None:
        self.models = models
        self.number = number
        self.folder = folder
        self.version: str | None = None
        self._lock: Lock | None = None

    def finish(self, facts: Facts) -> str:
        """Sync, describe and verify what is in `folder`, and make it the version that is returned.

        Until the draft's block ends, nobody removes it. Raises UnwritableOutput, BrokenBundle for
        what can't be in a bundle (links, odd names), InvalidValue for facts JSON can't hold.
        """
        if self.version is not None:
            raise UsageError(f"This draft became {self.version} already.", hint="Begin another.")
        with writing(self.folder):
            manifest = make_manifest(self.number, facts, seal(self.folder))
            with replacing(self.folder / MANIFEST) as stream:
                stream.write(manifest_bytes(manifest))
            verify(self.folder, manifest.version)
            self._lock = wait(self.models / LOCKS / manifest.version, Mode.SHARED)
            _show(self.folder, self.models / manifest.version)
        self.version = manifest.version
        return manifest.version

    def close(self) -> None:
        """Remove what wasn't finished and let go of what was."""
        with suppress(OSError):  # What can't be removed now, the next sweep removes.
            remove(self.folder)
        if self._lock is not None:
            self._lock.release() if self.version else self._lock.discard()


@contextmanager
def drafting(models: Path) -> Iterator[Draft]:
    """A draft with the next number. Whatever ends the block before `finish` leaves no trace."""
    draft, lock = _begin(models)
    try:
        yield draft
    except OSError as error:
        if _is_about(draft.folder, error):
            raise unwritable(draft.folder, error) from error
        raise
    finally:
        draft.close()
        with suppress(OSError):
            lock.discard()


def _begin(models: Path) -> tuple[Draft, Lock]:
    """The library's lock keeps a sweep away until the draft has its own."""
    with writing(models):
        models.mkdir(parents=True, exist_ok=True)
    with library_lock(models), writing(models):
        sweep(models)
        number = next_number(models)
        folder = models / draft_name(number, os.getpid())
        lock = wait(models / LOCKS / folder.name, Mode.EXCLUSIVE)
        try:
            os.mkdir(folder)
        except OSError:
            lock.discard()
            raise
        return Draft(models, number, folder), lock


def _show(folder: Path, final: Path) -> None:
    os.rename(folder, final)
    try:
        sync_folder(final.parent)
    except OSError:
        os.rename(final, folder)
        raise


def _is_about(folder: Path, error: OSError) -> bool:
    """Whether an error of the block is about writing the draft, not about reading elsewhere."""
    name = error.filename if isinstance(error.filename, str | os.PathLike) else ""
    return error.errno in _FULL or Path(name).is_relative_to(folder)
