"""A file handed in, before anything is read from it: its kind, its compression, its encoding.

What a file is follows from its name; that it is so is checked on its bytes, because platforms
export HTML and CSV under Excel's name. Every way in which a file can't be read becomes one
`UnreadableFile` that names it and says what to do.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, cast

from matcher.errors import InvalidValue, UnreadableFile, UsageError
from matcher.files.decode import Encoding, detect

CHUNK_BYTES = 1 << 20
MAX_UNPACKED_BYTES = 4 << 30
"""A .gz that unpacks to more than this is refused, so that a small file can't fill the disk."""
MAX_LINE = 32_000_000
"""Characters in one line of a file: a record of a megabyte a field still fits."""

ZIP_MAGIC = b"PK\x03\x04"
OLE2_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
GZIP_MAGIC = b"\x1f\x8b"
_PDF_MAGIC = b"%PDF"
_SAVE_AS = "Open it in Excel and save it as .xlsx or as CSV UTF-8."


class Kind(StrEnum):
    """How rows stand in a file."""

    DELIMITED = "delimited"
    SPREADSHEET = "spreadsheet"
    JSONLINES = "jsonlines"


KINDS = {
    ".csv": Kind.DELIMITED,
    ".tsv": Kind.DELIMITED,
    ".txt": Kind.DELIMITED,
    ".xlsx": Kind.SPREADSHEET,
    ".xlsm": Kind.SPREADSHEET,
    ".xls": Kind.SPREADSHEET,
    ".jsonl": Kind.JSONLINES,
    ".ndjson": Kind.JSONLINES,
}


@dataclass(frozen=True, slots=True)
class Source:
    """An existing, non-empty, regular file; `suffix` is lower case and without ".gz"."""

    path: Path
    kind: Kind
    suffix: str
    compressed: bool

    @property
    def name(self) -> str:
        """The path as the user gave it, for messages."""
        return str(self.path)


def locate(path: str | Path) -> Source:
    """The file at `path`, with its kind told by its suffix.

    Raises UsageError for a suffix that isn't read, UnreadableFile when there is no such file,
    when it is a folder, empty, or compressed other than its name says.
    """
    path = Path(path)
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    compressed = suffixes[-1:] == [".gz"]
    suffix = "".join(suffixes[:-1][-1:] if compressed else suffixes[-1:])
    kind = KINDS.get(suffix)
    if kind is None or (compressed and kind is Kind.SPREADSHEET):
        raise UsageError(
            f"files of this kind ({''.join(suffixes) or 'no suffix'}) are not read.",
            file=str(path),
            hint=f"Use one of {', '.join(KINDS)}; text files also with .gz.",
        )
    source = Source(path, kind, suffix, compressed)
    _check_compression(source, head(path))
    return source


def head(path: Path, size: int = 4096) -> bytes:
    """The first bytes as they lie on disk; UnreadableFile for a missing, odd or empty file."""
    if not path.exists():
        raise UnreadableFile("there is no such file.", file=str(path), hint="Check the path.")
    if not path.is_file():
        hint = "Give a file; save a stream to one first."
        raise UnreadableFile("is not a regular file.", file=str(path), hint=hint)
    try:
        with path.open("rb") as stream:
            start = stream.read(size)
    except OSError as error:
        hint = "Check the permissions of the file."
        message = f"can't be opened ({error.strerror})."
        raise UnreadableFile(message, file=str(path), hint=hint) from error
    if not start:
        hint = "Export it again; it has no content at all."
        raise UnreadableFile("the file is empty.", file=str(path), hint=hint)
    return start


def _check_compression(source: Source, start: bytes) -> None:
    zipped = start.startswith(GZIP_MAGIC)
    if zipped and not source.compressed:
        hint = "Add .gz to its name or unpack it."
        raise UnreadableFile("is gzip-compressed.", file=source.name, hint=hint)
    if source.compressed and not zipped:
        hint = "Remove .gz from its name if it isn't compressed."
        raise UnreadableFile("is not a gzip file.", file=source.name, hint=hint)


def encoding_of(source: Source) -> Encoding:
    """Read a text file through once: it unpacks to the end, and its encoding is known.

    Raises UnreadableFile for a truncated or oversized .gz, for another kind of file under a
    text file's name, and for bytes in no known encoding.
    """
    _refuse_disguised(source)
    with _binary(source) as stream:
        encoding = detect(_chunks(source, stream))
    if encoding is None:
        raise UnreadableFile(
            "is not text in an encoding that is known (UTF-8, UTF-16, GB 18030, Big5).",
            file=source.name,
            hint="Save it as CSV UTF-8; if it is another kind of file, give it its own suffix.",
        )
    return encoding


def lines(source: Source, encoding: Encoding, newline: str | None = None) -> Iterator[str]:
    """The lines of a text file with their ends, one at a time.

    A damaged byte becomes U+FFFD. Raises InvalidValue for a line over `MAX_LINE` characters.
    """
    with (
        _binary(source) as stream,
        io.TextIOWrapper(stream, encoding, errors="replace", newline=newline) as text,
    ):
        number = 0
        while line := text.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise InvalidValue(
                    f"line {number} is longer than {MAX_LINE:,} characters.",
                    file=source.name,
                    row=number,
                    hint="Put each record on a line of its own.",
                )
            yield line


def _chunks(source: Source, stream: BinaryIO) -> Iterator[bytes]:
    size = 0
    while chunk := stream.read(CHUNK_BYTES):
        size += len(chunk)
        if source.compressed and size > MAX_UNPACKED_BYTES:
            message = f"unpacks to more than {MAX_UNPACKED_BYTES >> 30} GiB."
            raise UnreadableFile(message, file=source.name, hint="Split it into several files.")
        yield chunk
    if not size:
        hint = "Export it again; it has no content at all."
        raise UnreadableFile("the file is empty.", file=source.name, hint=hint)


@contextmanager
def _binary(source: Source) -> Iterator[BinaryIO]:
    try:
        with source.path.open("rb") as raw:
            if source.compressed:
                with gzip.GzipFile(fileobj=raw) as unpacked:
                    yield cast(BinaryIO, unpacked)
            else:
                yield raw
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = "the compressed file is truncated or damaged."
        hint = "Copy or download it again."
        raise UnreadableFile(message, file=source.name, hint=hint) from error


def _refuse_disguised(source: Source) -> None:
    """Another kind of file under a text file's name, told by its first bytes."""
    with _binary(source) as stream:
        start = stream.read(8)
    if start.startswith((ZIP_MAGIC, OLE2_MAGIC)):
        message = f"is an Excel workbook or another package, not {source.suffix} text."
        raise UnreadableFile(message, file=source.name, hint="Name it .xlsx (or .xls).")
    if start.startswith(_PDF_MAGIC):
        message = "is a PDF document."
        raise UnreadableFile(message, file=source.name, hint="Copy its table into Excel first.")
