"""What all pages share: who is reading, in which language, and how an error is told."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from apiflask import APIBlueprint
from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_limiter import RateLimitExceeded
from flask_security import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from matcher.actions.editing_rights import may_enter
from matcher.domain.account import Account
from matcher.domain.enums import Language, Noun, Role
from matcher.errors import MatcherError, NoModel, NotFound
from matcher.web.context import platform, settings_of, viewer
from matcher.web.faults import Fault, fault_of
from matcher.web.kept_form import packed, sending_again, sent_form
from matcher.web.limits import heeded
from matcher.web.nav import nav_for
from matcher.web.notice_shown import MOST_COUNTED, bell_count
from matcher.web.routes.sign_in import to_go_on
from matcher.web.say import Say
from matcher.web.session import CSRF, fetch_key
from matcher.web.uploads import admit_file

HTMX = "HX-Request"
THEMES = ("light", "dark")
_PROGRAMS = ("/api/", "/metrics", "/healthz", "/readyz")
"""Paths that no page stands under."""


def page_part(name: str, *roles: Role) -> APIBlueprint:
    """A blueprint of pages for people who are signed in, in any of these roles; all without one.

    To the others its pages aren't there.
    """
    part = APIBlueprint(name, f"matcher.web.pages.{name}", enable_openapi=False)

    @part.before_request
    def admit() -> None:
        if roles and not set(account().roles) & set(roles):
            raise NotFound("There is no such page.", hint="Start from the first one.")

    return part


def pages_of(parts: tuple[Blueprint, ...]) -> APIBlueprint:
    """All pages behind the sign-in, with what goes before and after each."""
    pages = APIBlueprint("page", __name__, enable_openapi=False)
    pages.before_request(_enter)
    pages.register_error_handler(MatcherError, _told)
    pages.register_error_handler(NoModel, _without_model)
    pages.register_error_handler(CSRFError, _told)
    pages.register_error_handler(RateLimitExceeded, _told)
    pages.register_error_handler(HTTPException, _told)
    for part in parts:
        pages.register_blueprint(part)
    return pages


def for_people(error: HTTPException) -> Response | None:
    """An address that isn't there, in words, where a browser asks; None for a program.

    With a slash too many it leads to the page that is meant.
    """
    if request.blueprint is not None or request.path.startswith(_PROGRAMS) or not _by_browser():
        return None
    if (meant := _without_slash()) is not None:
        return meant
    try:
        _recognise()
    except (MatcherError, RateLimitExceeded) as other:
        return _told(other)
    return _told(error)


def account() -> Account:
    """Whose session it is."""
    found = viewer().account
    if found is None:
        raise NotFound("You have no account here.", hint="Sign in with an account.")
    return found


def entered() -> tuple[Noun, ...]:
    """What the reader may write down."""
    return tuple(noun for noun in (Noun.NEED, Noun.OUTCOME) if may_enter(viewer(), noun))


def say() -> Say:
    """The words for who reads."""
    if "say" not in g:
        g.say = Say(reader_language(), _now(), settings_of(current_app).zone)
    found: Say = g.say
    return found


def reader_language() -> Language:
    """The account's language; before anybody is signed in, the browser's."""
    if "signed_in" in g and viewer().account is not None:
        return account().language
    best = request.accept_languages.best_match(["zh", "zh-CN", "en"], "zh")
    return Language.EN if best == "en" else Language.ZH


def is_partial() -> bool:
    """Whether a script on a page asks, which wants only what changes."""
    return HTMX in request.headers


def page(template: str, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> Response:
    """A whole page, or a part of one; `t` in it speaks the reader's language."""
    signed_in = account() if "signed_in" in g and viewer().account else None
    text = render_template(
        template,
        t=say(),
        language=say().language,
        account=signed_in,
        nav=nav_for(signed_in.roles, request.endpoint or "") if signed_in else (),
        theme=_theme(),
        here=request.full_path.rstrip("?"),
        unread=bell_count,
        most_unread=MOST_COUNTED,
        **values,
    )
    response = make_response(text, status)
    response.headers["Vary"] = f"Cookie, Accept-Language, {HTMX}"
    return response


def gone(where: str) -> Response:
    """To another page, after a form was sent; a script is told where."""
    if is_partial():
        response = make_response("", HTTPStatus.NO_CONTENT)
        response.headers["HX-Redirect"] = where
        return response
    return make_response(redirect(where, HTTPStatus.SEE_OTHER))


def _now() -> datetime:
    """The platform's time; where there is none, it is to be told that there is none."""
    try:
        return platform().now()
    except MatcherError:
        return datetime.now(UTC)


def _theme() -> str:
    """What the reader chose; without a choice the browser's, which a script finds out."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in THEMES else ""


def _enter() -> Response | None:
    """Only who is signed in goes on; the others come back here when they are."""
    _recognise()
    if "signed_in" not in g:
        return _to_sign_in()
    admit_file()
    CSRF.protect()
    return None


def _recognise() -> None:
    """Find out whose session it is, where there is one."""
    platform()
    fetch_key(current_app)
    with heeded():
        if current_user.is_authenticated:
            g.signed_in = current_user.signed_in


def _by_browser() -> bool:
    """Whether HTML is asked for by name; a browser names other kinds beside it."""
    named = (kind.partition(";")[0].strip() for kind in request.accept_mimetypes.values())
    return is_partial() or "text/html" in named


def _without_slash() -> Response | None:
    """To the page whose address lacks the slash at the end; None where there is none."""
    adapter = current_app.create_url_adapter(request)
    if request.method != "GET" or adapter is None or not request.path.endswith("/"):
        return None
    try:
        endpoint, values = adapter.match(request.path.rstrip("/"), "GET")
    except HTTPException:
        return None
    where = [url_for(endpoint, **values), request.query_string.decode("latin-1")]
    return make_response(redirect("?".join(filter(None, where)), HTTPStatus.PERMANENT_REDIRECT))


def _to_sign_in() -> Response:
    if request.method != "GET" and not is_partial() and (kept := packed(sent_form())):
        return to_go_on(kept)
    if is_partial() or request.method != "GET":
        # What was typed stays on the page, which offers to sign in beside it.
        response = page("pages/signed_out.html", HTTPStatus.UNAUTHORIZED)
        response.headers["HX-Reswap"] = "none"
        return response
    return make_response(redirect(url_for("pages.show", next=request.full_path.rstrip("?"))))


def _without_model(error: NoModel) -> Response:
    """A page that can't be without one says what to do; nothing is wrong with the platform."""
    if request.method != "GET" or is_partial():
        return _told(error)
    return page("pages/no_model.html", entered=entered())


def _told(error: Exception) -> Response:
    """The error in the reader's words: what happened, what is safe, what to do."""
    if isinstance(error, CSRFError) and not is_partial():
        kept = sent_form()
        if kept is not None and kept.account == account().id:
            # Its session ended, and another was begun in another window.
            return sending_again(kept, say(), HTTPStatus.BAD_REQUEST)
    fault: Fault = fault_of(error, say().language)
    if fault.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        current_app.logger.error("request %s: %s", g.request_id, error)
    known = "pages/fault.html" if "signed_in" in g else "pages/fault_alone.html"
    name = "pages/fault_part.html" if is_partial() else known
    return page(name, fault.status, fault=fault, request_id=g.request_id)
