"""The description of the API (OpenAPI 3.1), completed with what every operation has in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any

from matcher.web.context import CSRF_HEADER
from matcher.web.example import load_examples, with_examples
from matcher.web.problem import MIMETYPE

PROBLEM = "Problem"
TOKEN = "token"  # noqa: S105 - the name of a scheme
SESSION = "session"
IDEMPOTENT = "x-idempotent"
"""The mark of an operation that heeds Idempotency-Key."""
_OPEN = frozenset({"/healthz", "/readyz"})
_PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail", "errors", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "Ends in a code that doesn't change."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["loc", "message"],
                "properties": {
                    "loc": {"type": "array", "items": {"type": "string"}},
                    "message": {"type": "string"},
                },
            },
        },
        "request_id": {"type": "string"},
    },
}
_HEADERS: dict[str, dict[str, Any]] = {
    "412": {
        "name": "If-Match",
        "required": True,
        "description": "The ETag of the version that you saw.",
        "schema": {"type": "string"},
    },
    "304": {
        "name": "If-None-Match",
        "description": "The ETag of what you have.",
        "schema": {"type": "string"},
    },
    IDEMPOTENT: {
        "name": "Idempotency-Key",
        "description": "Sent again within a day with the same body, it gets the same answer.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    },
}
"""Headers of a request, by a status that it can get or a mark of its operation."""
_FOR_ANYBODY = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
)
_SAFE, _UNHEEDED = frozenset({"get", "head"}), HTTPStatus.UNPROCESSABLE_ENTITY
_BODY_LIMITS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)


def completed(spec: dict[str, Any], cookie: str) -> dict[str, Any]:
    """The description with its problems, ways to sign in, bodies that are required and examples.

    cookie: the name of the one that a session is in.
    """
    spec["info"]["description"] = "Matches with reasons, in Chinese and English."
    components = spec.setdefault("components", {})
    components.setdefault("schemas", {})[PROBLEM] = _PROBLEM_SCHEMA
    components["securitySchemes"] = _schemes(cookie)
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            _complete(path, operation)
            if method not in _SAFE and path not in _OPEN:
                # An Idempotency-Key that isn't heeded is refused.
                operation["responses"].setdefault("422", _described(_UNHEEDED))
    return with_examples(spec, load_examples())


def _schemes(cookie: str) -> dict[str, Any]:
    return {
        TOKEN: {"type": "http", "scheme": "bearer", "description": "Of programs: `mt_…`."},
        SESSION: {
            "type": "apiKey",
            "in": "cookie",
            "name": cookie,
            "description": "Of people who signed in on a page. What changes something needs "
            f"{CSRF_HEADER}, too.",
        },
    }


def _complete(path: str, operation: dict[str, Any]) -> None:
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
    if path not in _OPEN:
        operation["security"] = [{TOKEN: []}, {SESSION: []}]
    told = operation["responses"]
    for status in (*_problems(path, operation), *_declared(told)):
        told[str(status.value)] = _described(status)
    told.get("304", {}).pop("content", None)
    marks = {*told, *operation}
    headers = (header for mark, header in _HEADERS.items() if mark in marks)
    operation["parameters"] += [{"in": "header", **header} for header in headers]


def _declared(responses: Iterable[str]) -> list[HTTPStatus]:
    """The problems that an operation itself says it may answer."""
    return [HTTPStatus(int(one)) for one in responses if int(one) >= HTTPStatus.BAD_REQUEST]


def _problems(path: str, operation: dict[str, Any]) -> Iterator[HTTPStatus]:
    """What may go wrong with an operation of this kind."""
    if path == "/healthz":
        return
    yield HTTPStatus.SERVICE_UNAVAILABLE
    if path in _OPEN:
        return
    yield from _FOR_ANYBODY
    if "{" in path:
        yield HTTPStatus.NOT_FOUND
    if any(one["in"] == "query" for one in operation["parameters"]):
        yield HTTPStatus.UNPROCESSABLE_ENTITY
    if "requestBody" in operation:
        yield from _BODY_LIMITS


def _described(status: HTTPStatus) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{PROBLEM}"}
    return {"description": status.phrase, "content": {MIMETYPE: {"schema": schema}}}
