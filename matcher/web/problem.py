"""Errors as application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response
from werkzeug.exceptions import HTTPException

from matcher.errors import InputError, MatcherError, UsageError

MIMETYPE = "application/problem+json"
_OURS = HTTPStatus.INTERNAL_SERVER_ERROR
_LEADS_SOMEWHERE = ("Allow", "Retry-After")


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one place of the request; loc: its path, such as ("body", "k")."""

    loc: tuple[str, ...]
    message: str


class Problem(Exception):
    """A request that isn't answered. code: stable, the end of the problem's type."""

    def __init__(
        self, status: int, code: str, detail: str, errors: Sequence[FieldError] = ()
    ) -> None:
        super().__init__(detail)
        self.status = HTTPStatus(status)
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)


def respond(problem: Problem, request_id: str) -> Response:
    """The problem as an answer."""
    body = {
        "type": f"urn:tech-matcher:problem:{problem.code}",
        "title": problem.status.phrase,
        "status": int(problem.status),
        "detail": problem.detail,
        "errors": [{"loc": list(e.loc), "message": e.message} for e in problem.errors],
        "request_id": request_id,
    }
    text = json.dumps(body, ensure_ascii=False)
    return Response(text.encode("utf-8", "replace"), problem.status, mimetype=MIMETYPE)


def from_matcher(error: MatcherError) -> Problem:
    """An error of the product. One on our side is told without our files' names."""
    if isinstance(error, UsageError):
        return Problem(HTTPStatus.BAD_REQUEST, error.code, str(error))
    if isinstance(error, InputError):
        return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, error.code, str(error))
    return Problem(_OURS, error.code, "The service isn't set up as it should be.")


def from_http(error: HTTPException, request_id: str) -> Response:
    """An error of the framework, an unexpected one of ours included, as an answer."""
    status = HTTPStatus(error.code or _OURS)
    code = status.name.lower().replace("_", "-")
    response = respond(Problem(status, code, error.description or status.description), request_id)
    for name, value in error.get_headers():
        if name in _LEADS_SOMEWHERE:
            response.headers[name] = value
    return response
