"""Schemas of the API's description as tables of fields that people read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

_LIMITS = (
    ("minimum", "at least {}"),
    ("maximum", "at most {}"),
    ("minLength", "length at least {}"),
    ("maxLength", "length at most {}"),
    ("minItems", "at least {} of them"),
    ("maxItems", "at most {} of them"),
    ("pattern", "of the pattern {}"),
)
_FORMATS = {"date": "day", "date-time": "time", "binary": "file"}
_SCALARS = {"integer": "whole number", "string": "text", "boolean": "true or false"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A type in words. refers: the name of the object that it is made of, "" for none."""

    words: str
    refers: str = ""


@dataclass(frozen=True, slots=True)
class SchemaField:
    """A field of a body or an answer, or a parameter; place: path, query or header, for one.

    default, limits: empty where there are none.
    """

    name: str
    kind: Kind
    required: bool
    default: str = ""
    limits: str = ""
    description: str = ""
    place: str = ""


def fields_of(schema: Schema, schemas: Mapping[str, Schema]) -> tuple[SchemaField, ...]:
    """The fields of an object, or of what it refers to."""
    whole = followed(schema, schemas)
    needed = set(whole.get("required", ()))
    return tuple(
        field_of(name, each, schemas, required=name in needed)
        for name, each in whole.get("properties", {}).items()
    )


def field_of(
    name: str,
    schema: Schema,
    schemas: Mapping[str, Schema],
    *,
    required: bool,
    place: str = "",
    description: str = "",
) -> SchemaField:
    """One field; its own description is used where its schema has none."""
    return SchemaField(
        name=name,
        kind=kind_of(schema, schemas),
        required=required,
        default=_default(schema),
        limits=", ".join(_limits(schema, schemas)),
        description=description or schema.get("description", ""),
        place=place,
    )


def kind_of(schema: Schema, schemas: Mapping[str, Schema]) -> Kind:
    """The type of a value in words."""
    if "$ref" in schema:
        return _referred(schema["$ref"], schemas)
    if "anyOf" in schema:
        kinds = [kind_of(one, schemas) for one in schema["anyOf"]]
        refers = next((one.refers for one in kinds if one.refers), "")
        return Kind(" or ".join(one.words for one in kinds), refers)
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    if values:
        return Kind(", ".join(map(str, values)))
    if schema.get("type") == "array":
        inner = kind_of(schema.get("items", {}), schemas)
        return Kind(f"list of {inner.words}", inner.refers)
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        inner = kind_of(schema["additionalProperties"], schemas)
        return Kind(f"object of {inner.words}", inner.refers)
    named = str(schema.get("type", "anything"))
    return Kind(_FORMATS.get(schema.get("format", ""), _SCALARS.get(named, named)))


def name_of(reference: str) -> str:
    """The last part of a reference."""
    return reference.rpartition("/")[2]


def followed(schema: Schema, schemas: Mapping[str, Schema]) -> Schema:
    """The schema, or the one that it refers to."""
    return schemas[name_of(schema["$ref"])] if "$ref" in schema else schema


def _referred(reference: str, schemas: Mapping[str, Schema]) -> Kind:
    name = name_of(reference)
    there = schemas[name]
    if there.get("type") == "object":
        return Kind(name, name)
    return kind_of(there, schemas)


def _default(schema: Schema) -> str:
    default = schema.get("default")
    if default is None or default in ("", [], ()):
        return ""
    return default if isinstance(default, str) else json.dumps(default, ensure_ascii=False)


def _limits(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[str]:
    """Those of the schema, of what it refers to, and of the values of a list."""
    for one in schema.get("anyOf", ()):
        yield from _limits(one, schemas)
    whole = followed(schema, schemas)
    for key, words in _LIMITS:
        if key in whole:
            yield words.format(whole[key])
    if isinstance(whole.get("items"), Mapping):
        yield from _limits(whole["items"], schemas)
