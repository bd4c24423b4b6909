"""Is a bundle what its manifest says, file by file?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from matcher.bundle.disk import files_in, sha256
from matcher.bundle.manifest import HINT, MANIFEST, FileFacts, Manifest, read_manifest
from matcher.bundle.naming import versions_in
from matcher.errors import BrokenBundle


def verify(folder: Path, version: str, *, fast: bool = False) -> Manifest:
    """The manifest of the bundle in `folder`, once everything in it is as it was written.

    `fast` compares names and sizes, else every byte is read. Raises BrokenBundle that names the
    first file that is missing, too many, truncated, damaged, or of another version.
    """
    manifest = read_manifest(folder)
    if manifest.version != version:
        raise _broken(folder, MANIFEST, f"is of another version: {manifest.version}.")
    sizes = _sizes(folder)
    _check_names(folder, manifest.files, sizes)
    for name, facts in manifest.files.items():
        _check_file(folder, name, facts, sizes[name], fast)
    return manifest


def _sizes(folder: Path) -> dict[str, int]:
    try:
        return files_in(folder)
    except OSError as error:
        raise BrokenBundle(
            f"can't be read ({error.strerror}).", file=str(folder), hint=HINT
        ) from error


def _check_names(folder: Path, wanted: Mapping[str, FileFacts], there: Mapping[str, int]) -> None:
    for name in sorted(wanted.keys() - there.keys()):
        raise _broken(folder, name, "is missing.")
    for name in sorted(there.keys() - wanted.keys() - {MANIFEST}):
        raise _broken(folder, name, "isn't in the manifest.")


def _check_file(folder: Path, name: str, facts: FileFacts, size: int, fast: bool) -> None:
    if size == facts.bytes and (fast or _hash(folder / name) == facts.sha256):
        return
    if not fast and (origin := _origin(folder, name, size)):
        raise _broken(folder, name, f"is of another version: {origin}.")
    if size < facts.bytes:
        raise _broken(folder, name, f"is truncated: {size} of {facts.bytes} bytes.")
    if size > facts.bytes:
        raise _broken(folder, name, f"is damaged: {size} bytes instead of {facts.bytes}.")
    raise _broken(folder, name, "is damaged: its sha256 isn't that of the manifest.")


def _hash(path: Path) -> str:
    try:
        return sha256(path)
    except OSError as error:
        message = f"can't be read ({error.strerror})."
        raise BrokenBundle(message, file=str(path), hint=HINT) from error


def _origin(folder: Path, name: str, size: int) -> str | None:
    """The version beside this one that has such a file under that name."""
    found = FileFacts(size, _hash(folder / name))
    for version in versions_in(folder.parent):
        try:
            if read_manifest(folder.parent / version).files.get(name) == found:
                return version
        except BrokenBundle:
            continue  # That one is broken too; this isn't the place to say so.
    return None


def _broken(folder: Path, name: str, message: str) -> BrokenBundle:
    return BrokenBundle(message, file=str(folder / name), hint=HINT)
