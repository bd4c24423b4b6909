"""The Flask application and its routes."""

from __future__ import annotations

import re
import uuid
from threading import Lock

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from matcher import __version__
from matcher.actions.answer import Wish
from matcher.actions.platform import Platform
from matcher.actions.search import search
from matcher.bootstrap import make_platform
from matcher.domain.enums import Noun
from matcher.domain.visibility import PUBLIC, Viewer
from matcher.errors import MatcherError, StoreUnavailable, UsageError
from matcher.settings import Settings, load_settings
from matcher.web.match_request import read_match_request
from matcher.web.problem import Problem, from_http, from_matcher, respond

MAX_BODY = 64 * 1024
"""Bytes of a request's body."""
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


PASSER_BY = Viewer(None, frozenset({PUBLIC}))
"""Who calls as long as nobody can sign in: sees what anyone signed in may see, and no more."""


def create_app(settings: Settings | None = None) -> Flask:
    """The application over the platform of these settings, by default those of the environment.

    It is up at once; the platform is opened by the first request that needs it.
    """
    app = Flask("matcher.web", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    opened = Opened(settings)

    @app.get("/healthz")
    def healthz() -> dict[str, object]:
        """Alive; it doesn't wait for the model."""
        return {"status": "alive", "version": __version__}

    @app.post("/api/v1/match")
    def match() -> dict[str, object]:
        """Matches for the text of a need, which isn't stored."""
        return _match(opened.platform())

    _add_errors(app)
    app.before_request(_name_request)
    app.after_request(_add_headers)
    return app


class Opened:
    """A platform that is opened when it is first asked for, once for all threads."""

    def __init__(self, settings: Settings | None) -> None:
        self._settings = settings
        self._platform: Platform | None = None
        self._lock = Lock()

    def platform(self) -> Platform:
        """Raises StoreUnavailable, WrongSchema; the next call tries again then."""
        with self._lock:
            if self._platform is None:
                self._platform = self._made()
            return self._platform

    def _made(self) -> Platform:
        try:
            return make_platform(self._settings or load_settings())
        except UsageError as error:
            # Not the caller's fault, and it names our folders.
            raise StoreUnavailable(error.message, hint=error.hint) from error


def _match(platform: Platform) -> dict[str, object]:
    wanted = read_match_request(request.mimetype, request.get_data(cache=False))
    wish = Wish(k=wanted.k, language=wanted.language)
    answer = search(platform, PASSER_BY, Noun.OUTCOME, wanted.text, wish).to_mapping()
    return {name: answer[name] for name in ("model_version", "degraded", "matches")}


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
