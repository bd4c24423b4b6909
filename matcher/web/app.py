"""The Flask application and its routes."""

from __future__ import annotations

import re
import uuid

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from matcher import __version__
from matcher.actions.suggest import Suggester, sample_suggester
from matcher.errors import MatcherError
from matcher.web.match_request import read_match_request
from matcher.web.problem import Problem, from_http, from_matcher, respond

MAX_BODY = 64 * 1024
"""Bytes of a request's body."""
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def create_app(suggester: Suggester | None = None) -> Flask:
    """The application. suggester: what ranks; None: one over the sample that ships with it."""
    app = Flask("matcher.web", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    ranks = suggester or sample_suggester()

    @app.get("/healthz")
    def healthz() -> dict[str, object]:
        """Alive; it doesn't wait for the model."""
        return {"status": "alive", "version": __version__}

    @app.post("/api/v1/match")
    def match() -> dict[str, object]:
        """Matches for the text of a need, which isn't stored."""
        return _match(ranks)

    _add_errors(app)
    app.before_request(_name_request)
    app.after_request(_add_headers)
    return app


def _match(suggester: Suggester) -> dict[str, object]:
    wanted = read_match_request(request.mimetype, request.get_data(cache=False))
    found = suggester.suggest(wanted.text, wanted.k, wanted.language)
    return {
        "model_version": found.model_version,
        "degraded": list(found.degraded),
        "matches": [
            {
                "candidate_id": row.candidate_id,
                "title": row.candidate_title,
                "rank": row.rank,
                "score": row.score,
                "band": row.band,
                "parts": dict(row.parts),
                "reasons": [dict(reason) for reason in row.reasons],
                "reason_texts": list(row.reason_texts),
            }
            for row in found.matches
        ],
    }


def _add_errors(app: Flask) -> None:
    """The one place where errors become answers."""

    @app.errorhandler(Problem)
    def problem(error: Problem) -> Response:
        return respond(error, g.request_id)

    @app.errorhandler(MatcherError)
    def product(error: MatcherError) -> Response:
        app.logger.error("request %s: %s", g.request_id, error)
        return respond(from_matcher(error), g.request_id)

    @app.errorhandler(HTTPException)
    def framework(error: HTTPException) -> Response:
        return from_http(error, g.request_id)


def _name_request() -> None:
    """The caller's X-Request-ID where it is harmless, else a new one."""
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _add_headers(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.request_id
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
