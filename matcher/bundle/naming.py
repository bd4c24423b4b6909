"""What the entries of a models folder are called, and which of them are versions or remains.

A version is `<number>-<first 8 hex digits of its content hash>`. The number orders versions, so
that nothing depends on a clock. Everything that isn't finished has a hidden name.
"""

from __future__ import annotations

import re
from pathlib import Path

VERSION_PATTERN = r"[0-9]{4,9}-[0-9a-f]{8}"
LOCKS = ".locks"
"""Folder of the lock files: a bundle itself is never written to, not even by its readers."""

_NUMBERED = re.compile(r"\.?([0-9]{4,9})-")
_VERSION = re.compile(VERSION_PATTERN)
_DRAFT = re.compile(r"\.[0-9]{4,9}-[0-9]+\.part")
_GONE = re.compile(rf"\.{VERSION_PATTERN}\.gone")
_SCRATCH = re.compile(r"\.(?:current|ledger)\.json\.[0-9a-f]+\.part")


def version_name(number: int, content_hash: str) -> str:
    """The version of that number and content."""
    return f"{number:04d}-{content_hash[:8]}"


def draft_name(number: int, process: int) -> str:
    """The hidden folder in which a process writes the version of that number."""
    return f".{number:04d}-{process}.part"


def gone_name(version: str) -> str:
    """The hidden folder that a version becomes on its way out."""
    return f".{version}.gone"


def is_version(name: str) -> bool:
    """Whether `name` is written as a version; it may not exist."""
    return bool(_VERSION.fullmatch(name))


def number_of(version: str) -> int:
    """The number in a version's name."""
    return int(version.partition("-")[0])


def versions_in(models: Path) -> list[str]:
    """The versions that are there, whole or broken, oldest first; none without a folder."""
    return sorted((name for name in _folders(models) if is_version(name)), key=number_of)


def drafts_in(models: Path) -> list[str]:
    """The folders that are, or were, being written."""
    return sorted(name for name in _folders(models) if _DRAFT.fullmatch(name))


def remains_in(models: Path) -> list[Path]:
    """What nobody can be using: versions on their way out, half-written pointers and ledgers.

    Only true under the library's lock, because whoever writes or removes these holds it.
    """
    gone = [models / name for name in _folders(models) if _GONE.fullmatch(name)]
    files = [path for path in _entries(models) if _SCRATCH.fullmatch(path.name)]
    return sorted(gone + files)


def largest_number(models: Path) -> int:
    """The largest number that any folder shows, 0 if none does."""
    found = (_NUMBERED.match(name) for name in _folders(models))
    return max((int(match[1]) for match in found if match), default=0)


def _folders(models: Path) -> list[str]:
    return [path.name for path in _entries(models) if path.is_dir() and not path.is_symlink()]


def _entries(models: Path) -> list[Path]:
    return list(models.iterdir()) if models.is_dir() else []
