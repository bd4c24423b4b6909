"""`Idempotency-Key`: a POST that is sent again is answered again, and carried out once.

If the server dies in the middle, nobody knows whether it was carried out: the key then stays taken
for its day rather than let something be created twice.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, make_response, request
from werkzeug.exceptions import HTTPException

from matcher.actions import repeated
from matcher.errors import MatcherError
from matcher.store.idempotency import Answer, Begun
from matcher.web.context import platform, viewer
from matcher.web.problem import FieldError, Problem

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LONGEST_KEY = 200
_KEY = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")
_KEPT = ("Content-Type", "Location", "ETag")
_HEEDS = "heeds_idempotency_key"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY

View = Callable[..., Any]


def idempotent(view: View) -> View:
    """A view that heeds the key. It stands above `input`, and answers with no secret: the answer
    is kept for a day."""

    @wraps(view)
    def once(*args: Any, **kwargs: Any) -> Any:
        key = request.headers.get(HEADER)
        if key is None:
            return view(*args, **kwargs)
        _require_key(key)
        told = _fingerprint()
        before = repeated.begin(platform(), viewer(), key, told)
        if before is not None:
            return _again(before, told)
        return _first(key, lambda: view(*args, **kwargs))

    setattr(once, _HEEDS, True)
    return once


def refuse_unheeded() -> None:
    """Raise Problem where a key is sent to what would change something without heeding it.

    Whoever sends one relies on it.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if HEADER in request.headers and request.method not in _SAFE and not hasattr(view, _HEEDS):
        detail = "Some fields can't be used; see errors."
        fault = FieldError(("header", HEADER), "isn't heeded here; leave it out")
        raise Problem(_UNPROCESSABLE, "invalid-fields", detail, [fault])


def _first(key: str, call: Callable[[], Any]) -> Response:
    try:
        response = make_response(call())
    except (MatcherError, Problem, HTTPException):
        repeated.forget(platform(), viewer(), key)
        raise
    headers = {name: response.headers[name] for name in _KEPT if name in response.headers}
    answer = Answer(response.status_code, response.get_data(as_text=True), headers)
    repeated.finish(platform(), viewer(), key, answer)
    return response


def _again(before: Begun, told: str) -> Response:
    if before.request != told:
        fault = FieldError(("header", HEADER), "was sent with another request")
        detail = "This key stands for another request; choose a new one."
        raise Problem(_UNPROCESSABLE, "key-reused", detail, [fault])
    if before.answer is None:
        detail = "The first request with this key isn't answered yet. Look for what it creates."
        raise Problem(HTTPStatus.CONFLICT, "key-in-use", detail)
    response = Response(before.answer.body, before.answer.status, before.answer.headers)
    response.headers[REPLAYED] = "true"
    return response


def _require_key(key: str) -> None:
    if not _KEY.fullmatch(key):
        wanted = f"has 1 to {LONGEST_KEY} visible ASCII characters"
        detail = "Some fields can't be used; see errors."
        fault = FieldError(("header", HEADER), wanted)
        raise Problem(_UNPROCESSABLE, "invalid-fields", detail, [fault])


def _fingerprint() -> str:
    """What tells a request from others: where it goes, in which roles, and its body."""
    account = viewer().account
    roles = ",".join(account.roles) if account else ""
    digest = hashlib.sha256("\n".join((request.method, request.full_path, roles, "")).encode())
    digest.update(request.get_data())
    return digest.hexdigest()
