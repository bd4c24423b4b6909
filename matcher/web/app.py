"""The Flask application: its parts put together."""

from __future__ import annotations

import re
import uuid

from apiflask import APIBlueprint, APIFlask
from flask import Response, g, request

from matcher import __version__
from matcher.settings import Settings, load_settings
from matcher.web.answered import add_model_version
from matcher.web.assets import add_assets
from matcher.web.context import EXTENSION, Opened, sign_in
from matcher.web.headers import add_headers
from matcher.web.idempotency import refuse_unheeded
from matcher.web.limits import add_limits
from matcher.web.logs import add_logs
from matcher.web.metrics import add_metrics
from matcher.web.openapi import completed
from matcher.web.page import for_people, pages_of
from matcher.web.pages.audit import audit as audit_page
from matcher.web.pages.compare import compare
from matcher.web.pages.drafting import needs, outcomes
from matcher.web.pages.duplicates import duplicates as duplicates_page
from matcher.web.pages.find import find
from matcher.web.pages.imports import imports as imports_page
from matcher.web.pages.interests import interests as interests_page
from matcher.web.pages.jobs import jobs as jobs_page
from matcher.web.pages.managers import managers as managers_page
from matcher.web.pages.managers import profile
from matcher.web.pages.me import me as me_page
from matcher.web.pages.models import models as models_page
from matcher.web.pages.nodes import nodes as nodes_page
from matcher.web.pages.notices import notices
from matcher.web.pages.people import people
from matcher.web.pages.pipeline import pipeline
from matcher.web.pages.plans import plans as plans_page
from matcher.web.pages.quality import quality as quality_page
from matcher.web.pages.record import record
from matcher.web.pages.rules import rules as rules_page
from matcher.web.pages.searches import searches
from matcher.web.pages.today import today
from matcher.web.pages.touring import touring
from matcher.web.problem import add_problems
from matcher.web.routes.accounts import accounts
from matcher.web.routes.audit import audit
from matcher.web.routes.docs import docs
from matcher.web.routes.duplicates import duplicates
from matcher.web.routes.exposure import exposure
from matcher.web.routes.followups import followups
from matcher.web.routes.imports import imports
from matcher.web.routes.interests import interests
from matcher.web.routes.jobs import jobs
from matcher.web.routes.matching import matching
from matcher.web.routes.me import me
from matcher.web.routes.models import models
from matcher.web.routes.nodes import nodes
from matcher.web.routes.plans import plans
from matcher.web.routes.prompts import prompts
from matcher.web.routes.records import records
from matcher.web.routes.service import service
from matcher.web.routes.sign_in import pages
from matcher.web.routes.tokens import tokens
from matcher.web.routes.worklist import worklist
from matcher.web.session import add_sessions
from matcher.web.tour import add_tour

MAX_BODY = 1024 * 1024
"""Bytes of a request's body; a file that is imported may have more."""
MAX_PARTS = 16
"""Parts of a form: each file in one is kept open while it is read."""
API = "/api/v1"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_PARTS = (
    *(matching, records, prompts, worklist, followups, interests),
    *(me, accounts, tokens, nodes, models, plans, imports, jobs, duplicates, exposure, audit),
)

_PAGES = (
    *(
        today,
        pipeline,
        find,
        searches,
        record,
        compare,
        interests_page,
        me_page,
        notices,
        models_page,
        quality_page,
        duplicates_page,
    ),
    *(imports_page, jobs_page),
    people,
    *(plans_page, audit_page, managers_page, profile, nodes_page, rules_page),
    *(needs, outcomes, touring),
)


def create_app(settings: Settings | None = None) -> APIFlask:
    """The application over the platform of these settings, by default those of the environment.

    It is up at once; the platform is opened by the first request that needs it. Raises UsageError
    for settings that can't be used.
    """
    settings = settings or load_settings()
    app = _bare()
    app.extensions[EXTENSION] = Opened(settings)
    app.before_request(_name_request)
    for part in (service, pages, docs, pages_of(_PAGES), _api()):
        app.register_blueprint(part)
    app.spec_processor(lambda spec: completed(spec, app.config["SESSION_COOKIE_NAME"]))  # type: ignore[arg-type]
    add_assets(app)
    add_tour(app)
    add_logs(app)
    add_metrics(app)
    add_model_version(app)
    _secure(app, settings)
    # Not earlier: Flask-Security brings a provider of its own.
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.after_request(_add_headers)
    add_problems(app, for_people)
    return app


def _bare() -> APIFlask:
    """The application without any part."""
    app = APIFlask(
        "matcher.web",
        title="matcher",
        version=__version__,
        docs_path=None,
        json_errors=False,
        static_folder=None,  # type: ignore[arg-type]
    )
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_PARTS=MAX_PARTS,
        # Errors are described in one place, openapi.py.
        AUTO_404_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_SERVERS=False,
    )
    return app


def _secure(app: APIFlask, settings: Settings) -> None:
    """Headers, limits and sessions; the limits go before anything that takes work."""
    add_headers(app, settings)
    add_limits(app, settings)
    add_sessions(app, settings)


def _api() -> APIBlueprint:
    """All that needs somebody to be signed in."""
    api = APIBlueprint("api", __name__, url_prefix=API)
    # Before anything of the request is read, so that a stranger learns nothing from a fault in it.
    api.before_request(sign_in)
    api.before_request(refuse_unheeded)
    for part in _PARTS:
        api.register_blueprint(part)
    return api


def _name_request() -> None:
    """The caller's X-Request-ID where it is harmless, else a new one."""
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _add_headers(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.request_id
    response.headers["X-Content-Type-Options"] = "nosniff"
    if request.path.startswith(f"{API}/"):
        response.headers["Cache-Control"] = "no-store"
    response.headers.setdefault("Cache-Control", "no-store")
    return response
