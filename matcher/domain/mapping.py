"""Between records and plain mappings (JSON objects, table rows), driven by the fields' types."""

from __future__ import annotations

import dataclasses
import difflib
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any, TypeVar

from matcher.domain.checks import shown
from matcher.domain.dates import parse_date
from matcher.domain.labels import Labelled
from matcher.errors import InvalidValue

T = TypeVar("T")
Reader = Callable[[Any], object]

_YES = frozenset({"true", "yes", "y", "1", "是", "有"})
_NO = frozenset({"false", "no", "n", "0", "否", "无"})


def read(cls: type[T], mapping: object) -> T:
    """Build a dataclass from a mapping of its field names.

    Absent, None and blank values take the field's default; an unknown key, a missing required
    one or a value of the wrong kind raises InvalidValue naming the field, as in `deals[2].mode`.
    """
    if not isinstance(mapping, Mapping):
        raise InvalidValue(f"{shown(mapping)} is not an object.", hint="Write {field: value, …}.")
    kind: Any = cls
    readers = _readers(kind)
    _refuse_unknown(mapping, readers)
    given = {key: value for key, value in mapping.items() if not _is_blank(value)}
    _refuse_missing(_required(kind), given)
    return cls(**{key: _placed(readers[key], value, key) for key, value in given.items()})


def write(record: Any) -> dict[str, object]:
    """Return a dataclass as a mapping of plain values, without its absent (None, empty) fields."""
    pairs = ((field.name, getattr(record, field.name)) for field in dataclasses.fields(record))
    return {name: _plain(value) for name, value in pairs if value not in (None, "", ())}


def _plain(value: Any) -> object:
    if dataclasses.is_dataclass(value):
        return write(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Labelled):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _refuse_unknown(mapping: Mapping[Any, object], readers: Mapping[str, Reader]) -> None:
    for key in mapping:
        if key not in readers:
            near = difflib.get_close_matches(str(key), readers, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Known fields: {', '.join(readers)}."
            raise InvalidValue("There is no such field.", field=str(key), hint=hint)


def _refuse_missing(required: tuple[str, ...], given: Mapping[str, object]) -> None:
    for name in required:
        if name not in given:
            raise InvalidValue(f"{name} is missing.", field=name, hint="Fill it in.")


def _placed(reader: Reader, value: object, place: str) -> object:
    """Read a value; an error in it is told with the path of fields that leads to it."""
    try:
        return reader(value)
    except InvalidValue as error:
        inner = str(error.where.get("field", ""))
        path = f"{place}.{inner}" if inner and not inner.startswith("[") else place + inner
        raise InvalidValue(error.message, field=path, hint=error.hint, **error.values) from error


@cache
def _readers(cls: Any) -> dict[str, Reader]:
    hints = typing.get_type_hints(cls)
    return {field.name: _reader(hints[field.name]) for field in dataclasses.fields(cls)}


@cache
def _required(cls: Any) -> tuple[str, ...]:
    fields = dataclasses.fields(cls)
    return tuple(field.name for field in fields if field.default is dataclasses.MISSING)


def _reader(hint: Any) -> Reader:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _reader(next(one for one in typing.get_args(hint) if one is not types.NoneType))
    if origin is tuple:
        return _reader_of_items(typing.get_args(hint)[0])
    if hint in _SCALARS:
        return _SCALARS[hint]
    return hint.parse if issubclass(hint, Labelled) else partial(read, hint)


def _reader_of_items(kind: Any) -> Reader:
    items = partial(_read_items, _reader(kind))
    if isinstance(kind, type) and issubclass(kind, Labelled):
        return lambda value: kind.in_order(items(value))
    return items


def _read_items(reader: Reader, values: object) -> tuple[Any, ...]:
    if isinstance(values, str) or not isinstance(values, Sequence | set | frozenset):
        raise InvalidValue(f"{shown(values)} is not a list.", hint="Write [value, …].")
    return tuple(
        _placed(reader, value, f"[{index}]")
        for index, value in enumerate(values)
        if not _is_blank(value)
    )


def _read_text(value: object) -> str:
    """A text; whole numbers too, as spreadsheets have them for ids."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float) or value % 1:
        raise InvalidValue(f"{shown(value)} is not a text.", hint="Write it in quotes.")
    return str(int(value))


def _read_float(value: object) -> float:
    try:
        number = float(value) if isinstance(value, str | int | float) else None
    except (ValueError, OverflowError):
        number = None
    if number is None or isinstance(value, bool):
        raise InvalidValue(f"{shown(value)} is not a number.", hint="Write digits alone.")
    return number


def _read_int(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    number = _read_float(value)
    if not number.is_integer():
        raise InvalidValue(f"{shown(value)} is not a whole number.", hint="Write digits alone.")
    return int(number)


def _read_bool(value: object) -> bool:
    word = str(value).strip().casefold()
    if word in _YES | _NO:
        return word in _YES
    raise InvalidValue(f"{shown(value)} is neither yes nor no.", hint="Write true or false.")


def _read_time(value: object) -> datetime:
    """A time in ISO 8601, UTC where it names no zone."""
    try:
        time = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as error:
        raise InvalidValue(
            f"{shown(value)} is not a time.", hint="Write for example 2025-03-01T09:30:00Z."
        ) from error
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


_SCALARS: dict[Any, Reader] = {
    str: _read_text,
    int: _read_int,
    float: _read_float,
    bool: _read_bool,
    date: parse_date,
    datetime: _read_time,
}
