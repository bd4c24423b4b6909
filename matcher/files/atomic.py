"""Writing a file so that it is either there whole or as it was before."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from matcher.errors import UnwritableOutput

_NEW_FILE = 0o666


def check_writable(path: str | Path) -> None:
    """Raise UnwritableOutput unless a file can be written at `path`; call it before long work.

    Refused: a missing or unwritable folder, an existing folder, device or read-only file.
    """
    target = _target(path)
    _check_existing(path, target)
    try:
        os.close(os.open(scratch := _scratch(target), _FLAGS, _NEW_FILE))
        os.unlink(scratch)
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def replacing(path: str | Path) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `path` when the block ends well.

    It is written beside it, synced and moved there in one step; on any exception, an interrupt
    included, it is removed and what stood at `path` stays. Raises UnwritableOutput.
    """
    target = _target(path)
    _check_existing(path, target)
    scratch = _scratch(target)
    try:
        with open(os.open(scratch, _FLAGS, _mode(target)), "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(scratch, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        scratch.unlink(missing_ok=True)


_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def _target(path: str | Path) -> Path:
    """Where a link leads, so that the file it names is replaced and the link stays."""
    return Path(os.path.realpath(path))


def _scratch(target: Path) -> Path:
    return target.with_name(f".{target.name[:64]}.{secrets.token_hex(6)}.part")


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, else those of any new file."""
    return stat.S_IMODE(target.stat().st_mode) if target.exists() else _NEW_FILE


def _check_existing(path: str | Path, target: Path) -> None:
    if not target.parent.is_dir():
        hint = f"Create the folder {target.parent} first."
        raise UnwritableOutput("its folder doesn't exist.", file=str(path), hint=hint)
    if target.is_dir():
        hint = "Name a file in it, for example matches.xlsx."
        raise UnwritableOutput("is a folder.", file=str(path), hint=hint)
    if target.exists() and not target.is_file():
        hint = "Name a file, or use - for standard output."
        raise UnwritableOutput("is not a regular file.", file=str(path), hint=hint)
    if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
        hint = "Make it writable or choose another name."
        raise UnwritableOutput("is read-only.", file=str(path), hint=hint)


def _unwritable(path: str | Path, error: OSError) -> UnwritableOutput:
    hint = "Choose another folder, or check its permissions and free space."
    return UnwritableOutput(f"can't be written ({error.strerror}).", file=str(path), hint=hint)


def _sync_folder(folder: Path) -> None:
    """Make the move itself last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
