"""Portfolios: the texts that a person or firm has stood behind, given as texts or by id.

An entry that is an id in the portfolio file means that record's text. Any other entry is a
text of its own, unless it looks like an id (one word of ASCII with a digit in it): then, with a
portfolio file at hand, it is dropped and noted as unknown; without one it is kept and noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from matcher.files.cells import Cell, as_list, as_text
from matcher.files.notices import Code, Notices

_LOOKS_LIKE_ID = re.compile(r"(?=[^\d]*\d)[A-Za-z0-9][\w.:/#-]{0,63}", re.ASCII)
_WORDS = re.compile(r"[\s,;，；、|]+")
_LINES = re.compile(r"[\n\r|]+")
_TOLD = ("title", "title_en", "text", "summary", "summary_en", "problem", "problem_en")
"""What an entry that is an object (a past deal) says in words, in this order."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Texts by id, from a portfolio file; `given` is false where there is no such file."""

    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    given: bool = False


NO_PORTFOLIO = Portfolio()


def read_entries(cell: Cell, portfolio: Portfolio = NO_PORTFOLIO) -> tuple[str, ...]:
    """The entries of a portfolio cell: a list, or a text with one entry a line (or between |).

    A text made of nothing but ids may separate them by spaces or commas too.
    """
    if isinstance(cell, list):
        return tuple(filter(None, map(_entry, cell)))
    if not isinstance(cell, str):
        return tuple(filter(None, [_entry(cell)]))
    if cell.lstrip().startswith("["):
        return as_list(cell)
    words = tuple(filter(None, _WORDS.split(cell)))
    if words and all(word in portfolio.texts or looks_like_id(word) for word in words):
        return words
    return tuple(filter(None, map(str.strip, _LINES.split(cell))))


def _entry(item: Any) -> str:
    """One entry as text; of an object its words, without its numbers and codes."""
    if isinstance(item, dict):
        return "\n".join(filter(None, (as_text(item.get(key)) for key in _TOLD)))
    return as_text(item)


def looks_like_id(text: str) -> bool:
    """One ASCII word of up to 64 characters with a digit in it, such as A197137 or O-12."""
    return _LOOKS_LIKE_ID.fullmatch(text) is not None


def resolve(
    entries: Iterable[str], portfolio: Portfolio, notices: Notices, *, row: int, column: str
) -> tuple[str, ...]:
    """The texts of the entries; see the module's docstring for what is one."""
    texts = []
    for entry in entries:
        text = portfolio.texts.get(entry)
        if text is None and looks_like_id(entry):
            _note(entry, portfolio, notices, row, column)
            text = "" if portfolio.given else entry
        texts.append(entry if text is None else text)
    return tuple(filter(None, texts))


def _note(entry: str, portfolio: Portfolio, notices: Notices, row: int, column: str) -> None:
    if portfolio.given:
        message = f"{entry!r} is not in the portfolio file and is left out."
        notices.add(Code.UNKNOWN_PORTFOLIO_ID, message, row=row, column=column)
    else:
        message = f"{entry!r} looks like an id; pass the portfolio file that holds its text."
        notices.add(Code.PORTFOLIO_LOOKS_LIKE_IDS, message, row=row, column=column)
