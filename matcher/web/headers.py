"""What browsers are told to refuse, and which requests are taken for what they say they are."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, g
from flask_talisman import DENY, Talisman
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

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
    app.config["TRUSTED_HOSTS"] = hosts_of(settings)
    app.register_error_handler(SecurityError, _not_here)
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]


def _not_here(_: SecurityError) -> Response:
    """What was asked for isn't repeated: it is somebody's invention."""
    detail = "Nothing is served under this name."
    return respond(Problem(HTTPStatus.BAD_REQUEST, "bad-request", detail), g.request_id)


def hosts_of(settings: Settings) -> list[str] | None:
    """The names that the service answers to; None for any."""
    return [name.strip() for name in settings.hosts.split(",")] if settings.hosts else None
