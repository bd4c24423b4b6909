"""Which versions there are, what each is to the others, and what it takes on the disk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from matcher.bundle.manifest import Manifest
from matcher.bundle.naming import versions_in
from matcher.bundle.pointer import Pointer, read_pointer
from matcher.bundle.verify import verify
from matcher.errors import BrokenBundle


class State(StrEnum):
    """PREVIOUS is where a rollback leads; BROKEN comes before all others."""

    CURRENT = "current"
    PREVIOUS = "previous"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Entry:
    """A version. `bytes` on the disk; `problem` says why it's broken, else it has a manifest."""

    version: str
    state: State
    bytes: int
    manifest: Manifest | None = None
    problem: str = ""


def catalogue(models: Path) -> tuple[Entry, ...]:
    """Every version, oldest first, checked by names and sizes.

    A pointer that can't be used makes none of them current, so that one to roll back to can be
    picked from the list.
    """
    there = versions_in(models)
    states = _states(_pointer(models), there)
    return tuple(_entry(models / version, states.get(version, State.KEPT)) for version in there)


def _pointer(models: Path) -> Pointer | None:
    try:
        return read_pointer(models)
    except BrokenBundle:
        return None


def _states(pointer: Pointer | None, there: list[str]) -> dict[str, State]:
    if pointer is None:
        return {}
    previous = pointer.previous(there)
    states = {previous: State.PREVIOUS} if previous else {}
    return {**states, pointer.version: State.CURRENT}


def _entry(folder: Path, state: State) -> Entry:
    size = _bytes(folder)
    try:
        return Entry(folder.name, state, size, verify(folder, folder.name, fast=True))
    except BrokenBundle as error:
        return Entry(folder.name, State.BROKEN, size, problem=str(error))


def _bytes(folder: Path) -> int:
    """Links and what vanishes meanwhile count as nothing."""
    paths = (path for path in folder.rglob("*") if not path.is_symlink() and path.is_file())
    return sum(path.stat().st_size for path in paths)
