"""Adding a person without a browser: the first password is told once, and what was typed stays."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.actions.accounts import list_accounts
from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import SYSTEM
from matcher.store import accounts
from tests.platforms import manager, put
from tests.web.pages.test_people import chief
from tests.web.people import csrf_of

__all__ = ["chief"]

MADE = re.compile(r"[2-9a-z]{4}(?:-[2-9a-z]{4}){3}")
LIN = {"login": "lin", "name": "Lin", "roles": "holder", "node": "n1", "language": "en"}


def send(client: FlaskClient, key: str = "k" * 20, **form: str) -> TestResponse:
    data = {"csrf_token": csrf_of(client), "key": key, **form}
    return client.post("/people/new", data=data)


def everybody(platform: Platform) -> dict[str, Account]:
    return {one.login: one for one in list_accounts(platform, SYSTEM).accounts}


def test_the_first_password_is_shown_once_and_good(chief: FlaskClient, platform: Platform) -> None:
    answer = send(chief, **LIN)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    [password] = set(MADE.findall(answer.text))
    assert "Login: lin" in answer.text
    with platform.database.reading() as session:
        assert accounts.verify_password(session, "lin", password) == everybody(platform)["lin"]
    # The form that comes again, as after going back, makes and tells nothing.
    again = send(chief, **LIN)
    there = everybody(platform)["lin"].id
    assert (again.status_code, again.location) == (303, f"/people/{there}?done=again")
    page = chief.get(again.location).text
    assert "came twice" in page
    assert not MADE.search(page)


def test_a_managers_record_fills_in_the_form(chief: FlaskClient, platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m7", name="王 七", node="n2"))
    page = chief.get("/people/new?manager=m7").text
    assert 'value="王 七 (m7)"' in page
    assert '<option value="n2" selected>' in page
    assert re.search(r'value="manager" checked', page)
    told = {"roles": "manager", "node": "n2", "manager": "王 七 (m7)", "language": "zh"}
    answer = send(chief, login="wang", name="王 七", **told)
    # What is to be told is in the language of who gets it.
    assert "账号：wang" in answer.text
    made = everybody(platform)["wang"]
    assert (made.manager, made.roles, made.node) == ("m7", (Role.MANAGER,), "n2")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"login": ""}, "without blanks"),
        ({"login": "a b"}, "without blanks"),
        ({"login": "CHIEF"}, "Somebody has this login already"),
        ({"roles": ""}, "Tick at least one role"),
        ({"name": "x" * 300}, "up to 200 characters"),
        ({"email": "nowhere"}, "no mail address"),
        ({"organisation": "Nowhere <i>"}, "Nothing is called that"),
        ({"organisation": "Works"}, "Several are called so"),
        ({"node": "n99"}, "isn’t there any more".replace("’", "'")),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    chief: FlaskClient, platform: Platform, typed: dict[str, str], fault: str
) -> None:
    firms = (Organisation(id=f"u{number}", name="Works") for number in (1, 2))
    put(platform, Noun.ORGANISATION, *firms)
    answer = send(chief, **{**LIN, **typed})
    assert 400 <= answer.status_code < 500
    text = html.unescape(answer.text)
    [field] = typed
    beside = re.search(rf'id="{field}-fault">.*?</span>([^<]+)', text)
    assert beside is not None
    assert fault in beside[1]
    assert typed[field] in text
    assert 'value="Lin"' in text or field == "name"
    assert set(everybody(platform)) == {"chief"}
    # Nothing was done, so the same form may come again when it is mended.
    picked = {"organisation_picked": "u2"} if typed.get("organisation") == "Works" else {}
    assert send(chief, **{**LIN, **(typed if picked else {}), **picked}).status_code == 200
    assert everybody(platform)["lin"].organisation == ("u2" if picked else "")


def test_a_form_that_was_filled_in_for_somebody_else_stays_and_adds_them_too(
    chief: FlaskClient, platform: Platform
) -> None:
    send(chief, **LIN)
    other = {**LIN, "login": "wang", "name": "Wang"}
    again = send(chief, **other)
    assert (again.status_code, "added an account before" in again.text) == (422, True)
    for value in ("wang", "Wang"):
        assert f'value="{value}"' in again.text
    assert "wang" not in everybody(platform)
    [key] = re.findall(r'name="key" value="([^"]+)"', again.text)
    assert send(chief, key, **other).status_code == 200
    assert everybody(platform)["wang"].name == "Wang"
    # The login of somebody whom this form has not added leads to nobody's page.
    assert send(chief, **{**LIN, "login": "chief"}).status_code == 422


def test_a_part_of_a_name_makes_nobody_act_for_a_manager(
    chief: FlaskClient, platform: Platform
) -> None:
    put(platform, Noun.MANAGER, manager("m77", name="王 伟东", node="n2"))
    told = {**LIN, "roles": "manager", "manager": "王 伟"}
    refused = send(chief, **told)
    text = html.unescape(refused.text)
    assert (refused.status_code, "say whether this one is meant" in text) == (422, True)
    assert 'type="radio" name="manager_picked" value="m77"' in text
    assert "lin" not in everybody(platform)
    # Whom the account acts for is named beside its password.
    made = send(chief, **told, manager_picked="m77")
    assert "王 伟东 (m77)" in made.text
    assert everybody(platform)["lin"].manager == "m77"


def test_where_to_sign_in_is_the_address_that_is_set(app: Flask, chief: FlaskClient) -> None:
    assert "http://localhost/sign-in" in send(chief, **LIN).text
    opened = app.extensions["matcher"]
    named = opened.platform().settings.model_copy(
        update={"public_url": "https://match.example.org"}
    )
    opened._platform = replace(opened.platform(), settings=named)
    told = send(chief, "o" * 20, **{**LIN, "login": "wang"}).text
    assert "https://match.example.org/sign-in" in told
    assert "localhost" not in told


def test_a_form_without_its_key_does_nothing(chief: FlaskClient, platform: Platform) -> None:
    assert send(chief, key="", **LIN).status_code == 422
    assert set(everybody(platform)) == {"chief"}
