"""A column name reduced to what it says: its words, and the remarks in its brackets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from matcher.text.script import to_simplified

_BRACKETED = re.compile(r"[(\[{【〔〖<《「]([^()\[\]{}【】〔〕〖〗<>《》「」]*)[)\]}】〕〗>》」]")
_NUMBERING = re.compile(r"^\W*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、):]\s*(?=\D)")
_PIECES = re.compile(r"[,;:、/|]")


@dataclass(frozen=True, slots=True)
class Heading:
    """`key`: the folded name without numbering and brackets; `notes`: the folded remarks."""

    key: str
    notes: tuple[str, ...]


def fold(text: str) -> str:
    """Letters, digits and currency signs alone, half width and lower case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum() or unicodedata.category(char) == "Sc")


def parse_heading(text: str) -> Heading:
    """`1. *预算（必填，万元）` has the key 预算 and the notes 必填 and 万元.

    Traditional script is read as Simplified, in which the words of mapping files are written.
    """
    plain, _ = to_simplified(unicodedata.normalize("NFKC", text))
    remarks = _BRACKETED.findall(plain)
    name = _NUMBERING.sub("", _BRACKETED.sub(" ", plain))
    pieces = (fold(piece) for remark in remarks for piece in _PIECES.split(remark))
    return Heading(fold(name), tuple(filter(None, pieces)))
