"""`ETag`, `If-Match`, `If-None-Match`: nobody overwrites what they haven't seen."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from flask import request

from matcher.errors import EditConflict
from matcher.web.problem import Problem

_OURS = re.compile(r"([1-9][0-9]{0,8})-[0-9a-f]{12}")
_BYTES = 6
_NO_VERSION = 0


def tag_of(version: int, shown: Mapping[str, Any]) -> str:
    """The tag of a record as somebody is shown it: its version, and a digest of what is shown.

    With the version alone, a record that is masked, or merged into another one, would pass for
    the one that was seen before.
    """
    text = json.dumps(shown, sort_keys=True, default=str).encode("utf-8", "replace")
    return f"{version}-{hashlib.blake2b(text, digest_size=_BYTES).hexdigest()}"


def seen_version() -> int:
    """The version in If-Match, 0 where it can't be one of ours. Raises Problem (428) without."""
    tags = request.if_match
    if not request.headers.get("If-Match", "").strip() or tags.star_tag:
        detail = "Say which version you saw: If-Match with the ETag of your last GET."
        raise Problem(HTTPStatus.PRECONDITION_REQUIRED, "version-required", detail)
    [tag, *more] = [*tags.as_set(), ""][:2]
    found = _OURS.fullmatch(tag or "")  # An empty tag is read as None.
    return int(found[1]) if found and not any(more) else _NO_VERSION


def is_known(tag: str) -> bool:
    """Whether the caller has what this tag stands for: If-None-Match names it."""
    return request.if_none_match.contains_weak(tag)


@contextmanager
def precondition() -> Iterator[None]:
    """Turn EditConflict into 412: what If-Match asks for doesn't hold."""
    try:
        yield
    except EditConflict as error:
        raise Problem(HTTPStatus.PRECONDITION_FAILED, error.code, str(error)) from error
