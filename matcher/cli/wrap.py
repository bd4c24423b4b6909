"""Breaking a line of Chinese, English or both to a width in terminal cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

# Where a line may break: after white space, and around every wide character. Closing marks stay
# with what they follow, opening ones with what they precede.
_WIDE = r"[\u1100-\u11ff\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]"
_OPENING = r"[（《「『【〔“‘(\[]"
_CLOSING = r"[，。、；：！？）》」』】〕”’,.;:!?)\]%℃]"
_PIECE = re.compile(
    rf"{_OPENING}*(?:{_WIDE}|(?:(?!{_WIDE}|{_OPENING})\S)+){_CLOSING}*\s*|{_OPENING}+\s*|\s+"
)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, nothing left out but white space at breaks.

    A word that is longer than a line is cut. Line breaks in the text count as spaces.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(" ".join(text.split("\n")), width):
        if line and cell_len(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str, width: int) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        if cell_len(piece.rstrip()) <= width:
            yield piece
        else:
            yield from chop_cells(piece, width)
