"""A short piece of a text around what matched, with the matched words marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

LENGTH = {"zh": 90, "en": 190}
"""About two lines, in characters."""
_WORD = re.compile(r"[A-Za-z0-9]")


class Term(NamedTuple):
    """A matched term: its number, the same in both texts, and the words it stands in."""

    number: int
    words: str


class _Found(NamedTuple):
    start: int
    end: int
    number: int


def marked(text: str, terms: Sequence[Term]) -> Markup:
    """The whole text, its terms marked."""
    return _marked(text, _places(text, terms), 0, len(text))


def excerpt(text: str, terms: Sequence[Term], length: int) -> Markup:
    """At most about `length` characters of a text, those with the most terms."""
    text = " ".join(text.split())
    found = _places(text, terms)
    start = _best_start(found, length)
    if start + length > len(text):
        start = max(0, len(text) - length)
    start, end = _whole_words(text, start, min(len(text), start + length))
    shown = _marked(text, found, start, end)
    before = Markup("… ") if start else Markup("")
    after = Markup(" …") if end < len(text) else Markup("")
    return before + shown + after


def _places(text: str, terms: Sequence[Term]) -> list[_Found]:
    """Where the terms stand, none inside another: the longer words first."""
    found: list[_Found] = []
    for term in sorted(terms, key=lambda term: -len(term.words)):
        if not term.words.strip():
            continue
        for match in re.finditer(_pattern(term.words), text, re.IGNORECASE):
            if all(match.end() <= one.start or match.start() >= one.end for one in found):
                found.append(_Found(match.start(), match.end(), term.number))
    return sorted(found)


def _pattern(words: str) -> str:
    """The words whole, where they are of letters, whatever blanks lie between them."""
    inner = r"\s+".join(map(re.escape, words.split()))
    first = r"(?<![A-Za-z0-9])" if _WORD.match(words) else ""
    last = r"(?![A-Za-z0-9])" if _WORD.match(words[-1]) else ""
    return f"{first}{inner}{last}"


def _best_start(found: Sequence[_Found], length: int) -> int:
    """Where a window of this length holds the most different terms; a little before the first."""
    best, most = 0, 0
    for one in found:
        start = max(0, one.start - length // 8)
        held = {
            other.number for other in found if start <= other.start and other.end <= start + length
        }
        if len(held) > most:
            best, most = start, len(held)
    return best


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Not beginning or ending within a word of letters."""
    while 0 < start < end and _WORD.match(text[start]) and _WORD.match(text[start - 1]):
        start += 1
    while start < end < len(text) and _WORD.match(text[end]) and _WORD.match(text[end - 1]):
        end -= 1
    return start, end


def _marked(text: str, found: Sequence[_Found], start: int, end: int) -> Markup:
    parts: list[Markup] = []
    at = start
    for one in found:
        if one.start < at or one.end > end:
            continue
        parts.append(escape(text[at : one.start]))
        mark = Markup('<mark class="term" data-term="{}">{}</mark>')
        parts.append(mark.format(one.number, text[one.start : one.end]))
        at = one.end
    parts.append(escape(text[at:end]))
    return Markup("").join(parts)
