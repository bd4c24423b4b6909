"""Sessions of people on pages: Flask-Security over the product's own accounts.

The cookie carries a secret under a signature; whose it is, and whether it still counts, stands in
the database. Flask-Security keeps the place of who is signed in (`current_user`); passwords,
accounts and roles stay with the actions, and its own pages, tokens and commands are off.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, Request, current_app, g, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_security import (
    RoleMixin,
    Security,
    UserDatastore,
    UserMixin,
    current_user,
    login_user,
    logout_user,
)
from flask_wtf.csrf import CSRFProtect
from itsdangerous import BadData, URLSafeTimedSerializer

from matcher.actions.secret_file import secret
from matcher.actions.signing_in import SignedIn, by_session, sign_out
from matcher.errors import MatcherError, NotSignedIn
from matcher.settings import Settings
from matcher.store.web_sessions import LONGEST
from matcher.web.context import platform, settings_of

CSRF = CSRFProtect()
"""Checks the forms of pages; it keeps nothing of an application."""
FORM_TOKEN = "csrf_token"  # noqa: S105
"""The field of a form that holds its token; under the same name the session holds what is in it."""
_SALT = "wtf-csrf-token"
"""What Flask-WTF signs the tokens of forms with, beside the key."""


class User(UserMixin):
    """Who is signed in, as Flask-Security wants to see them; `fs_uniquifier` is their session's
    secret."""

    active = True
    fs_uniquifier = ""

    def __init__(self, secret: str, signed_in: SignedIn) -> None:
        self.fs_uniquifier = secret
        self.signed_in = signed_in


class Accounts(UserDatastore):
    """Finds who is signed in; nothing is changed through it."""

    def __init__(self) -> None:
        super().__init__(User, RoleMixin)

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> User | None:
        """The user of a session that isn't over."""
        held = str(wanted.get("fs_uniquifier", ""))
        try:
            return User(held, by_session(platform(), held))
        except NotSignedIn:
            return None


class Cookies(SecureCookieSessionInterface):
    """Flask's sessions, with a key that is fetched when the first cookie comes.

    The application is up before there is a platform, and then there is nowhere to keep a key.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Without a key there is no session, and the log says why."""
        if not request.cookies:
            return self.session_class()
        try:
            fetch_key(app)
        except MatcherError as error:
            app.logger.error("no sessions: %s", error)
        return super().open_session(app, request)


def fetch_key(app: Flask) -> None:
    """Have what cookies and forms are signed with. Raises UnwritableOutput, UsageError."""
    if app.secret_key is None:
        app.secret_key = secret(settings_of(app), "session")


def add_sessions(app: Flask, settings: Settings) -> None:
    """Let people sign in on pages."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-matcher" if settings.https else "matcher",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=LONGEST,
        # A token of a form lasts as long as its session.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_USE_REGISTER_V2=True,
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
    )
    app.session_interface = Cookies()
    CSRF.init_app(app)
    security = Security(app, Accounts(), register_blueprint=False)
    # Its tokens have neither name nor scope, and can't be revoked; ours take their place.
    security.login_manager.request_loader(lambda _: None)
    # Else every request would look up who asks, the one for the service's health too.
    security.principal.identity_loaders.clear()


def begin(held: str) -> None:
    """Make the session of this secret the browser's; one that it brought ends."""
    if current_user.is_authenticated:
        sign_out(platform(), current_user.fs_uniquifier)
    _drop()
    user = User(held, by_session(platform(), held))
    login_user(user, remember=False)
    session.permanent = True
    whose = user.signed_in.viewer.account
    session[FORM_TOKEN] = f"{secrets.token_hex(20)}.{whose.id if whose else ''}"


def whose_form(token: str) -> str:
    """The id of the account that was signed in when a form got this token; "" for nobody's.

    That session may be over, so the token lets nobody do anything.
    """
    key = current_app.secret_key
    if key is None:
        return ""
    try:
        held = URLSafeTimedSerializer(key, salt=_SALT).loads(token)
    except BadData:
        return ""
    return str(held).partition(".")[2]


def leave() -> None:
    """Take the session out of the browser."""
    logout_user()
    _drop()


def _drop() -> None:
    """A session that somebody slipped in beforehand isn't taken over, nor its token of forms."""
    session.clear()
    g.pop("csrf_token", None)
