"""Headers that browsers heed, and the ones of a request that can be made up."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from matcher.settings import Settings
from matcher.web.app import create_app
from matcher.web.headers import hosts_of


@pytest.mark.parametrize("path", ["/sign-in", "/healthz", "/nowhere", "/api/v1/needs/w1"])
def test_every_answer_has_them(stranger: FlaskClient, path: str) -> None:
    headers = stranger.get(path).headers
    content = headers["Content-Security-Policy"]
    assert "default-src 'self';" in content
    assert "frame-ancestors 'none'" in content
    assert "unsafe" not in content
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers


def test_what_stands_in_a_page_would_need_a_nonce_that_is_new_every_time(
    stranger: FlaskClient,
) -> None:
    nonces = set()
    for _ in range(2):
        answer = stranger.get("/sign-in")
        content = answer.headers["Content-Security-Policy"]
        [style], [script] = (
            re.findall(rf"{kind}-src 'self' 'nonce-([^']{{20,}})'", content)
            for kind in ("style", "script")
        )
        assert style == script
        assert "<style" not in answer.text
        nonces.add(style)
    assert len(nonces) == 2


def test_only_over_https_is_it_asked_for_next_time(standard_settings: Settings) -> None:
    client = create_app(
        standard_settings.model_copy(update={"https": True, "proxies": 1})
    ).test_client()
    said = client.get("/healthz", headers={"X-Forwarded-Proto": "https"})
    assert said.headers["Strict-Transport-Security"].startswith("max-age=")
    assert "Strict-Transport-Security" not in client.get("/healthz").headers


def test_another_host_is_refused_where_hosts_are_named(standard_settings: Settings) -> None:
    hosts = "tech.example, .tech.example"
    client = create_app(standard_settings.model_copy(update={"hosts": hosts})).test_client()
    for good in ("tech.example", "www.tech.example:8443"):
        assert client.get("/sign-in", headers={"Host": good}).status_code == 200
    for bad in ("evil.example", "tech.example.evil.example", "x y", "", "tech.example@evil"):
        answer = client.get("/sign-in", headers={"Host": bad})
        assert answer.status_code == 400
        assert "evil" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]", "[::1]:8000"])
def test_this_machine_is_asked_by_its_own_name_whatever_hosts_are_named(
    standard_settings: Settings, host: str
) -> None:
    client = create_app(standard_settings.model_copy(update={"hosts": "x.example"})).test_client()
    for path in ("/readyz", "/healthz", "/metrics"):
        assert client.get(path, headers={"Host": host}).status_code == 200
    for bad in ("localhost.example", "127.0.0.1.example", "[::2]", "127.0.0.2"):
        assert client.get("/healthz", headers={"Host": bad}).status_code == 400


@pytest.mark.parametrize(("proxies", "times"), [(0, 1), (1, 0)])
def test_a_proxy_that_the_settings_do_not_know_is_told_of_once(
    standard_settings: Settings,
    capsys: pytest.CaptureFixture[str],
    proxies: int,
    times: int,
) -> None:
    app = create_app(standard_settings.model_copy(update={"proxies": proxies}))
    for _ in range(3):
        app.test_client().get("/healthz", headers={"X-Forwarded-For": "192.0.2.7"})
    said = capsys.readouterr().err
    assert said.count("MATCHER_PROXIES") == times
    assert "192.0.2.7" not in said


def test_a_host_that_is_made_up_stands_in_no_answer(stranger: FlaskClient) -> None:
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    for path in ("/sign-in", "/openapi.json", "/nowhere", "/healthz/"):
        answer = stranger.get(path, headers=headers)
        assert "evil.example" not in answer.text + str(answer.headers)


def test_any_host_unless_some_are_named() -> None:
    assert hosts_of(Settings()) is None
    assert hosts_of(Settings(hosts="a.example , b.example")) == ["a.example", "b.example"]
