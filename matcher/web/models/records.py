"""Outcomes, needs, managers and organisations: models made of the fields of the domain."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model

from matcher.domain.enums import Noun
from matcher.files.sheet_columns import COLUMNS
from matcher.store.tables import RECORD_NOUNS, kind_of
from matcher.web.cursor import LONGEST
from matcher.web.models.base import Body, Limit, Params, Shown
from matcher.web.models.matching import FilteredParams, ReasonShown

Models = Mapping[Noun, type[BaseModel]]

SET_BY_PLATFORM = frozenset({"id", "updated_at"})
"""What a body doesn't hold; an admin may choose the id of a new record."""

Cursor = Annotated[
    str, Field(max_length=LONGEST, description="`next_cursor` of the page before, as it was given.")
]
LONGEST_QUERY = 2_000
"""Characters of words in an address; servers and proxies cut longer ones."""
Words = Annotated[
    str, Field(max_length=LONGEST_QUERY, description="Search words, Chinese or English.")
]
Name = Annotated[str, Field(max_length=LONGEST_QUERY, description="Part of a name.")]
NextCursor = Annotated[str | None, Field(description="For the next page; null after the last.")]


class RecordParams(FilteredParams):
    """What is looked for among records, and from where on."""

    q: Words = ""
    cursor: Cursor = ""


class NameParams(Params):
    """Which organisations, and from where on."""

    q: Name = ""
    limit: Limit = 10
    cursor: Cursor = ""


class HitShown(Shown):
    """A record of a list. What tells how well it matches is null where nothing was searched."""

    rank: int
    score: Annotated[float | None, Field(description="0 to 1; the sum of `parts`.")]
    band: str | None
    likelihood: float | None
    parts: dict[str, float]
    reasons: list[ReasonShown]


class ListShown(Shown):
    """A page of a list. found: how many there are in all; facets: of each kind."""

    model_version: str
    degraded: list[str]
    found: int
    facets: dict[str, dict[str, int]]
    next_cursor: NextCursor


def _bodies(new: bool) -> dict[Noun, type[BaseModel]]:
    """The bodies of a noun's requests, for new records with an id."""
    told = "null stands for nothing."
    given: dict[str, Any] = {"id": (str | None, Field(None, description="For admins."))}
    return {
        noun: create_model(
            f"{noun.value.capitalize()}{'New' if new else 'Fields'}",
            __base__=Body,
            __doc__=f"The fields of {noun.en}; {told}",
            **{**(given if new else {}), **_fields(noun, kind_of(noun).cls, Body)},
        )
        for noun in RECORD_NOUNS
    }


def _shown(noun: Noun) -> type[BaseModel]:
    """A record as it is shown, every field of it, with its version."""
    more: dict[str, Any] = {
        "version": (int, Field(description="Counts from 1.")),
        "created_at": (datetime, ...),
        "changed_at": (datetime, ...),
    }
    name, fields = f"{noun.value.capitalize()}Shown", _fields(noun, kind_of(noun).cls, Shown)
    return create_model(name, __base__=Shown, __doc__=f"{noun.en}: a record.", **fields, **more)


def _fields(noun: Noun, cls: Any, base: type[BaseModel]) -> dict[str, Any]:
    """The fields of a dataclass with their types, labels and, where they're shown, defaults."""
    hints, found = typing.get_type_hints(cls), {}
    for field in dataclasses.fields(cls):
        kind = _kind(noun, hints[field.name], base)
        if base is Body and field.name not in SET_BY_PLATFORM:
            found[field.name] = (kind | None, Field(None, description=_label(noun, field.name)))
        elif base is Shown:
            default = ... if field.default is dataclasses.MISSING else field.default
            found[field.name] = (kind, Field(default, description=_label(noun, field.name)))
    return found


def _kind(noun: Noun, hint: Any, base: type[BaseModel]) -> Any:
    """The type in a model: dataclasses become models, all else stays."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        [inner] = [one for one in typing.get_args(hint) if one is not types.NoneType]
        return _kind(noun, inner, base) | None
    if typing.get_origin(hint) is tuple:
        return tuple[_kind(noun, typing.get_args(hint)[0], base), ...]  # type: ignore[misc]
    if not dataclasses.is_dataclass(hint):
        return hint
    cls = typing.cast(Any, hint)
    name = f"{cls.__name__}{'Fields' if base is Body else 'Shown'}"
    return create_model(
        name, __base__=base, __doc__="Part of a record.", **_fields(noun, cls, base)
    )


def _label(noun: Noun, name: str) -> str | None:
    """What the field is called in a table, in both languages."""
    column = COLUMNS[noun].__members__.get(name.upper())
    return f"{column.zh} · {column.en}" if column else None


def _pages(noun: Noun, shown: Models) -> type[BaseModel]:
    name = noun.value.capitalize()
    if noun is Noun.ORGANISATION:
        only: dict[str, Any] = {"items": (list[shown[noun]], ...), "next_cursor": (NextCursor, ...)}  # type: ignore[valid-type]
        return create_model(f"{name}List", __base__=Shown, __doc__="Organisations by id.", **only)
    hit = create_model(f"{name}Hit", __base__=HitShown, record=(shown[noun], ...))
    items: dict[str, Any] = {"items": (list[hit], ...)}  # type: ignore[valid-type]
    return create_model(f"{name}List", __base__=ListShown, **items)


NEW: Models = MappingProxyType(_bodies(new=True))
"""The body that enters a record."""
FIELDS: Models = MappingProxyType(_bodies(new=False))
"""The body that changes one."""
SHOWN: Models = MappingProxyType({noun: _shown(noun) for noun in RECORD_NOUNS})
"""A record."""
LISTS: Models = MappingProxyType({noun: _pages(noun, SHOWN) for noun in RECORD_NOUNS})
"""A page of records."""
