"""Writing the files of a backup, and reading them: every byte hashed on its way."""

from __future__ import annotations

import hashlib
import io
import lzma
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

from matcher.actions.backup_format import (
    CONTENTS,
    HINT,
    Contents,
    read_contents,
    require_safe_names,
)
from matcher.bundle.manifest import FileFacts
from matcher.errors import BrokenBundle, UnreadableFile

Progress = Callable[[int, int | None], None]
"""Takes the bytes done and those there are, None where nobody knows."""
CHUNK = 1 << 20
_WITHOUT = "Roll back to another model, or make the backup with --no-models."
_LARGEST_CONTENTS = 64 << 20
# All that reading a damaged .zip can raise; RuntimeError is one with a password.
_DAMAGE = (
    *(OSError, EOFError, ValueError, RuntimeError, NotImplementedError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
)


class _Hashing(io.RawIOBase):
    """Passes on what is written, and keeps its size and hash."""

    def __init__(self, stream: IO[bytes], told: Callable[[int], None]) -> None:
        self._stream, self._told = stream, told
        self.size, self.digest = 0, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        content = bytes(data)
        self._stream.write(content)
        self.digest.update(content)
        self.size += len(content)
        self._told(len(content))
        return len(content)


class Counted:
    """Tells a progress how many bytes were done, of `total` if that is known."""

    def __init__(self, progress: Progress, total: int | None = None) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def more(self, size: int) -> None:
        """So many more bytes are done."""
        self._done += size
        self._progress(self._done, self._total)


class BackupWriter:
    """Adds files to a .zip; `files` holds size and hash of those that are in it.

    total: bytes of what is going to be copied, for the progress.
    """

    def __init__(self, archive: zipfile.ZipFile, progress: Progress, total: int) -> None:
        self._archive, self._progress = archive, progress
        self._copied = Counted(progress, total)
        self.files: dict[str, FileFacts] = {}

    @contextmanager
    def member(self, name: str) -> Iterator[BinaryIO]:
        """A file to be written, as long as the block lasts."""
        with self._hashed(name, Counted(self._progress).more) as stream:
            yield stream

    def add(self, name: str, content: bytes) -> None:
        """A file with this content."""
        with self._hashed(name, lambda _: None) as stream:
            stream.write(content)

    def copy(self, path: Path, name: str, facts: FileFacts | None = None) -> None:
        """A copy of a file. Raises BrokenBundle where it isn't what `facts` say."""
        with _opened(path) as source, self._hashed(name, self._copied.more) as stream:
            shutil.copyfileobj(source, stream, CHUNK)
        if facts is not None and self.files[name] != facts:
            raise BrokenBundle("is damaged.", file=str(path), hint=_WITHOUT)

    @contextmanager
    def _hashed(self, name: str, told: Callable[[int], None]) -> Iterator[BinaryIO]:
        with self._archive.open(name, "w", force_zip64=True) as member:
            raw = _Hashing(member, told)
            with io.BufferedWriter(raw, CHUNK) as stream:
                yield stream
        self.files[name] = FileFacts(raw.size, raw.digest.hexdigest())


def _opened(path: Path) -> BinaryIO:
    try:
        return open(path, "rb")
    except OSError as error:
        message = f"can't be read ({error.strerror})."
        raise BrokenBundle(message, file=str(path), hint=_WITHOUT) from error


class BackupReader:
    """An open backup whose list of files fits what is there; `verify` reads them."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, contents: Contents) -> None:
        self.path, self.contents = path, contents
        self._archive = archive

    def verify(self, progress: Progress) -> None:
        """Read every byte. Raises UnreadableFile that names the first file that is damaged."""
        counted = Counted(progress, sum(facts.bytes for facts in self.contents.files.values()))
        for name, facts in self.contents.files.items():
            if self._facts(name, facts.bytes, counted.more) != facts:
                raise UnreadableFile(f"{name} in it is damaged.", file=str(self.path), hint=HINT)

    def open(self, name: str) -> IO[bytes]:
        """A file in it, which `verify` has found whole."""
        return self._archive.open(name)

    def _facts(self, name: str, most: int, told: Callable[[int], None]) -> FileFacts:
        """Size and hash of a file, of which no more is unpacked than is needed to know better."""
        digest, size = hashlib.sha256(), 0
        try:
            with self._archive.open(name) as stream:
                while size <= most and (chunk := stream.read(CHUNK)):
                    digest.update(chunk)
                    size += len(chunk)
                    told(len(chunk))
        except _DAMAGE as error:
            message = f"{name} in it is damaged or cut off ({error})."
            raise UnreadableFile(message, file=str(self.path), hint=HINT) from error
        return FileFacts(size, digest.hexdigest())


@contextmanager
def reading_backup(path: Path) -> Iterator[BackupReader]:
    """Open a backup. Raises UnreadableFile, and WrongSchema for one of a newer version."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise UnreadableFile("doesn't exist.", file=str(path), hint="Check the name.") from error
    except _DAMAGE as error:
        message = f"is no backup, or damaged or cut off ({error})."
        raise UnreadableFile(message, file=str(path), hint=HINT) from error
    with archive:
        names = archive.namelist()
        require_safe_names(path, names)
        if CONTENTS not in names:
            message = f"is no backup: there is no {CONTENTS} in it."
            raise UnreadableFile(message, file=str(path), hint="Name a file of `matcher backup`.")
        content = _content(path, archive)
        yield BackupReader(path, archive, read_contents(path, content, names))


def _content(path: Path, archive: zipfile.ZipFile) -> bytes:
    try:
        with archive.open(CONTENTS) as stream:
            return stream.read(_LARGEST_CONTENTS)
    except _DAMAGE as error:
        message = f"{CONTENTS} in it is damaged ({error})."
        raise UnreadableFile(message, file=str(path), hint=HINT) from error
