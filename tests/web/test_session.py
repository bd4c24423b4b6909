"""Sessions: what the cookie is like, what the API takes it for, and when it stops counting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient

from matcher.actions import accounts
from matcher.bootstrap import open_platform
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from matcher.store.accounts import by_login
from matcher.store.web_sessions import IDLE, LONGEST
from matcher.web.app import create_app
from matcher.web.session import whose_form
from tests.web.people import PASSWORD, csrf_of, signed_in

NEEDS = "/api/v1/needs/w1"
MATCH = "/api/v1/match"
Person = Callable[..., str]


@pytest.fixture
def browser(stranger: FlaskClient, person: Person) -> FlaskClient:
    """Somebody with two roles who is signed in."""
    return signed_in(stranger, person("lin", Role.MANAGER, Role.ENTERPRISE))


def set_clock(app: Flask, after: timedelta) -> None:
    """Let the application think that it is later."""
    opened = app.extensions["matcher"]
    now = opened.platform().now() + after
    opened._platform = replace(opened.platform(), now=lambda: now)


@pytest.mark.parametrize("https", [False, True])
def test_its_cookie_is_for_this_service_and_no_script(
    https: bool, standard_settings: Settings, person: Person
) -> None:
    app = create_app(standard_settings.model_copy(update={"https": https}))
    client = app.test_client()
    person("lin", Role.MANAGER)
    base = "https://localhost" if https else "http://localhost"
    answer = client.get("/sign-in", base_url=base)
    [cookie] = answer.headers.getlist("Set-Cookie")
    attributes = {part.strip() for part in cookie.split(";")[1:]}
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= attributes
    assert ("Secure" in attributes) is https
    assert cookie.startswith("__Host-matcher=" if https else "matcher=")


def test_the_api_takes_it_in_all_roles(browser: FlaskClient) -> None:
    assert browser.get(NEEDS).status_code == 200
    assert browser.get("/api/v1/interests").status_code == 200


@pytest.mark.parametrize("token", [None, "", "wrong", "IjEi.x.y"])
def test_without_the_token_of_a_page_it_changes_nothing(
    browser: FlaskClient, token: str | None
) -> None:
    headers = {} if token is None else {"X-CSRFToken": token}
    answer = browser.post(MATCH, json={"text": "石墨烯"}, headers=headers)
    assert answer.status_code == 403
    assert answer.get_json(force=True)["type"].endswith(":csrf")
    good = {"X-CSRFToken": csrf_of(browser)}
    assert browser.post(MATCH, json={"text": "石墨烯"}, headers=good).status_code == 200


def test_a_token_of_forms_tells_whose_page_it_stood_on(browser: FlaskClient, app: Flask) -> None:
    theirs, nobodys = csrf_of(browser), csrf_of(app.test_client())
    with app.test_request_context():
        whose = [whose_form(token) for token in (theirs, nobodys, f"{theirs}x", "")]
    with app.extensions["matcher"].platform().database.reading() as session:
        account = by_login(session, "lin")
    assert account is not None
    assert whose == [account.id, "", "", ""]


def test_the_token_of_another_session_does_not_count(
    browser: FlaskClient, app: Flask, person: Person
) -> None:
    other = csrf_of(signed_in(app.test_client(), person("wang", Role.MANAGER)))
    answer = browser.post(MATCH, json={"text": "x"}, headers={"X-CSRFToken": other})
    assert answer.status_code == 403


def test_a_token_goes_before_it(browser: FlaskClient, client: FlaskClient) -> None:
    bearer = {"Authorization": client.environ_base["HTTP_AUTHORIZATION"]}
    assert browser.post(MATCH, json={"text": "x"}, headers=bearer).status_code == 200
    bad = {"Authorization": "Bearer mt_wrong"}
    assert browser.get(NEEDS, headers=bad).status_code == 401


def test_another_password_ends_it_at_once(
    browser: FlaskClient, standard_settings: Settings
) -> None:
    with open_platform(standard_settings) as platform:
        accounts.set_password(platform, SYSTEM, "lin", "another one altogether")
    assert browser.get(NEEDS).status_code == 401
    assert browser.post(MATCH, json={"text": "x"}).status_code == 401


def test_it_is_over_after_hours_without_use_or_some_days(app: Flask, browser: FlaskClient) -> None:
    for _ in range(3):
        set_clock(app, IDLE - timedelta(minutes=1))
        assert browser.get(NEEDS).status_code == 200
    set_clock(app, IDLE)
    assert browser.get(NEEDS).status_code == 401
    set_clock(app, -IDLE)
    assert browser.get(NEEDS).status_code == 401
    signed_in(browser, "lin")
    set_clock(app, LONGEST)
    assert browser.get(NEEDS).status_code == 401


def test_a_cookie_that_was_kept_is_worth_nothing_after_signing_out(
    app: Flask, browser: FlaskClient
) -> None:
    kept = browser.get_cookie("matcher")
    assert kept is not None
    assert browser.post("/sign-out", data={"csrf_token": csrf_of(browser)}).status_code == 303
    thief = app.test_client()
    thief.set_cookie("matcher", kept.value)
    assert thief.get(NEEDS).status_code == 401


def test_signing_in_anew_ends_the_one_before(app: Flask, browser: FlaskClient) -> None:
    kept = browser.get_cookie("matcher")
    assert kept is not None
    signed_in(browser, "lin")
    assert browser.get(NEEDS).status_code == 200
    thief = app.test_client()
    thief.set_cookie("matcher", kept.value)
    assert thief.get(NEEDS).status_code == 401


def test_one_that_was_slipped_in_beforehand_is_not_taken_over(
    app: Flask, stranger: FlaskClient, person: Person
) -> None:
    login = person("lin", Role.MANAGER)
    token = csrf_of(stranger)
    planted = stranger.get_cookie("matcher")
    assert planted is not None
    signed_in(stranger, login)
    thief = app.test_client()
    thief.set_cookie("matcher", planted.value)
    assert thief.get(NEEDS).status_code == 401
    answer = stranger.post(MATCH, json={"text": "x"}, headers={"X-CSRFToken": token})
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["matcher", "remember_token"])
@pytest.mark.parametrize("value", ["", "x", "eyJhIjoxfQ.x.y", "lin|0123", "石".encode().hex()])
def test_a_forged_cookie_is_nobody(stranger: FlaskClient, name: str, value: str) -> None:
    stranger.set_cookie(name, value)
    assert stranger.get(NEEDS).status_code == 401
    assert stranger.get("/healthz").status_code == 200


def test_one_signed_with_another_key_is_nobody(app: Flask, browser: FlaskClient) -> None:
    other = Flask("other")
    other.secret_key = "guessed" * 8
    signer = SecureCookieSessionInterface().get_signing_serializer(other)
    assert signer is not None
    with browser.session_transaction() as held:
        stolen = dict(held)
    thief = app.test_client()
    thief.set_cookie("matcher", signer.dumps(stolen))
    assert thief.get(NEEDS).status_code == 401


@pytest.mark.parametrize("place", ["header", "query"])
def test_no_other_kind_of_token_is_taken(
    app: Flask, stranger: FlaskClient, person: Person, place: str
) -> None:
    """Flask-Security's own could be neither named, scoped nor revoked."""
    login = person("lin", Role.MANAGER)
    signed_in(stranger, login)
    thief = app.test_client()
    if place == "header":
        answer = thief.get(NEEDS, headers={"Authentication-Token": "x"})
    else:
        answer = thief.get(NEEDS, query_string={"auth_token": "x"})
    assert answer.status_code == 401


def test_a_key_that_can_not_be_read_lets_nobody_in(
    browser: FlaskClient, standard_settings: Settings
) -> None:
    (standard_settings.home / "secrets" / "session.key").chmod(0o644)
    again = create_app(standard_settings).test_client()
    kept = browser.get_cookie("matcher")
    assert kept is not None
    again.set_cookie("matcher", kept.value)
    assert again.get(NEEDS).status_code == 401
    assert again.get("/healthz").status_code == 200
    assert again.post("/sign-in", data={"login": "lin", "password": PASSWORD}).status_code == 400
