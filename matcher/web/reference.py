"""The API's description as a page shows it: grouped, with fields in words and examples."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from matcher.web.example import Example, curl
from matcher.web.schema_field import Schema, SchemaField, field_of, fields_of, followed, kind_of

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "200": "Done; here it is.",
        "201": "Made. Location says where it is.",
        "202": "Asked for: a worker does it. The answer is its job, and Location says where to "
        "look for what becomes of it.",
        "204": "Done. There is nothing to show.",
        "304": "What you have is still what there is.",
        "400": "The request can't be used, for instance because it isn't JSON.",
        "401": "You aren't signed in: the token is missing, wrong, expired or revoked.",
        "403": "You may see it, but not do that to it.",
        "404": "There is no such thing, or none that you may know of; the two look alike.",
        "409": "Its state doesn't allow it, or it was changed since you saw it.",
        "412": "It was changed since you saw it: get it again.",
        "413": "The body is too large.",
        "415": "The body is of another content type than the one that is wanted.",
        "422": "Some fields can't be used; errors names every one of them.",
        "428": "Say which version you saw, with If-Match.",
        "429": "Too many requests: wait as many seconds as Retry-After says.",
        "503": "The database or the model can't be used now; Retry-After says when to ask again.",
    }
)
"""What each status means, in this API."""
_PROBLEMS = "400"
_WIDTH, _INDENT, _NEW = 76, "  ", "\n"
"""How answers are written: characters of a line."""
_VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Answer:
    """A way that an operation may go. kind: what is in the body, "" for nothing."""

    status: str
    meaning: str
    kind: str = ""
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent."""

    content_type: str
    description: str
    fields: tuple[SchemaField, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """An example as it is read."""

    caller: str
    files: Mapping[str, str]
    request: str
    status: int
    told: Mapping[str, str]
    answer: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked for. problems: statuses of the ways that it may fail."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    is_open: bool
    parameters: tuple[SchemaField, ...]
    body: Body | None
    answers: tuple[Answer, ...]
    problems: tuple[str, ...]
    example: Worked | None


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one tag."""

    name: str
    anchor: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """An object that bodies and answers are made of."""

    name: str
    description: str
    fields: tuple[SchemaField, ...]


def groups_of(spec: Mapping[str, Any], examples: Mapping[str, Example]) -> tuple[Group, ...]:
    """The operations by their tags, in the order of the tags."""
    found = list(_operations(spec, examples))
    groups = (
        Group(
            tag["name"], anchor(tag["name"]), tuple(op for name, op in found if name == tag["name"])
        )
        for tag in spec["tags"]
    )
    return tuple(group for group in groups if group.operations)


def shapes_of(spec: Mapping[str, Any]) -> tuple[Shape, ...]:
    """The objects by name."""
    schemas = spec["components"]["schemas"]
    return tuple(
        Shape(name, schemas[name].get("description", ""), fields_of(schemas[name], schemas))
        for name in sorted(schemas)
        if schemas[name].get("type") == "object"
    )


def worked(example: Example) -> Worked:
    """The example with its request as a line of a shell and its answer as text."""
    answer = example.text
    if example.answer is not None:
        answer = written(example.answer)
    return Worked(
        example.caller, example.files, curl(example), example.status, example.told, answer
    )


def written(told: Any, room: int = _WIDTH) -> str:
    """JSON to be read: what fits in a line stands in one."""
    line = json.dumps(told, ensure_ascii=False)
    if len(line) <= room or not isinstance(told, dict | list) or not told:
        return line
    inside = room - len(_INDENT)
    if isinstance(told, list):
        return _block("[", [written(one, inside) for one in told], "]")
    return _block(
        "{", [f"{json.dumps(key)}: {written(one, inside)}" for key, one in told.items()], "}"
    )


def _block(start: str, parts: list[str], end: str) -> str:
    return f"{start}\n{textwrap.indent(f',{_NEW}'.join(parts), _INDENT)}\n{end}"


def anchor(name: str) -> str:
    """The name as a part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _operations(
    spec: Mapping[str, Any], examples: Mapping[str, Example]
) -> Iterator[tuple[str, Operation]]:
    """Every operation with its tag; those of one path stand together."""
    schemas = spec["components"]["schemas"]
    for path, methods in sorted(spec["paths"].items()):
        for verb in (one for one in _VERBS if one in methods):
            told = methods[verb]
            yield told["tags"][0], _operation(path, verb, told, schemas, examples)


def _operation(
    path: str,
    verb: str,
    told: Mapping[str, Any],
    schemas: Mapping[str, Schema],
    examples: Mapping[str, Example],
) -> Operation:
    example = examples.get(told["operationId"])
    return Operation(
        id=told["operationId"],
        method=verb.upper(),
        path=path,
        summary=told["summary"],
        description=told.get("description", ""),
        is_open="security" not in told,
        parameters=tuple(_parameter(one, schemas) for one in told["parameters"]),
        body=_body(told, schemas),
        answers=tuple(_answers(told["responses"], schemas)),
        problems=tuple(sorted(one for one in told["responses"] if one >= _PROBLEMS)),
        example=None if example is None else worked(example),
    )


def _parameter(told: Mapping[str, Any], schemas: Mapping[str, Schema]) -> SchemaField:
    return field_of(
        told["name"],
        told["schema"],
        schemas,
        required=told.get("required", False),
        place=told["in"],
        description=told.get("description", ""),
    )


def _body(told: Mapping[str, Any], schemas: Mapping[str, Schema]) -> Body | None:
    for content_type, content in told.get("requestBody", {}).get("content", {}).items():
        schema = followed(content["schema"], schemas)
        return Body(content_type, schema.get("description", ""), fields_of(schema, schemas))
    return None


def _answers(responses: Mapping[str, Any], schemas: Mapping[str, Schema]) -> Iterator[Answer]:
    """The ways that it may go well."""
    for status in sorted(one for one in responses if one < _PROBLEMS):
        contents = responses[status].get("content", {})
        kinds = [kind_of(one.get("schema", {}), schemas) for one in contents.values()]
        if kinds:
            yield Answer(status, MEANINGS[status], kinds[0].words, kinds[0].refers)
        else:
            yield Answer(status, MEANINGS[status])
