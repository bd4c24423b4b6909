"""The body of POST /api/v1/match: read strictly, every fault named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NoReturn

from matcher.domain.enums import Language
from matcher.web.problem import FieldError, Problem

MAX_TEXT = 20_000
"""Characters of a text."""
MAX_K, DEFAULT_K = 50, 10


@dataclass(frozen=True, slots=True)
class MatchRequest:
    """What is asked for: `k` matches for `text`, with reasons in `language`."""

    text: str
    k: int = DEFAULT_K
    language: Language = Language.EN


def read_match_request(mimetype: str, body: bytes) -> MatchRequest:
    """Raises Problem: 415 for another media type, 400 for no JSON, 422 naming every bad field."""
    if mimetype != "application/json":
        hint = "Send it as application/json."
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not-json", hint)
    fields = _object(body)
    faults = [
        FieldError(("body", name), message) for name, message in (*_unknown(fields), *_bad(fields))
    ]
    if faults:
        detail = "Some fields can't be used; see errors."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-fields", detail, faults)
    language = Language(fields.get("lang", Language.EN))
    return MatchRequest(fields["text"], fields.get("k", DEFAULT_K), language)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        detail = "The body is not valid JSON."
        raise Problem(HTTPStatus.BAD_REQUEST, "not-json", detail) from error
    if not isinstance(found, dict):
        fault = FieldError(("body",), "must be an object")
        detail = 'Send an object, for example {"text": "…"}.'
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-fields", detail, [fault])
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _unknown(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    known = ("text", "k", "lang")
    message = f"is not a known field; these are: {', '.join(known)}"
    return [(name, message) for name in fields if name not in known]


def _bad(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    checks = {
        "text": _text_fault(fields.get("text")),
        "k": _k_fault(fields.get("k", DEFAULT_K)),
        "lang": _language_fault(fields.get("lang", Language.EN.value)),
    }
    return [(name, message) for name, message in checks.items() if message]


def _text_fault(text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        return "is required: the text of a need"
    if len(text) > MAX_TEXT:
        return f"has {len(text):,} characters; at most {MAX_TEXT:,} are read"
    return ""


def _k_fault(k: object) -> str:
    good = isinstance(k, int) and not isinstance(k, bool) and 1 <= k <= MAX_K
    return "" if good else f"must be a whole number from 1 to {MAX_K}"


def _language_fault(language: object) -> str:
    codes = [member.value for member in Language]
    return "" if language in codes else f"must be one of: {', '.join(codes)}"
