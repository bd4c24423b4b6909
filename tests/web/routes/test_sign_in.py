"""The page that people sign in on: in two languages, without scripts, and hard to get past."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.domain.enums import Role
from tests.web.people import PASSWORD, token_in

PAGE = "/sign-in"


def enter(client: FlaskClient, login: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Fill in the form that is shown and send it."""
    token = token_in(client.get(PAGE))
    data = {"csrf_token": token, "login": login, "password": password, **more}
    return client.post(PAGE, data=data)


@pytest.mark.parametrize(
    ("asked", "preferred", "language", "title"),
    [
        ("", "en-GB,en", "en", "Sign in"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans", "登录"),
        ("", "fr", "zh-Hans", "登录"),
        ("?lang=en", "zh", "en", "Sign in"),
        ("?lang=zh", "en", "zh-Hans", "登录"),
        ("?lang=<script>", "en", "en", "Sign in"),
    ],
)
def test_it_is_shown_in_the_language_of_whoever_comes(
    stranger: FlaskClient, asked: str, preferred: str, language: str, title: str
) -> None:
    answer = stranger.get(PAGE + asked, headers={"Accept-Language": preferred})
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'<html lang="{language}">' in answer.text
    assert f"<h1>{title}</h1>" in answer.text
    assert "<script>" not in answer.text
    for name in ("login", "password"):
        assert f'<label for="{name}">' in answer.text
        assert f'id="{name}" name="{name}"' in answer.text


def test_one_signs_in_and_out(stranger: FlaskClient, person: Callable[..., str]) -> None:
    login = person("lin", Role.MANAGER, name="林 <b>")
    answer = enter(stranger, login)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert stranger.get("/").headers["Location"] == "/today"
    page = stranger.get(PAGE)
    assert "林 &lt;b&gt;" in page.text
    assert 'name="password"' not in page.text
    left = stranger.post("/sign-out", data={"csrf_token": token_in(page)})
    assert (left.status_code, left.headers["Location"]) == (303, PAGE)
    assert 'name="password"' in stranger.get(PAGE).text


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nB: c", "x:y", ""]
)
def test_one_is_led_nowhere_but_here(
    stranger: FlaskClient, person: Callable[..., str], where: str
) -> None:
    login = person("lin", Role.MANAGER)
    assert enter(stranger, login, next=where).headers["Location"] == "/"


def test_one_is_led_to_where_one_was_going(
    stranger: FlaskClient, person: Callable[..., str]
) -> None:
    login = person("lin", Role.MANAGER)
    shown = stranger.get(PAGE, query_string={"next": "/needs?q=<x>&lang=en"})
    assert html.escape("/needs?q=<x>&lang=en") in shown.text
    assert (
        enter(stranger, login, next="/needs?q=石墨烯").headers["Location"].startswith("/needs?q=")
    )


def test_whatever_is_wrong_the_answer_is_the_same(
    stranger: FlaskClient, person: Callable[..., str]
) -> None:
    login = person("lin", Role.MANAGER)
    pages = [
        enter(stranger, login, "wrong password"),
        enter(stranger, "nobody"),
        enter(stranger, "lin\u200b"),
        enter(stranger, "\u202elin"),
        enter(stranger, "lin\x00"),
        enter(stranger, "", ""),
    ]
    assert {page.status_code for page in pages} == {401}
    said = {re.sub(r'(value|nonce)="[^"]*"', "", page.text) for page in pages}
    assert len(said) == 1
    assert 'role="alert"' in said.pop()
    assert "WWW-Authenticate" not in pages[0].headers
    assert enter(stranger, "ＬＩＮ").status_code == 303


def test_a_locked_login_gets_that_answer_too(
    stranger: FlaskClient, person: Callable[..., str]
) -> None:
    login = person("lin", Role.MANAGER)
    pages = [enter(stranger, login, "wrong password") for _ in range(5)]
    pages.append(enter(stranger, login))
    assert {page.status_code for page in pages} == {401}
    assert len({re.sub(r'(value|nonce)="[^"]*"', "", page.text) for page in pages}) == 1


@pytest.mark.parametrize("token", ["", "wrong", "IjEi.x.y"])
def test_a_form_of_another_page_does_nothing(
    stranger: FlaskClient, person: Callable[..., str], token: str
) -> None:
    login = person("lin", Role.MANAGER)
    stranger.get(PAGE)
    data = {"csrf_token": token, "login": login, "password": PASSWORD}
    answer = stranger.post(PAGE, data=data, headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert "too old" in answer.text
    assert 'name="password"' in stranger.get(PAGE).text
    assert enter(stranger, login).status_code == 303
    assert stranger.post("/sign-out", data={"csrf_token": token}).status_code == 400
    assert 'name="password"' not in stranger.get(PAGE).text


def test_a_login_of_ten_megabytes_is_not_read(stranger: FlaskClient) -> None:
    answer = stranger.post(PAGE, data={"login": "x" * 10_000_000, "password": "x"})
    assert answer.status_code == 413


def test_what_was_typed_comes_back_harmless(stranger: FlaskClient) -> None:
    answer = enter(stranger, '"><script>alert(1)</script>', "secret words typed")
    assert "<script>" not in answer.text
    assert "secret words" not in answer.text


def test_without_a_platform_it_says_so(
    app: Flask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (app.extensions["matcher"].settings.home / "matcher.db").unlink()
    assert app.test_client().get(PAGE).status_code == 503


def test_the_address_alone_leads_to_the_page_which_leads_to_the_documentation(
    stranger: FlaskClient,
) -> None:
    assert stranger.get("/").headers["Location"] == PAGE
    assert 'href="/docs"' in stranger.get(PAGE).text
