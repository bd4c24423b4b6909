"""How many requests are answered: by account, and by network for those who aren't signed in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import NamedTuple, cast

from flask import Flask, Response, current_app, g, request
from flask_limiter import Limiter, RateLimitExceeded
from limits import RateLimitItem, parse_many
from limits.errors import ConfigurationError

from matcher.actions.sign_in_attempts import network_of
from matcher.actions.signing_in import SignedIn
from matcher.errors import UsageError
from matcher.setting_values import NO_LIMIT
from matcher.settings import Settings
from matcher.web.assets import ENDPOINT as ASSETS
from matcher.web.logs import PROBES
from matcher.web.problem import Problem, respond

EXTENSION = "matcher-limits"
SIGNING_IN = "30/minute"
"""How often one address may send a password: each one costs the server some work."""
_KNOWN, _NOWHERE = ("api.", "page."), "nowhere"
_REQUESTS = "requests"


class Limits(NamedTuple):
    """What counts a request of each kind, and raises RateLimitExceeded for one too many."""

    limiter: Limiter
    rates: tuple[RateLimitItem, ...]
    requests: Callable[[], None]
    passwords: Callable[[], None]


def add_limits(app: Flask, settings: Settings) -> None:
    """Count requests and refuse those over the limit. Raises UsageError for a bad `rate_store`."""
    limiter = _limiter(app, settings)
    rate = SIGNING_IN if settings.rate_limit == NO_LIMIT else settings.rate_limit

    @limiter.shared_limit(rate, scope=_REQUESTS, key_func=_who)
    def requests() -> None:
        """Anything that is asked for."""

    @limiter.shared_limit(SIGNING_IN, scope="passwords", key_func=_address)
    def passwords() -> None:
        """A login and a password."""

    app.extensions[EXTENSION] = Limits(limiter, tuple(parse_many(rate)), requests, passwords)
    app.register_error_handler(RateLimitExceeded, _refused)
    app.before_request(_heed_strangers)


def heed() -> None:
    """Count this request. Raises RateLimitExceeded."""
    _limits().requests()


@contextmanager
def heeded() -> Iterator[None]:
    """Count a request by who turns out to ask in the block, by network where nobody does.

    From a network that has used up what strangers may ask, nobody is looked for. Raises
    RateLimitExceeded.
    """
    limits = _limits()
    if limits.limiter.enabled and not _has_room(limits):
        heed()
    try:
        yield
    finally:
        heed()


def heed_sign_in() -> None:
    """Count an attempt to sign in. Raises RateLimitExceeded."""
    _limits().passwords()


def _heed_strangers() -> None:
    """Count what is neither an operation of the API nor a page, such as a path that isn't there.

    Whether the service is well can always be asked, and files of pages are kept by browsers. Those
    are counted when it is known who asks, by `heeded`.
    """
    endpoint = request.endpoint or _NOWHERE
    if endpoint not in (*PROBES, ASSETS) and not endpoint.startswith(_KNOWN):
        heed()


def _has_room(limits: Limits) -> bool:
    """Whether strangers may ask from there; they may where it can't be found out."""
    limiter = limits.limiter.limiter
    try:
        return all(limiter.test(rate, _address(), _REQUESTS) for rate in limits.rates)
    except limiter.storage.base_exceptions:
        return True


def _limiter(app: Flask, settings: Settings) -> Limiter:
    store = settings.rate_store.get_secret_value()
    try:
        return Limiter(
            _who,
            app=app,
            storage_uri=store,
            # In memory, the keys of the moving window would stay for good.
            strategy="fixed-window",
            # What isn't there has no name, and without one nothing is counted.
            request_identifier=lambda: request.endpoint or _NOWHERE,
            enabled=settings.rate_limit != NO_LIMIT,
            # Each process counts by itself while the common store is away.
            in_memory_fallback_enabled=not store.startswith("memory:"),
        )
    except (ConfigurationError, ImportError) as error:
        hint = "Install the package for it, or leave rate_store out."
        message = "Requests can't be counted there."
        raise UsageError(message, field="rate_store", hint=hint) from error


def _limits() -> Limits:
    return cast(Limits, current_app.extensions[EXTENSION])


def _who() -> str:
    signed_in: SignedIn | None = g.get("signed_in")
    account = signed_in.viewer.account if signed_in else None
    return f"account {account.id}" if account else _address()


def _address() -> str:
    return f"address {network_of(request.remote_addr or '')}"


def _refused(_: RateLimitExceeded) -> Response:
    limit = _limits().limiter.current_limit
    wait = max(1, int(limit.reset_at - time.time())) if limit else 1
    detail = "Too many requests; wait as long as Retry-After says."
    problem = Problem(HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests", detail)
    answer = respond(problem, g.request_id)
    answer.headers["Retry-After"] = str(wait)
    return answer
