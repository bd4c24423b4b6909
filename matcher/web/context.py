"""What a request is handled with: the platform, and who is asking."""

from __future__ import annotations

from datetime import datetime
from threading import Lock
from typing import cast

from flask import Flask, current_app, g, request
from flask_security import current_user
from flask_wtf.csrf import validate_csrf

from matcher.actions.platform import Platform
from matcher.actions.signing_in import SignedIn, by_token
from matcher.bootstrap import make_platform
from matcher.domain.enums import Language
from matcher.domain.visibility import Viewer
from matcher.errors import NotSignedIn, StoreUnavailable, UsageError
from matcher.settings import Settings, load_settings
from matcher.web.limits import heed
from matcher.web.problem import Problem

EXTENSION = "matcher"
CSRF_HEADER = "X-CSRFToken"
_SCHEME = "bearer"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


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

    def settings(self) -> Settings:
        """Those that were given, or those of the environment. Raises UsageError."""
        self._settings = self._settings or load_settings()
        return self._settings

    def _made(self) -> Platform:
        try:
            return make_platform(self.settings())
        except UsageError as error:
            # Not the caller's fault, and it names our folders.
            raise StoreUnavailable(error.message, hint=error.hint) from error


def platform() -> Platform:
    """The platform of the application that handles the request."""
    return cast(Opened, current_app.extensions[EXTENSION]).platform()


def viewer() -> Viewer:
    """Who is asking; `sign_in` has found out."""
    return cast(SignedIn, g.signed_in).viewer


def signed_in_until() -> datetime | None:
    """When the token ends that the request was sent with; None for a session."""
    return cast(SignedIn, g.signed_in).until


def language() -> Language:
    """The language of who is asking, as their account has it."""
    account = viewer().account
    return account.language if account else Language.ZH


def settings_of(app: Flask) -> Settings:
    """The settings of an application. Raises UsageError."""
    return cast(Opened, app.extensions[EXTENSION]).settings()


def sign_in() -> None:
    """Find out who is asking, by token or by session, and count the request.

    Raises NotSignedIn, Problem for a session without its token of forms, RateLimitExceeded.
    """
    # Without a platform nobody can be told to sign in.
    platform()
    try:
        g.signed_in = _by_header() or _by_cookie()
    except NotSignedIn:
        heed()
        raise
    heed()


def _by_header() -> SignedIn | None:
    """Whoever sends a token is asking with that; a session beside it doesn't count."""
    if "Authorization" not in request.headers:
        return None
    scheme, _, secret = request.headers["Authorization"].partition(" ")
    if scheme.lower() != _SCHEME or not secret.strip():
        raise _stranger()
    return by_token(platform(), secret.strip())


def _by_cookie() -> SignedIn:
    if not current_user.is_authenticated:
        raise _stranger()
    if request.method not in _SAFE:
        _require_csrf()
    return cast(SignedIn, current_user.signed_in)


def _require_csrf() -> None:
    """A browser sends the cookie for whoever asks it to; the header only our own pages can."""
    try:
        validate_csrf(request.headers.get(CSRF_HEADER))
    except ValueError as error:
        detail = f"Send the token of the page in {CSRF_HEADER}, or load the page anew."
        raise Problem(403, "csrf", detail) from error


def _stranger() -> NotSignedIn:
    return NotSignedIn("You aren't signed in.", hint="Send a token: Authorization: Bearer mt_…")
