"""What a request is handled with: the platform, and who is asking."""

from __future__ import annotations

import time
from datetime import datetime
from threading import Lock
from typing import cast

from flask import Flask, current_app, g, request
from flask_security import current_user
from flask_wtf.csrf import validate_csrf

from matcher.actions.live import beside
from matcher.actions.platform import Platform
from matcher.actions.signing_in import SignedIn, by_token
from matcher.bootstrap import make_platform
from matcher.domain.enums import Language
from matcher.domain.visibility import Viewer
from matcher.errors import MatcherError, NotSignedIn, StoreUnavailable, UsageError
from matcher.settings import Settings
from matcher.web.limits import heeded
from matcher.web.problem import Problem

EXTENSION = "matcher"
CSRF_HEADER = "X-CSRFToken"
PAUSE = 1.0
"""Seconds for which an opening that failed isn't tried again, and that one is waited for."""
_SCHEME = "bearer"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Opened:
    """A platform that is opened when it is first asked for, once for all threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._platform: Platform | None = None
        self._failed: MatcherError | None = None
        self._failed_at = 0.0
        self._lock = Lock()

    def platform(self) -> Platform:
        """Raises StoreUnavailable, WrongSchema; a call after PAUSE tries again then."""
        if self._platform is not None:
            return self._platform
        # Else all threads would wait for a database that is away, and none say that they live.
        if not self._lock.acquire(timeout=PAUSE):
            raise StoreUnavailable("The platform is being opened.", hint="Try again soon.")
        try:
            return self._opened()
        finally:
            self._lock.release()

    def _opened(self) -> Platform:
        if self._platform is not None:
            return self._platform
        if self._failed and time.monotonic() - self._failed_at < PAUSE:
            raise self._failed.with_traceback(None)
        try:
            self._platform = self._made()
        except MatcherError as error:
            self._failed, self._failed_at = error, time.monotonic()
            raise
        return self._platform

    def _made(self) -> Platform:
        try:
            return make_platform(self.settings, start=beside)
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
    """The settings of an application."""
    return cast(Opened, app.extensions[EXTENSION]).settings


def sign_in() -> None:
    """Find out who is asking, by token or by session, and count the request.

    Raises NotSignedIn, Problem for a session without its token of forms, RateLimitExceeded.
    """
    # Without a platform nobody can be told to sign in.
    platform()
    with heeded():
        g.signed_in = _by_header() or _by_cookie()


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
