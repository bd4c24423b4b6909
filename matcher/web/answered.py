"""Which model a request was answered with, for whoever asked and for whoever runs the service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from flask import Flask, Response, g, has_request_context

HEADER = "X-Model-Version"


class Answered(NamedTuple):
    """The model that ranked an answer, and what couldn't be used for it."""

    model_version: str
    degraded: tuple[str, ...] = ()


def note_answered(model_version: str, degraded: Sequence[str]) -> None:
    """Remember it until the request is over; without a request there is nobody to tell."""
    if has_request_context():
        g.answered = Answered(model_version, tuple(degraded))


def answered() -> Answered | None:
    """What was noted; None where nothing was ranked."""
    return cast(Answered | None, g.get("answered"))


def add_model_version(app: Flask) -> None:
    """Tell it in a header of every answer that a model had a part in."""

    @app.after_request
    def told(response: Response) -> Response:
        found = answered()
        if found is not None:
            response.headers[HEADER] = found.model_version
        return response
