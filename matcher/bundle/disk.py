"""Files and folders at the level of the operating system: sync, walk, remove, and its errors."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matcher.errors import BrokenBundle, UnwritableOutput


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the operating system says in the block into UnwritableOutput about `path`."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> UnwritableOutput:
    """The error of the house for one of the operating system."""
    message = f"can't be written ({error.strerror or error})."
    hint = "Make room, or check the folder's permissions; the current model stays."
    return UnwritableOutput(message, file=str(path), hint=hint)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def seal(folder: Path) -> dict[str, tuple[int, str]]:
    """Make a folder last through a power cut; name → bytes and sha256 of every file in it."""
    sealed = {name: _seal_file(folder / name) for name in files_in(folder)}
    for inner, _, _ in os.walk(folder, topdown=False):
        sync_folder(Path(inner))
    return sealed


def _seal_file(path: Path) -> tuple[int, str]:
    with open(path, "rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        os.fsync(stream.fileno())
        return stream.tell(), digest


def sha256(path: Path) -> str:
    """Hash of a file's bytes, in hexadecimal."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def files_in(folder: Path) -> dict[str, int]:
    """Name relative to `folder`, with /, → bytes, of every file in it, in order of the names.

    A link could lead out of the bundle, and a pipe could block whoever opens it: both, and
    whatever else isn't a file or folder, raise BrokenBundle.
    """
    return dict(sorted(_files(folder, "")))


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry), name + "/")
            elif entry.is_file(follow_symlinks=False):
                yield name, entry.stat(follow_symlinks=False).st_size
            else:
                kind = "a link" if entry.is_symlink() else "neither file nor folder"
                hint = "A bundle holds files and folders only."
                raise BrokenBundle(f"is {kind}.", file=entry.path, hint=hint)


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it; nothing there is fine."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
