"""How far the cells of a worksheet reach and how many there are, told from its XML beforehand.

A reader of workbooks lays out the whole grid up to the last cell, wherever the file says that is:
a kilobyte can ask for terabytes, and the process ends. What counts here is what a lenient reader
would understand, not what Excel writes: either kind of quotation mark, cells that don't say where
they are, attributes in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

CHUNK_BYTES = 1 << 20
LONGEST_TAG = 1 << 16
"""Bytes; no tag of a workbook has nearly as many."""

_INSIDE = rb"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+"""
_WHOLE = re.compile(rb"<" + _INSIDE + rb">")
# A reader takes anything before the first colon for a prefix, quotation marks and all.
_PREFIX = rb"""(?:(?:[^\s<>:"']++|"[^"<\s]*+"|'[^'<\s]*+')*+:)?+"""
# Said first and once, as Excel does: of two places readers take whichever they like.
_ONCE = rb'(?=(?:\s+[A-Za-qs-z][\w:]*+="[^"<]*+")*+\s*+/?>)'
_USUAL = rb'(?:\s+r="([A-Z]{1,3})(\d{1,7})"' + _ONCE + rb")?+"
_SOUND = rb"""(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+"""
# No XML has a `<` within a tag; where one is, it ends what is found here.
_TAG = re.compile(
    rb"<(?![/!?])"
    + _PREFIX
    + rb"(row|c|si)(?=[\s/>])"
    + _USUAL
    + rb"("
    + _SOUND
    + rb""")(?:"[^"<]*+|'[^'<]*+)?+([<>])"""
)
_ATTRIBUTE = re.compile(rb"""([^\s=/"']+)\s*=\s*("[^"]*"|'[^']*')""")
_PLACE = re.compile(rb"([A-Za-z]*)(\d*)")
_LETTERS, _DIGITS = 8, 10
"""More say no more: they are far beyond anything."""


class Extent:
    """What was seen so far: the last column and row with something in it, cells, shared strings."""

    def __init__(self) -> None:
        self.width, self.height, self.cells, self.strings = 1, 0, 0, 0
        self._row, self._column = 0, 0
        self._last = b""

    def see(self, piece: bytes) -> None:
        """Heed the tags of a piece of XML; the tag that it may end in comes again in the next.

        Raises ValueError for a tag within a tag, which one reader skips and another doesn't.
        """
        columns, rows = set[bytes](), set[bytes]()
        for name, letters, digits, told, end in _TAG.findall(piece):
            if end == b"<":
                raise ValueError("a tag stands within another")
            if letters and name == b"c":
                # What Excel writes; it is counted at once, since there may be millions.
                self._last = letters
                if told[-1:] != b"/":
                    self.cells += 1
                    columns.add(letters)
                    rows.add(digits)
            else:
                self._unusual(name, told)
        self._reach(max(map(column_number, columns), default=0), max(map(int, rows), default=0))

    def _unusual(self, name: bytes, told: bytes) -> None:
        """A row; a shared string; a cell that says where it is in another way, or not at all: that
        stands right of the one before. A blank one takes no room."""
        column, row = (0, 0) if name == b"si" else _place(told)
        if name == b"si":
            self.strings += 1
        elif name == b"row":
            self._row, self._column, self._last = row or self._row + 1, 0, b""
        else:
            before = column_number(self._last) or self._column
            self._column, self._last = column or before + 1, b""
            if told[-1:] != b"/":
                self.cells += 1
                self._reach(self._column, row or self._row)

    def _reach(self, column: int, row: int) -> None:
        self.width, self.height = max(self.width, column), max(self.height, row)


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The content in pieces, the first byte of a tag that is cut at the end of one and in the next.

    Raises ValueError for a tag without an end.
    """
    rest = b""
    while chunk := stream.read(CHUNK_BYTES):
        piece = rest + chunk
        last = piece.rfind(b"<")
        cut = last if last >= 0 and not _WHOLE.match(piece, last) else len(piece)
        # With the mark itself: it may stand in another tag, and that is for `see` to find.
        yield piece[: cut + 1]
        rest = piece[cut:]
        if len(rest) > LONGEST_TAG:
            raise ValueError("a tag has no end")
    yield rest


def column_number(letters: bytes) -> int:
    """1 for A, 26 for Z, 27 for AA, 16384 for XFD."""
    number = 0
    for letter in letters.upper()[:_LETTERS]:
        number = 26 * number + letter - 64
    return number


def _place(told: bytes) -> tuple[int, int]:
    """The farthest column and row that the attributes name, 0 for what they don't."""
    named = (value[1:-1] for name, value in _ATTRIBUTE.findall(told) if name == b"r")
    found = [place for value in named if (place := _PLACE.fullmatch(value.strip()))]
    column = max((column_number(place[1]) for place in found), default=0)
    return column, max((int(place[2][:_DIGITS] or 0) for place in found), default=0)
