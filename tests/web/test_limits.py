"""Too many requests are refused, with when to come back; each account and address has its own."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import open_platform
from matcher.domain.enums import Role
from matcher.errors import UsageError
from matcher.settings import Settings
from matcher.store import tokens
from matcher.web.app import create_app
from matcher.web.limits import SIGNING_IN
from tests.web.conftest import token_of
from tests.web.people import signed_in

NEEDS = "/api/v1/needs/w1"


def limited(settings: Settings, **more: object) -> Callable[[], FlaskClient]:
    """Makes clients of an application that answers three requests a minute."""
    app = create_app(settings.model_copy(update={"rate_limit": "3/minute", **more}))
    return app.test_client


def bearer(settings: Settings, role: Role) -> dict[str, str]:
    with open_platform(settings) as platform:
        return {"Authorization": f"Bearer {token_of(platform, role)}"}


def test_an_account_is_refused_with_when_to_come_back(standard_settings: Settings) -> None:
    client = limited(standard_settings)()
    one, two = (bearer(standard_settings, role) for role in (Role.MANAGER, Role.HOLDER))
    assert [client.get(NEEDS, headers=one).status_code for _ in range(3)] == [200] * 3
    answer = client.get(NEEDS, headers=one)
    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
    assert answer.get_json(force=True)["type"].endswith("too-many-requests")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert client.get(NEEDS, headers=two).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_strangers_are_counted_by_address_whatever_they_send(standard_settings: Settings) -> None:
    client = limited(standard_settings)()
    for n in range(3):
        answer = client.get(NEEDS, headers={"Authorization": f"Bearer mt_{n}"})
        assert answer.status_code == 401
    assert client.get(NEEDS).status_code == 429
    assert client.get("/sign-in").status_code == 429
    other = {"REMOTE_ADDR": "10.1.1.1"}
    assert client.get("/sign-in", environ_overrides=other).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_a_token_is_not_looked_for_where_strangers_have_asked_too_often(
    standard_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []

    def counted(*given: object) -> object:
        looked.append(given)
        return bearer_of(*given)  # type: ignore[arg-type]

    bearer_of = tokens.bearer
    monkeypatch.setattr(tokens, "bearer", counted)
    client = limited(standard_settings)()
    headers = {"Authorization": "Bearer mt_wrong"}
    statuses = [client.get(NEEDS, headers=headers).status_code for _ in range(6)]
    assert statuses == [401] * 3 + [429] * 3
    assert len(looked) == 3


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/api/v1/nowhere", 404),
        ("DELETE", "/api/v1/me", 405),
        ("POST", "/healthz", 405),
        ("POST", "/sign-out", 400),
    ],
)
def test_whatever_is_asked_is_counted(
    standard_settings: Settings, method: str, path: str, status: int
) -> None:
    client = limited(standard_settings)()
    found = [client.open(path, method=method).status_code for _ in range(4)]
    assert found == [status] * 3 + [429]


def test_a_session_without_the_token_of_a_page_is_counted(
    standard_settings: Settings, person: Callable[..., str]
) -> None:
    app = create_app(standard_settings.model_copy(update={"rate_limit": "5/minute"}))
    client = signed_in(app.test_client(), person("lin", Role.MANAGER))
    found = [client.post("/api/v1/match", json={}).status_code for _ in range(4)]
    assert found == [403] * 3 + [429]


def test_an_ipv6_network_is_one_place(standard_settings: Settings) -> None:
    client = limited(standard_settings)()

    def asked(address: str) -> int:
        return client.get("/sign-in", environ_overrides={"REMOTE_ADDR": address}).status_code

    assert [asked(f"2001:db8::{n}") for n in range(4)] == [200] * 3 + [429]
    assert asked("2001:db8:0:1::1") == 200


def test_who_does_not_come_back_is_forgotten(standard_settings: Settings) -> None:
    app = create_app(standard_settings.model_copy(update={"rate_limit": "600/4 seconds"}))
    client = app.test_client()
    storage = app.extensions["matcher-limits"].limiter.limiter.storage

    def keys() -> int:
        return len(storage.storage) + len(storage.events)

    for n in range(50):
        client.get("/nowhere", environ_overrides={"REMOTE_ADDR": f"10.0.0.{n}"})
    assert keys() >= 2
    until = time.monotonic() + 30
    while keys() > 1 and time.monotonic() < until:
        client.get("/nowhere")
    assert keys() == 1


@pytest.mark.parametrize(("proxies", "status"), [(0, 429), (1, 200)])
def test_an_address_that_is_only_said_counts_behind_a_proxy_alone(
    standard_settings: Settings, proxies: int, status: int
) -> None:
    client = limited(standard_settings, proxies=proxies)()
    for n in range(4):
        answer = client.get("/sign-in", headers={"X-Forwarded-For": f"9.9.9.9, 10.0.0.{n}"})
    assert answer.status_code == status
    for _ in range(4):
        answer = client.get("/sign-in", headers={"X-Forwarded-For": "9.9.9.9, 10.0.0.99"})
    assert answer.status_code == 429


def test_passwords_have_a_limit_of_their_own(standard_settings: Settings) -> None:
    app = create_app(standard_settings.model_copy(update={"rate_limit": "10000/minute"}))
    client = app.test_client()
    app.config["WTF_CSRF_METHODS"] = set()
    allowed = int(SIGNING_IN.split("/")[0])
    client.get("/sign-in")
    statuses = [
        client.post("/sign-in", data={"login": f"n{n}"}).status_code for n in range(allowed + 1)
    ]
    assert statuses == [401] * allowed + [429]


def test_a_store_that_is_not_there_is_refused_at_once(standard_settings: Settings) -> None:
    with pytest.raises(UsageError) as refused:
        limited(standard_settings.model_copy(update={"rate_store": _Bad()}))
    assert refused.value.where == {"field": "rate_store"}


class _Bad:
    """A store of a kind that nobody knows."""

    def get_secret_value(self) -> str:
        return "nowhere://:s3cret@host"
