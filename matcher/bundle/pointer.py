"""The one file that says which version is current, and which were before it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from matcher.bundle.disk import sync_folder, unwritable
from matcher.bundle.document import STRICT, parse, render
from matcher.bundle.manifest import Version
from matcher.errors import BrokenBundle, UnwritableOutput
from matcher.files.atomic import replacing

FORMAT = 1
POINTER = "current.json"
HINT = "Roll back to a version by its name; that writes the file anew."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """`history`: what was current before, oldest first. `publication` counts the swaps.

    Two pointers are compared with `!=`: a swap that had to be undone lets the number go back.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    version: Version
    publication: Annotated[int, Field(ge=1)]
    history: tuple[Version, ...]
    format: int = FORMAT

    def previous(self, there: Collection[str]) -> str | None:
        """What was current before, of the versions that are still `there`."""
        before = (version for version in reversed(self.history) if version != self.version)
        return next((version for version in before if version in there), None)


def published(pointer: Pointer | None, version: str, there: Collection[str]) -> Pointer:
    """The pointer after `version` became current; the same where it was already.

    What is no longer `there` leaves the history, or it would grow for ever.
    """
    if pointer is None:
        return Pointer(version=version, publication=1, history=())
    if pointer.version == version:
        return pointer
    history = tuple(name for name in (*pointer.history, pointer.version) if name in there)
    return Pointer(version=version, publication=pointer.publication + 1, history=history)


def rolled_back(pointer: Pointer | None, to: str, there: Collection[str]) -> Pointer:
    """The pointer after going back to `to`, whose own past becomes the history again.

    A version that wasn't current before is published instead, so that one can go forward too.
    """
    if pointer is None or to == pointer.version or to not in pointer.history:
        return published(pointer, to, there)
    last = len(pointer.history) - 1 - pointer.history[::-1].index(to)
    history = tuple(name for name in pointer.history[:last] if name in there)
    return Pointer(version=to, publication=pointer.publication + 1, history=history)


def read_pointer(models: Path) -> Pointer | None:
    """None if nothing was ever published. Raises BrokenBundle for a file that can't be used."""
    content = _content(models / POINTER)
    if content is None:
        return None
    return parse(Pointer, content, models / POINTER, newest=FORMAT, hint=HINT)


def stamp(models: Path) -> str:
    """Changes when the pointer does; "" without one. As cheap as reading a file of a line or two.

    Of its content and not of its times: a file system may give the time and the inode of a
    pointer to the one after the next.
    """
    content = _content(models / POINTER)
    return "" if content is None else hashlib.sha256(content).hexdigest()


def write_pointer(models: Path, pointer: Pointer) -> None:
    """Swap the pointer in one step, or leave it as it was and raise UnwritableOutput."""
    path = models / POINTER
    before = _content(path)
    content = render(pointer)
    if content == before:
        return
    try:
        with replacing(path) as stream:
            stream.write(content)
    except UnwritableOutput as error:
        if _content(path) != before:
            _put_back(path, before)
        hint = "Make room, or check the folder's permissions; the current model stays."
        raise UnwritableOutput(error.message, file=str(path), hint=hint) from error


def _put_back(path: Path, before: bytes | None) -> None:
    """The swap was made, but may not last: undo it, so that failed means failed."""
    scratch = path.with_name(f".{path.name}.{os.getpid():x}.part")
    try:
        if before is None:
            path.unlink()
        else:
            scratch.write_bytes(before)
            os.replace(scratch, path)
        sync_folder(path.parent)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"can't be read ({error.strerror})."
        raise BrokenBundle(message, file=str(path), hint=HINT) from error
