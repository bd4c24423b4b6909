"""Is this really an Excel workbook, and one that can be opened without harm?

An .xlsx is a zip of XML. A few kilobytes can unpack to gigabytes, and one stray cell in the
last column and row makes a reader lay out the whole grid, so both are measured beforehand.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import IO

from matcher.errors import UnreadableFile
from matcher.files.extent import CHUNK_BYTES, Extent, pieces
from matcher.files.source import OLE2_MAGIC, ZIP_MAGIC, Source, head

MAX_UNPACKED_BYTES = 2 << 30
MOST_SQUEEZED, RATIO = 256 << 20, 200
"""Beyond so many bytes unpacked, a workbook that is so many times smaller is none."""
MAX_GRID_CELLS = 30_000_000
"""Rows × columns up to the last cell used: a gigabyte once laid out."""
MAX_COLUMNS, MAX_ROWS = 16_384, 1_048_576
"""As many as Excel has."""
MAX_STRINGS = 10_000_000
"""Texts that cells share: half a gigabyte, however short they are."""

PASSWORD = "is protected with a password."
PASSWORD_HINT = "Open it in Excel with the password and save it without one."

_WORKBOOK = "xl/workbook.xml"
_NO_SHEETS = (".png", ".jpeg", ".jpg", ".gif", ".bmp", ".emf", ".wmf", ".bin", ".vml")
_OTHER_KINDS = frozenset({"content.xml", "xl/workbook.bin"})
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "Open it in Excel and save it as .xlsx."


def check_workbook(source: Source) -> None:
    """Raise UnreadableFile unless the file is an Excel workbook that is safe to open.

    Refused: HTML or text under Excel's name, another kind of package, a password, a damaged
    zip, more than `MAX_UNPACKED_BYTES` unpacked or `RATIO` times more than packed, a grid of
    more than `MAX_GRID_CELLS`.
    """
    start = head(source.path)
    if start.startswith(OLE2_MAGIC):
        _check_compound(source)
    elif start.startswith(ZIP_MAGIC):
        _check_zip(source)
    else:
        raise _refused(source, *_disguise(source, start))


def _disguise(source: Source, start: bytes) -> tuple[str, str]:
    """What a file under Excel's name is instead, and what to do about it."""
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<html", b"<!doc", b"<table")):
        return f"is an HTML page under the name {source.suffix}.", _SAVE_AS
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return f"is an XML document under the name {source.suffix}.", _SAVE_AS
    if b"\x00" in start[:64]:
        return "is not an Excel workbook.", "Check the file, or export it again."
    return (
        f"is plain text under the name {source.suffix}.",
        "If it is a CSV, name it .csv (or .tsv when its cells are separated by tabs).",
    )


def _refused(source: Source, message: str, hint: str) -> UnreadableFile:
    return UnreadableFile(message, file=source.name, hint=hint)


def _check_compound(source: Source) -> None:
    """An OLE2 file is an old .xls, or the envelope of a workbook with a password."""
    if _ENCRYPTED in source.path.read_bytes():
        raise _refused(source, PASSWORD, PASSWORD_HINT)


def _check_zip(source: Source) -> None:
    try:
        with zipfile.ZipFile(source.path) as package:
            _check_parts(source, package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        hint = "Copy or download it again, or open it in Excel and save it anew."
        raise _refused(source, f"is a truncated or damaged workbook ({error}).", hint) from error


def _check_parts(source: Source, package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    # A reader that fails with one kind of table goes on with the next.
    if _WORKBOOK not in names or names & _OTHER_KINDS:
        raise _refused(source, "is a zip file but not an .xlsx workbook.", _SAVE_AS)
    unpacked = sum(part.file_size for part in package.infolist())
    packed = max(1, source.path.stat().st_size)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > max(MOST_SQUEEZED, RATIO * packed):
        message = f"unpacks to {unpacked / 2**30:.1f} GiB, more than is opened."
        raise _refused(source, message, "Split it, or save it as CSV UTF-8.")
    for part in package.infolist():
        # Which of the parts is a sheet is said inside, and any may be.
        with package.open(part) as stream:
            if part.filename.lower().endswith(_NO_SHEETS):
                _drain(stream)
            else:
                _check_extent(source, stream)


def _drain(stream: IO[bytes]) -> None:
    """Read to the end: zipfile then compares the declared size and checksum with the real ones."""
    while stream.read(CHUNK_BYTES):
        pass


def _check_extent(source: Source, stream: IO[bytes]) -> None:
    """Read a part to the end, or until it takes more room than there may be."""
    extent = Extent()
    try:
        for piece in pieces(stream):
            extent.see(piece)
            _check_room(source, extent)
    except ValueError as error:
        raise _refused(source, f"is a damaged workbook ({error}).", _SAVE_AS) from error


def _check_room(source: Source, extent: Extent) -> None:
    width, height = extent.width, extent.height
    if width > MAX_COLUMNS or height > MAX_ROWS or width * height > MAX_GRID_CELLS:
        message = f"has cells as far out as column {width}, row {height}."
        hint = "Delete the stray cells below and to the right of the table, then save it."
        raise _refused(source, message, hint)
    if extent.cells > MAX_GRID_CELLS or extent.strings > MAX_STRINGS:
        message = f"has more than {max(extent.cells, extent.strings):,} cells or texts."
        raise _refused(source, message, "Split it, or save it as CSV UTF-8.")
