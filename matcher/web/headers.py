"""What browsers are told to refuse, and which requests are taken for what they say they are."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_talisman import DENY, Talisman
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from matcher.settings import Settings
from matcher.web.problem import Problem, respond

_NOTHING = "'none'"
_OWN = "'self'"
CONTENT = {
    "default-src": _OWN,
    "script-src": _OWN,
    "style-src": _OWN,
    "img-src": f"{_OWN} data:",
    "object-src": _NOTHING,
    "base-uri": _NOTHING,
    "form-action": _OWN,
    "frame-ancestors": _NOTHING,
}
"""Where the parts of a page may come from; scripts and styles in a page need its nonce."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""This machine by its own name: the service is asked there whether it is well."""
_UNUSED = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")


def add_headers(app: Flask, settings: Settings) -> None:
    """Send the headers, and heed those of the proxies and hosts that the settings name."""
    Talisman(
        app,
        # Whoever ends TLS redirects; the health of the service is asked for without it.
        force_https=False,
        strict_transport_security=settings.https,
        strict_transport_security_include_subdomains=False,
        session_cookie_secure=settings.https,
        frame_options=DENY,
        content_security_policy=CONTENT,
        content_security_policy_nonce_in=["script-src", "style-src"],
        # Forms are checked by where they come from, which `no-referrer` would leave out.
        referrer_policy="same-origin",
        permissions_policy=dict.fromkeys(_UNUSED, "()"),
    )
    app.register_error_handler(SecurityError, _not_here)
    app.before_request(partial(_require_host, hosts_of(settings)))
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    else:
        app.before_request(Unheeded(app).look)


class Unheeded:
    """Says once that a proxy seems to be there which the settings don't know."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._told = False

    def look(self) -> None:
        """Warn at the first request that a proxy has passed on: all share its address then."""
        if not self._told and "X-Forwarded-For" in request.headers:
            self._told = True
            self._app.logger.warning(
                "X-Forwarded-For is sent, but proxies is 0: all who come by a proxy are counted "
                "as one. Set MATCHER_PROXIES where there is one."
            )


def _require_host(names: list[str] | None) -> None:
    """Raise SecurityError for a name that isn't ours; werkzeug's own setting knows no [::1]."""
    if names and _hostname(request.host) not in LOCAL and not host_is_trusted(request.host, names):
        raise SecurityError


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _not_here(_: SecurityError) -> Response:
    """What was asked for isn't repeated: it is somebody's invention."""
    detail = "Nothing is served under this name."
    return respond(Problem(HTTPStatus.BAD_REQUEST, "bad-request", detail), g.request_id)


def hosts_of(settings: Settings) -> list[str] | None:
    """The names that the service answers to; None for any."""
    return [name.strip() for name in settings.hosts.split(",")] if settings.hosts else None
