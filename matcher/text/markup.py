"""HTML left in a text: tags and comments away, blocks as line breaks, entities as characters."""

from __future__ import annotations

import html
import re

_BLOCK = "|".join(
    """address article aside blockquote body br center dd div dl dt fieldset figcaption figure
    footer form h[1-6] head header hr html iframe li main nav ol option p pre section select table
    tbody tfoot thead title tr ul""".split()
)
_CELL = "td|th|img|input|button"
_INLINE = "|".join(
    """a abbr acronym b big cite code del em font i ins kbd label link mark meta o:p q s small span
    strike strong sub sup tt u var wbr""".split()
)
_ATTRIBUTES = r"(?:\s[^<>]*)?/?"

# No beginning inside: a text of nothing but `<!--` would else be read to its end from each.
_HIDDEN = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<(script|style)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>|<!doctype[^<>]*>",
    re.I | re.S,
)
_POWER_TAG = re.compile(r"(?<=\d)<sup>(?=\s*[-+\d])", re.I)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK}){_ATTRIBUTES}>", re.I)
_CELL_TAG = re.compile(rf"</?(?:{_CELL}){_ATTRIBUTES}>", re.I)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE}){_ATTRIBUTES}>", re.I)
_TAGS = ((_HIDDEN, " "), (_POWER_TAG, "^"), (_BLOCK_TAG, "\n"), (_CELL_TAG, " "), (_INLINE_TAG, ""))
# Only with its semicolon: `a=1&copy=2` is an address and `AT&T` a firm.
_ENTITY = re.compile(r"&(?:amp;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


def strip_markup(text: str) -> tuple[str, int]:
    """Plain text, and the number of tags and entities there were.

    A tag is one HTML knows: `p<0.05`, `<CVD>` and `x < y` stay.
    """
    tags = entities = 0
    if "<" in text:
        text, tags = _strip_tags(text)
    if "&" in text:
        text, entities = _ENTITY.subn(_character, text)
    return text, tags + entities


def _strip_tags(text: str) -> tuple[str, int]:
    found = 0
    for pattern, replacement in _TAGS:
        text, count = pattern.subn(replacement, text)
        found += count
    return text, found


def _character(entity: re.Match[str]) -> str:
    return html.unescape(f"&{entity.group(1)};")
