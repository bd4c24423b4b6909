"""Between records and the columns of their rows, field by field, without loss.

Reading a row is not reading what a person wrote: nothing is trimmed, parsed or guessed here, so
that a record comes back equal to the one that was stored.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from matcher.domain.labels import Labelled
from matcher.domain.record import Record
from matcher.errors import InvalidValue, WrongSchema

R = TypeVar("R", bound=Record)
Row = dict[str, Any]
Convert = Callable[[Any], Any]

LONGEST_ID = 500
"""Characters in an id or a number that rows are looked up by; indexes end at about 2,700 bytes."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    name: str
    store: Convert | None
    load: Convert | None


def row_of(record: Record) -> Row:
    """Return the columns of a record: enums as codes, tuples as lists, parts as objects.

    Raises InvalidValue for a text that not every database can hold.
    """
    row = {
        name: value if store is None or value is None else store(value)
        for name, value, store in _stored(record)
    }
    _check_texts(row)
    return row


def record_of(cls: type[R], row: Mapping[str, Any]) -> R:
    """Build the record from its columns, or from `content_of` them; other keys don't matter.

    A field without a column takes its default: the row was written before there was one.
    """
    try:
        return cls(**_loaded(cls, row))
    except (ValueError, TypeError, KeyError) as error:
        raise WrongSchema(
            f"{cls.__name__} {row.get('id')} holds what this version doesn't know: {error}.",
            hint="Install the version of the product that wrote it.",
        ) from error


def content_of(cls: type[Record], row: Mapping[str, Any]) -> Row:
    """Return the record's columns as values of JSON, for a revision."""
    kind: Any = cls
    return {field.name: _plain(row[field.name]) for field in _fields(kind)}


def check_lengths(row: Row, names: Iterable[str]) -> None:
    """Refuse ids and numbers of offices that are too long to be looked up by."""
    for name in names:
        if len(row[name] or "") > LONGEST_ID:
            raise InvalidValue(
                f"{name} is longer than {LONGEST_ID} characters.",
                field=name,
                hint="Write one id, number or name there, and the rest into a longer text.",
            )


def is_storable(text: str) -> bool:
    """Whether every database can hold `text`: no NUL in it, no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _stored(record: Record) -> Iterator[tuple[str, Any, Convert | None]]:
    kind: Any = type(record)
    return ((field.name, getattr(record, field.name), field.store) for field in _fields(kind))


def _loaded(cls: Any, row: Mapping[str, Any]) -> Row:
    names, loads = _loading(cls)
    values = {name: row[name] for name in names if name in row}
    for name, load in loads:
        if values.get(name) is not None:
            values[name] = load(values[name])
    return values


@cache
def _loading(cls: Any) -> tuple[tuple[str, ...], tuple[tuple[str, Convert], ...]]:
    """The names of all fields; and how those come back that aren't taken as they are."""
    fields = _fields(cls)
    loads = tuple((field.name, field.load) for field in fields if field.load is not None)
    return tuple(field.name for field in fields), loads


@cache
def _fields(cls: Any) -> tuple[_Field, ...]:
    hints = typing.get_type_hints(cls)
    names = (field.name for field in dataclasses.fields(cls))
    return tuple(_Field(name, *_converters(hints[name])) for name in names)


def _converters(hint: Any) -> tuple[Convert | None, Convert | None]:
    """How a value of the type goes to its column and back; None: as it is."""
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _converters(next(one for one in typing.get_args(hint) if one is not types.NoneType))
    if origin is tuple:
        return _item_converters(*_converters(typing.get_args(hint)[0]))
    if origin is dict:
        return None, None  # Plain values already.
    if dataclasses.is_dataclass(hint):
        return _object_converters(typing.cast(type[Record], hint))
    if issubclass(hint, Labelled):
        return (lambda member: member.value), hint
    return (None, _day) if hint is date else (None, None)


def _item_converters(store: Convert | None, load: Convert | None) -> tuple[Convert, Convert]:
    return (
        list if store is None else lambda values: [store(value) for value in values],
        tuple if load is None else lambda values: tuple(load(value) for value in values),
    )


def _object_converters(cls: type[Record]) -> tuple[Convert, Convert]:
    return (
        lambda part: {name: _plain(value) for name, value in _plain_columns(part)},
        lambda content: cls(**_loaded(cls, content)),
    )


def _plain_columns(part: Record) -> Iterator[tuple[str, Any]]:
    for name, value, store in _stored(part):
        yield name, value if store is None or value is None else store(value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _check_texts(row: Row) -> None:
    # One look at all texts together; which field it was is looked up where there is a fault.
    if is_storable(_text_in(row)):
        return
    name = next(name for name, value in row.items() if not is_storable(_text_in(value)))
    raise InvalidValue(
        f"{name} holds a character that isn't one: NUL or half of a surrogate pair.",
        field=name,
        hint="Remove it; it comes from a damaged file.",
    )


def _text_in(value: Any) -> str:
    """All texts in a column's value, one after the other."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        value = list(value.values())
    return "".join(map(_text_in, value)) if isinstance(value, list) else ""
