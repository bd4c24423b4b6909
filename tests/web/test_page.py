"""What all pages share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.domain.enums import Language, Role
from matcher.settings import Settings
from matcher.web.app import create_app
from tests.web.people import signed_in, token_in


@pytest.fixture
def reader(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    login = person("qin", Role.MANAGER, manager="m1", language=Language.EN)
    return signed_in(stranger, login)


def test_the_first_page_is_that_of_the_role(reader: FlaskClient) -> None:
    assert reader.get("/").headers["Location"] == "/today"


def test_a_page_holds_nothing_that_the_strict_policy_refuses(reader: FlaskClient) -> None:
    answer = reader.get("/today")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for refused in (' style="', "<style", " onclick", "javascript:"):
        assert refused not in answer.text


def test_the_readers_theme_is_in_the_page_before_it_is_painted(reader: FlaskClient) -> None:
    assert 'data-bs-theme="' not in reader.get("/today").text
    reader.set_cookie("theme", "dark")
    assert 'data-bs-theme="dark"' in reader.get("/today").text
    reader.set_cookie("theme", '"><script>')
    assert 'data-bs-theme="' not in reader.get("/today").text


def test_where_there_is_no_platform_pages_say_so(tmp_path: Path) -> None:
    app: Flask = create_app(Settings(home=tmp_path / "nothing"))
    answer = app.test_client().get("/today")
    assert answer.status_code == 503
    assert "数据库暂时连不上" in answer.text


def test_pages_arent_operations_of_the_api(app: Flask) -> None:
    assert not any(path.startswith("/today") for path in app.spec["paths"])  # type: ignore[attr-defined]


def test_an_address_that_isnt_there_is_told_to_people_in_words(stranger: FlaskClient) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "en"}
    answer = stranger.get("/nowhere", headers=browser)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "There is nothing here" in answer.text
    for headers in ({}, {"Accept": "application/json"}, {"Accept": "*/*"}):
        told = stranger.get("/nowhere", headers=headers)
        assert (told.status_code, told.mimetype) == (404, "application/problem+json")
    for path in ("/api/v1/nowhere", "/healthz/x", "/metrics/x"):
        api = stranger.get(path, headers=browser)
        assert (api.status_code, api.mimetype) == (404, "application/problem+json")


CHROMIUM = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;"
    "q=0.8,application/signed-exchange;v=b3;q=0.7"
)


def test_who_is_signed_in_finds_the_menu_there_and_a_stranger_the_way_in(
    reader: FlaskClient, app: Flask
) -> None:
    known = reader.get("/nowhere", headers={"Accept": CHROMIUM})
    assert (known.status_code, known.mimetype) == (404, "text/html")
    assert 'href="/today"' in known.text
    assert 'class="top"' in known.text
    stranger = app.test_client().get("/nowhere", headers={"Accept": CHROMIUM})
    assert stranger.status_code == 404
    assert '<a href="/sign-in">' in stranger.text


def test_a_slash_too_many_leads_to_the_page_that_is_meant(reader: FlaskClient) -> None:
    browser = {"Accept": CHROMIUM}
    answer = reader.get("/today/?x=1&x=2", headers=browser)
    assert (answer.status_code, answer.location) == (308, "/today?x=1&x=2")
    assert reader.get("/nowhere/", headers=browser).status_code == 404
    token = {"csrf_token": token_in(reader.get("/today"))}
    assert reader.post("/today/", data=token, headers=browser).status_code == 404
