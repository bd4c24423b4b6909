"""A line for every request that was answered; lines.py says what is never in one."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, request

from matcher.web.answered import answered
from matcher.web.assets import ENDPOINT as ASSETS
from matcher.web.lines import line_logger, write_lines

PROBES = frozenset({"service.healthz", "service.readyz", "metrics"})
"""Asked every few seconds by machines; a line only where they didn't get what they wanted."""
_UNTOLD = PROBES | {ASSETS}


def add_logs(app: Flask) -> None:
    """Write a line when a request is over, and the errors of the service as lines, too."""
    write_lines()
    log = line_logger("matcher.web.requests")

    @app.before_request
    def begun() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def over(response: Response) -> Response:
        if request.endpoint not in _UNTOLD or response.status_code >= HTTPStatus.BAD_REQUEST:
            log.info("request", **_facts(response))
        return response


def _facts(response: Response) -> dict[str, Any]:
    """request.endpoint is the name of the operation; the path would hold ids."""
    found = answered()
    return {
        "operation": request.endpoint,
        "method": method(),
        "status": response.status_code,
        "milliseconds": None if (taken := seconds()) is None else round(1000 * taken, 1),
        "account": _account(),
        "model_version": found.model_version if found else None,
    }


def seconds() -> float | None:
    """How long the request has taken; None where it was refused before anything looked at it."""
    return time.perf_counter() - g.begun if "begun" in g else None


def _account() -> str | None:
    """The id of who asked; None for a stranger."""
    signed_in = g.get("signed_in")
    account = signed_in.viewer.account if signed_in else None
    return account.id if account else None


def method() -> str:
    """The method of the request, where it is one: a caller may write any word there."""
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return request.method if request.method in known else "OTHER"
