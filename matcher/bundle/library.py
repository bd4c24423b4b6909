"""The published models in one folder: begin one, publish it, go back, make room, read it.

Processes and threads may do all of this at once. Readers never wait for writers, and what they
see is always a whole version.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from matcher.bundle.catalogue import Entry, catalogue
from matcher.bundle.collect import collect, library_lock, sweep
from matcher.bundle.disk import writing
from matcher.bundle.lease import Lease, existing, lease
from matcher.bundle.manifest import HINT, Manifest
from matcher.bundle.naming import versions_in
from matcher.bundle.pointer import (
    Pointer,
    published,
    read_pointer,
    rolled_back,
    stamp,
    write_pointer,
)
from matcher.bundle.verify import verify
from matcher.bundle.writing import Draft, drafting
from matcher.errors import BrokenBundle, NoModel


class Current(NamedTuple):
    """The version that is published, and its folder."""

    version: str
    folder: Path


def nothing_more(_: Path) -> None:
    """The check of a publisher who has none of their own."""


@dataclass(frozen=True, slots=True)
class Library:
    """The models in `folder`, which need not exist yet."""

    folder: Path

    def new(self) -> AbstractContextManager[Draft]:
        """`with library.new() as draft`: write into `draft.folder`, then `draft.finish(facts)`.

        Raises UnwritableOutput; nothing is left of a draft that wasn't finished.
        """
        return drafting(self.folder)

    def verify(self, version: str, *, fast: bool = False) -> Manifest:
        """The manifest of a version that is as it was written; `fast` compares sizes alone.

        Raises NoModel, and BrokenBundle that names the file.
        """
        return verify(existing(self.folder, version), version, fast=fast)

    def publish(self, version: str, check: Callable[[Path], None] = nothing_more) -> None:
        """Make a version current, after verifying it and calling `check` with its folder.

        Whatever goes wrong, what was current stays: NoModel, BrokenBundle, UnwritableOutput, or
        what `check` raises. Of two publishers at once, the later swap is the one that's current.
        """
        with lease(self.folder, version) as held:
            verify(held.folder, version)
            check(held.folder)
            with library_lock(self.folder):
                pointer = published(read_pointer(self.folder), version, versions_in(self.folder))
                write_pointer(self.folder, pointer)

    def rollback(self, to: str | None = None) -> str:
        """Make current what was before, of what is still there, or the version `to`; which it is.

        It's verified first. Naming a version also mends a pointer that can't be read. Raises
        NoModel if there is none to go back to, BrokenBundle, UnwritableOutput.
        """
        if not self.folder.is_dir():
            raise self._none_published()
        with library_lock(self.folder):
            pointer = self._pointer_to_leave(to)
            there = versions_in(self.folder)
            target = to or (pointer.previous(there) if pointer else None)
            if target is None:
                raise self._none_before(pointer)
            self.verify(target)
            write_pointer(self.folder, rolled_back(pointer, target, there))
            return target

    def current(self) -> Current:
        """What is published, checked by names and sizes.

        Raises NoModel if nothing is, BrokenBundle for a pointer or version that can't be used.
        """
        while True:
            pointer = self.pointer()
            try:
                self.verify(pointer.version, fast=True)
                return Current(pointer.version, self.folder / pointer.version)
            except (BrokenBundle, NoModel) as error:
                # Another may have been published and this one removed while we looked.
                if self.pointer() == pointer:
                    raise _unusable(self.folder / pointer.version, error) from error

    def pointer(self) -> Pointer:
        """Version, publication number and history. Raises NoModel, BrokenBundle."""
        pointer = read_pointer(self.folder)
        if pointer is None:
            raise self._none_published()
        return pointer

    def pointer_stamp(self) -> str:
        """Differs from an earlier one when something was published since; cheap."""
        return stamp(self.folder)

    def versions(self) -> tuple[Entry, ...]:
        """Every version, oldest first, with manifest, state and size."""
        return catalogue(self.folder)

    def collect(self, keep: int) -> tuple[str, ...]:
        """Remove all but the newest `keep`, the current one, the one before it, and those that are
        read; the versions removed. Raises UsageError, UnwritableOutput, BrokenBundle."""
        return collect(self.folder, keep)

    def sweep(self) -> None:
        """Remove what dead processes left; for the start of a program that writes."""
        if self.folder.is_dir():
            with library_lock(self.folder), writing(self.folder):
                sweep(self.folder)

    def in_use(self, version: str | None = None) -> Lease:
        """Hold a version, or what is current, so that it isn't removed while it's read.

        Raises NoModel, and BrokenBundle where what is current can't be used.
        """
        if version is not None:
            return lease(self.folder, version)
        while True:
            current = self.current()
            try:
                return lease(self.folder, current.version)
            except NoModel:
                continue  # Removed between the two looks, so something else is current now.

    def _pointer_to_leave(self, to: str | None) -> Pointer | None:
        try:
            return read_pointer(self.folder)
        except BrokenBundle as error:
            if to is None or "format" in error.values:
                raise
            return None

    def _none_published(self) -> NoModel:
        return NoModel(
            f"No model has been published in {self.folder}.", hint="Make one: matcher train."
        )

    def _none_before(self, pointer: Pointer | None) -> NoModel:
        if pointer is None:
            return self._none_published()
        message = f"No model was current before {pointer.version}, or none of them is left."
        there = ", ".join(versions_in(self.folder))
        return NoModel(message, hint=f"Name the version to go to; there are: {there}.")


def _unusable(folder: Path, error: BrokenBundle | NoModel) -> BrokenBundle:
    if isinstance(error, BrokenBundle):
        return error
    message = "is current, but isn't there."
    return BrokenBundle(message, file=str(folder), hint=HINT)
