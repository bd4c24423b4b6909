"""Which version of a thing that is being worked on a caller has seen, and what they get of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import request

from matcher.web.openapi import PROBLEM
from matcher.web.problem import MIMETYPE, FieldError, Problem
from matcher.web.versions import seen_version, tag_of

Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]
Answered = tuple[dict[str, Any], int, dict[str, str]]


def version_seen(said: int | None) -> int | None:
    """The version in the body, else that in If-Match; None for neither: it isn't looked at then.

    Raises Problem (422) where the two say different things.
    """
    if not request.headers.get("If-Match", "").strip() or request.if_match.star_tag:
        return said
    tagged = seen_version()
    if said is not None and said != tagged:
        fault = FieldError(("body", "version"), "isn't the version in If-Match")
        detail = "Say one version, in the body or in If-Match."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-fields", detail, [fault])
    return tagged


def tagged(version: int, shown: dict[str, Any], status: int = HTTPStatus.OK) -> Answered:
    """The answer with its ETag."""
    return shown, status, {"ETag": f'"{tag_of(version, shown)}"'}


def problems(*statuses: HTTPStatus) -> Responses:
    """The description of further problems that an operation may answer with."""
    schema = {"$ref": f"#/components/schemas/{PROBLEM}"}
    return {
        int(status): {
            "description": status.phrase,
            "content": {MIMETYPE: {"schema": schema}},
        }
        for status in statuses
    }


CHANGING = problems(HTTPStatus.CONFLICT)
"""Of what changes something: another version is there, or its state doesn't allow it."""
