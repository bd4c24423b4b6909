"""What a request is handled with: the platform, and who is asking."""

from __future__ import annotations

from threading import Lock
from typing import cast

from flask import current_app, g, request

from matcher.actions.platform import Platform
from matcher.actions.signing_in import SignedIn, by_token
from matcher.bootstrap import make_platform
from matcher.domain.visibility import Viewer
from matcher.errors import NotSignedIn, StoreUnavailable, UsageError
from matcher.settings import Settings, load_settings

EXTENSION = "matcher"
_SCHEME = "bearer"


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


def platform() -> Platform:
    """The platform of the application that handles the request."""
    return cast(Opened, current_app.extensions[EXTENSION]).platform()


def viewer() -> Viewer:
    """Who is asking; `sign_in` has found out."""
    return cast(SignedIn, g.signed_in).viewer


def sign_in() -> None:
    """Find out who is asking. Raises NotSignedIn."""
    g.signed_in = by_token(platform(), _secret())


def _secret() -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != _SCHEME or not secret.strip():
        hint = "Send a token: Authorization: Bearer mt_…"
        raise NotSignedIn("You aren't signed in.", hint=hint)
    return secret.strip()
