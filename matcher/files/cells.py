"""One cell: what may stand in it, whether it is blank, and how it reads as text."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from matcher.errors import InvalidValue

Cell: TypeAlias = str | int | float | date | time | timedelta | list[Any] | dict[str, Any] | None
"""A value as the file holds it; `bool` is an `int` and `datetime` a `date`. None is blank."""

MAX_CELL = 1_000_000
"""Characters in one cell: ten times a long patent, far below what an accident makes."""

_SEPARATORS = re.compile("[,;，；、|\n\r]+")
_SPACES = " \t\n\r\v\f\u2028\u2029\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_INVISIBLE = "\u200b\u2060\ufeff"
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of surrogate pairs and non-characters. U+0080–U+009F stay: they
are what is left of UTF-8 that was read as Latin-1, and text repair needs them."""


def has_unwanted(text: str) -> bool:
    """Whether `without_unwanted` would change the text."""
    return _UNWANTED.search(text) is not None


def without_unwanted(text: str) -> str:
    """Text without control characters (tab and line ends stay) and broken surrogates."""
    return _UNWANTED.sub("", text)


def cleaned(cell: Any) -> Any:
    """A cell with `without_unwanted` applied to the texts in it, at any depth."""
    if isinstance(cell, str):
        return without_unwanted(cell)
    if isinstance(cell, list):
        return [cleaned(item) for item in cell]
    if isinstance(cell, dict):
        return {cleaned(key): cleaned(item) for key, item in cell.items()}
    return cell


def texts_in(cells: Iterable[Any]) -> list[str]:
    """All texts in some cells, those inside lists and objects included."""
    cells = list(cells)
    texts = [cell for cell in cells if isinstance(cell, str)]
    for cell in cells:
        if isinstance(cell, list):
            texts += texts_in(cell)
        elif isinstance(cell, dict):
            texts += texts_in([*cell, *cell.values()])
    return texts


def stripped(text: str) -> str:
    """Text without white space around it, but with U+0085 and U+00A0, which Python strips too:
    they may be the last byte of a character that was read as Latin-1, and are needed then."""
    return text.strip(_SPACES)


def is_blank(cell: Cell) -> bool:
    """Nothing, white space, or an empty list or object."""
    if isinstance(cell, str):
        return not cell.strip()
    return cell is None or cell == [] or cell == {}


def is_nan(cell: Cell) -> bool:
    """Not a number, as programs write a missing value; infinities aren't meant."""
    return isinstance(cell, float) and math.isnan(cell)


def as_text(cell: Cell) -> str:
    """How a person would read the cell: 3.0 is "3", midnight isn't shown, lists are joined."""
    if isinstance(cell, str):
        return stripped(cell)
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return _datetime_text(cell)
    if isinstance(cell, list):
        return "\n".join(filter(None, map(as_text, cell)))
    if isinstance(cell, dict):
        return "\n".join(filter(None, map(as_text, cell.values())))
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


def as_list(cell: Cell) -> tuple[str, ...]:
    """The texts that a cell lists, each once: a list, a JSON array, or texts with , ; 、 | or
    line ends between them."""
    if cell is None:
        return ()
    if isinstance(cell, str):
        cell = _json_array(cell) or _SEPARATORS.split(cell)
    items = cell if isinstance(cell, list) else [cell]
    return tuple(dict.fromkeys(filter(None, map(as_text, items))))


def _json_array(text: str) -> list[Any] | None:
    """The list that a cell of CSV holds as JSON, None for any other text."""
    if not text.lstrip().startswith("["):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


def as_id(cell: Cell, *, file: str, row: int, column: str) -> str:
    """An identifier as text; InvalidValue for what can't be one (a list, a truth value)."""
    if isinstance(cell, str):
        return cell.strip().strip(_INVISIBLE)
    if isinstance(cell, bool | list | dict) or (isinstance(cell, float) and cell % 1 != 0):
        raise InvalidValue(
            f"an id must be text or a whole number, not {as_text(cell)!r}.",
            file=file,
            row=row,
            column=column,
            hint="Give every row an id of its own.",
        )
    return as_text(cell)


def _number_text(number: float) -> str:
    whole = math.isfinite(number) and number == int(number) and abs(number) < 1e15
    return str(int(number)) if whole else repr(number)


def _datetime_text(moment: datetime) -> str:
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(sep=" ")
