"""Errors as application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from matcher.errors import (
    BrokenBundle,
    EditConflict,
    EncoderUnavailable,
    IllegalTransition,
    InputError,
    MatcherError,
    NoModel,
    NotAllowed,
    NotFound,
    NotSignedIn,
    StoreUnavailable,
    UsageError,
    WrongSchema,
)

MIMETYPE = "application/problem+json"
_OURS = HTTPStatus.INTERNAL_SERVER_ERROR
_STATUSES: Mapping[type[MatcherError], HTTPStatus] = {
    UsageError: HTTPStatus.BAD_REQUEST,
    InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    EditConflict: HTTPStatus.CONFLICT,
    IllegalTransition: HTTPStatus.CONFLICT,
}
"""What the caller can do something about; it is told in full."""
_LATER: Mapping[type[MatcherError], str] = {
    NoModel: "No model has been published yet.",
    BrokenBundle: "The model can't be used.",
    EncoderUnavailable: "The model's encoder can't be used.",
    StoreUnavailable: "The database can't be reached.",
    WrongSchema: "The database is of another version.",
}
"""What an operator has to mend; the log has the rest."""
_LEADS_SOMEWHERE = ("Allow", "Retry-After")
_SOON = 5
"""Seconds after which somebody may ask again for what couldn't be answered now."""


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


def add_problems(app: Flask, for_people: Callable[[HTTPException], Response | None]) -> None:
    """The one place where errors become answers.

    for_people: tells one of the framework to whoever looks at pages; None for programs.
    """

    @app.errorhandler(Problem)
    def problem(error: Problem) -> Response:
        return respond(error, g.request_id)

    @app.errorhandler(MatcherError)
    def product(error: MatcherError) -> Response:
        found = from_matcher(error, "query" if request.method == "GET" else "body")
        if found.status >= _OURS:
            app.logger.error("request %s: %s", g.request_id, error)
        return respond(found, g.request_id)

    @app.errorhandler(HTTPException)
    def framework(error: HTTPException) -> Response:
        return for_people(error) or from_http(error, g.request_id)


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
    answer = Response(text.encode("utf-8", "replace"), problem.status, mimetype=MIMETYPE)
    if problem.status is HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if problem.status is HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = str(_SOON)
    return answer


def from_matcher(error: MatcherError, place: str = "body") -> Problem:
    """An error of the product. One on our side is told without our files' names.

    place: where the fields of the request stand.
    """
    for kind, status in _STATUSES.items():
        if isinstance(error, kind):
            return Problem(status, error.code, str(error), _faults(error, place))
    for kind, detail in _LATER.items():
        if isinstance(error, kind):
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, error.code, detail)
    return Problem(_OURS, error.code, "The service isn't set up as it should be.")


def _faults(error: MatcherError, place: str) -> list[FieldError]:
    """The field that it is about; of a lost update, the version there is now."""
    version = error.values.get("version")
    if isinstance(error, EditConflict) and version is not None:
        return [FieldError((place, "version"), f"is {version} now")]
    field = error.where.get("field")
    return [FieldError((place, str(field)), error.message)] if field else []


def from_http(error: HTTPException, request_id: str) -> Response:
    """An error of the framework, an unexpected one of ours included, as an answer."""
    status = HTTPStatus(error.code or _OURS)
    code = status.name.lower().replace("_", "-")
    response = respond(Problem(status, code, error.description or status.description), request_id)
    for name, value in error.get_headers():
        if name in _LEADS_SOMEWHERE:
            response.headers[name] = value
    return response
