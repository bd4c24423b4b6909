"""Rows of a JSON Lines file: one object a line, its keys the columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from matcher.errors import InvalidValue, UnreadableFile
from matcher.files.cells import MAX_CELL
from matcher.files.decode import Encoding
from matcher.files.source import Source, lines

MAX_DEPTH = 32
MAX_KEYS = 2000
"""Different keys in a file; more means that keys hold data, and no column can be told."""

_DECODER = json.JSONDecoder(strict=False)
"""Not strict: a raw control character inside a text is removed later, not refused here."""
_ONE_A_LINE = 'Write one object a line, as in {"id": "1", "title": "…"}.'


def keys_of(source: Source, encoding: Encoding) -> tuple[str, ...]:
    """All keys of all objects, in the order in which they first appear."""
    keys: dict[str, None] = {}
    for number, record in read_objects(source, encoding):
        keys.update(dict.fromkeys(record))
        if len(keys) > MAX_KEYS:
            raise InvalidValue(
                f"the file has more than {MAX_KEYS} different keys.",
                file=source.name,
                row=number,
                hint="Keys must be field names; put data into the values.",
            )
    return tuple(keys)


def read_rows(
    source: Source, encoding: Encoding, keys: tuple[str, ...]
) -> Iterator[tuple[int, list[Any]]]:
    """Every object as cells in the order of `keys` (None where it has no such key)."""
    for number, record in read_objects(source, encoding):
        yield number, [record.get(key) for key in keys]


def read_objects(source: Source, encoding: Encoding) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every object with its line number; blank lines are passed over.

    Raises InvalidValue with the line for invalid JSON, for a line that isn't an object, for
    nesting deeper than `MAX_DEPTH` and for a text over `MAX_CELL` characters.
    """
    for number, line in enumerate(lines(source, encoding), 1):
        if line.isspace():
            continue
        yield number, _parsed(line, source.name, number)


def _parsed(line: str, file: str, number: int) -> dict[str, Any]:
    try:
        record = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        if number == 1 and line.lstrip().startswith("["):
            message = "is one JSON array, not JSON Lines."
            raise UnreadableFile(message, file=file, hint=_ONE_A_LINE) from error
        message = f"is not valid JSON: {error.msg} at character {error.pos + 1}."
        raise InvalidValue(message, file=file, row=number, hint=_ONE_A_LINE) from error
    except (RecursionError, ValueError) as error:
        raise _too_much("is nested too deeply or holds too long a number.", file, number) from error
    if not isinstance(record, dict):
        raise InvalidValue("is not an object.", file=file, row=number, hint=_ONE_A_LINE)
    if len(line) > MAX_CELL or line.count("{") + line.count("[") > MAX_DEPTH:
        _check(record, file, number)
    return record


def _check(record: dict[str, Any], file: str, number: int) -> None:
    """Refuse what is too deep; texts of reasonable length pass untouched."""
    level: list[Any] = list(record.values())
    for _ in range(MAX_DEPTH):
        if any(isinstance(value, str) and len(value) > MAX_CELL for value in level):
            raise _too_much(f"holds a text of more than {MAX_CELL:,} characters.", file, number)
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return
    raise _too_much(f"is nested deeper than {MAX_DEPTH} levels.", file, number)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _too_much(message: str, file: str, number: int) -> InvalidValue:
    hint = "Look at this line; a record is a few thousand characters of text."
    return InvalidValue(message, file=file, row=number, hint=hint)
