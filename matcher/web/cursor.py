"""Cursors of lists: where the next page begins. Opaque, and good for one query alone.

They hold no secret and open nothing: who forges one gets a page that they may ask for anyway. The
digest is there so that a damaged one, or one of another query, is told rather than used.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from matcher.web.problem import FieldError, Problem

LONGEST = 2_000
_BYTES = 9


def cursor(query: Mapping[str, Any], *place: str | int) -> str:
    """A cursor of this query at a place."""
    told = json.dumps([_digest(query, place), *place], ensure_ascii=False)
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def place_of(text: str, query: Mapping[str, Any], *kinds: type) -> list[Any]:
    """The place in a cursor of this query, of these types. Raises Problem (422) for another."""
    try:
        padded = text + "=" * (-len(text) % 4)
        digest, *place = json.loads(base64.b64decode(padded, b"-_", validate=True))
    except (ValueError, TypeError, RecursionError) as error:
        raise _foreign() from error
    if [type(one) for one in place] != list(kinds) or digest != _digest(query, place):
        raise _foreign()
    found: list[Any] = place
    return found


def _digest(query: Mapping[str, Any], place: Any) -> str:
    told = json.dumps([query, list(place)], sort_keys=True, default=str).encode()
    return hashlib.blake2b(told, digest_size=_BYTES).hexdigest()


def _foreign() -> Problem:
    detail = "The cursor isn't one of this list. Begin without a cursor."
    fault = FieldError(("query", "cursor"), "isn't one of this list and these filters")
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-fields", detail, [fault])
