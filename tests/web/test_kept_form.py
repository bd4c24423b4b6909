"""Forms that were sent when their session was over."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.domain.enums import Language, Noun, Role
from matcher.web import kept_form as module
from matcher.web.kept_form import MOST, KeptForm, packed, unpacked
from tests.web.people import PASSWORD, csrf_of, signed_in, token_in

HERE = {"Origin": "http://localhost", "Accept-Language": "en"}
TITLE = 'Coating <b>"hard"</b>\r\n\r\n涂层'


@pytest.fixture
def firm(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    person("zhou", Role.ENTERPRISE, node="n1", language=Language.EN)
    return signed_in(stranger, "zhou")


def typed_form(client: FlaskClient) -> dict[str, str]:
    """What somebody has typed by the time when the session is over."""
    page = client.get("/needs")
    form = client.get(re.findall(r'class="btn btn-primary" href="([^"]+)"', page.text)[0])
    key = re.findall(r'name="key" value="([^"]+)"', form.text)[0]
    return {"csrf_token": token_in(form), "key": key, "title": "T", "problem": TITLE}


def address(client: FlaskClient) -> str:
    return re.findall(r'class="btn btn-primary" href="([^"]+)"', client.get("/needs").text)[0]


def refused_form(client: FlaskClient, path: str, **form: object) -> TestResponse:
    """What comes of a form that is sent when its session is over."""
    data = {"csrf_token": csrf_of(client), **form}
    client.delete_cookie("matcher")
    return client.post(path, data=data, headers=HERE)


def packed_in(page: TestResponse) -> str:
    """What goes through the sign-in."""
    [kept] = re.findall(r'name="kept" value="([^"]+)"', page.text)
    return str(kept)


def entering(client: FlaskClient, page: TestResponse, login: str, kept: str) -> TestResponse:
    """Sign in on a page that was answered."""
    data = {"csrf_token": token_in(page), "login": login, "password": PASSWORD, "kept": kept}
    return client.post("/sign-in", data=data, headers=HERE)


def kept_in(page: TestResponse) -> dict[str, str]:
    """The fields of the form that is given back."""
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>', page.text)
    return {name: html.unescape(text) for name, text in found}


def test_what_was_typed_is_sent_after_signing_in_and_nothing_before(firm: FlaskClient) -> None:
    form, path = typed_form(firm), address(firm)
    firm.delete_cookie("matcher")
    refused = firm.post(path, data=form, headers=HERE)
    assert refused.status_code == 401
    assert "What you typed is kept" in refused.text
    kept = re.findall(r'name="kept" value="([^"]+)"', refused.text)[0]
    data = {"csrf_token": token_in(refused), "login": "zhou", "kept": kept}
    wrong = firm.post("/sign-in", data={**data, "password": "guess"}, headers=HERE)
    assert f'value="{kept}"' in wrong.text
    back = firm.post("/sign-in", data={**data, "password": PASSWORD})
    fields = kept_in(back)
    assert (fields["problem"], set(fields)) == (TITLE, {"key", "title", "problem"})
    assert f'action="{path}"' in back.text
    # Who presses the button has read where it goes and what.
    assert f'<code dir="ltr">{path}</code>' in back.text
    assert '<span class="hint">problem</span>' in back.text
    assert "autofocus" not in back.text
    sent = {**fields, "csrf_token": token_in(back)}
    saved = [firm.post(path, data=sent, headers=HERE) for _ in range(2)]
    assert [one.status_code for one in saved] == [303, 303]
    assert firm.get("/needs").text.count("<article") == 1


def test_a_form_of_an_older_session_is_given_back_at_once(firm: FlaskClient) -> None:
    form, path = typed_form(firm), address(firm)
    firm.delete_cookie("matcher")
    signed_in(firm, "zhou")
    stale = firm.post(path, data=form, headers=HERE)
    assert (stale.status_code, kept_in(stale)["problem"]) == (400, TITLE)
    again = {**kept_in(stale), "csrf_token": token_in(stale)}
    assert firm.post(path, data=again, headers=HERE).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "same-site", **HERE},
    ],
)
def test_what_another_site_sends_isnt_given_back(
    firm: FlaskClient, headers: dict[str, str]
) -> None:
    form, path = typed_form(firm), address(firm)
    firm.delete_cookie("matcher")
    signed_in(firm, "zhou")
    stale = firm.post(path, data=form, headers=headers)
    assert stale.status_code == 400
    assert "Coating" not in stale.text
    firm.delete_cookie("matcher")
    refused = firm.post(path, data=form, headers=headers)
    assert (refused.status_code, "Coating" in refused.text) == (401, False)
    assert 'name="kept"' not in refused.text


@pytest.mark.parametrize(
    "form",
    [
        {"old_password": "secret words"},
        {"text": "x" * MOST},
        {"file": (BytesIO(b"secret words"), "a.txt")},
    ],
    ids=["password", "large", "file"],
)
def test_passwords_files_and_what_is_too_large_are_not(
    firm: FlaskClient, form: dict[str, object]
) -> None:
    refused = refused_form(firm, "/import", **form)
    assert (refused.status_code, 'name="kept"' in refused.text) == (401, False)
    assert "secret words" not in refused.text


def test_what_we_did_not_pack_is_nothing(stranger: FlaskClient) -> None:
    data = {"csrf_token": csrf_of(stranger), "login": "x", "password": "y", "kept": "forged"}
    wrong = stranger.post("/sign-in", data=data, headers=HERE)
    assert (wrong.status_code, 'name="kept"' in wrong.text) == (401, False)
    assert "couldn’t be kept" in wrong.text
    with stranger.application.test_request_context():
        form = KeptForm("/new/need", (("a", "1"), ("a", "2")), "u1")
        whole = packed(form)
        assert unpacked(whole) == form
        assert unpacked(whole[:-1]) is None
        assert packed(None) == ""


def test_a_path_with_signs_of_addresses_in_it_is_kept_as_it_is(firm: FlaskClient) -> None:
    path = "/edit/need/a%23b%3F%2F%25?days=30"
    refused = refused_form(firm, path, title="x")
    back = entering(firm, refused, "zhou", packed_in(refused))
    [found] = re.findall(r'<form method="post" action="([^"]+)"', back.text)
    assert found.replace("%2F", "/") == path.replace("%2F", "/")
    assert Noun.NEED.value in found


def test_a_form_that_somebody_else_had_packed_is_never_given_back(
    app: Flask, firm: FlaskClient, person: Callable[..., str]
) -> None:
    person("chief", Role.ADMIN, language=Language.EN)
    # Who has no account gets no form packed, whatever token of forms they have.
    nobody = refused_form(app.test_client(), "/people/A1/password", key="k" * 20)
    assert (nobody.status_code, 'name="kept"' in nobody.text) == (401, False)
    # Who has one gets one that is good in their own browser alone, and for themselves.
    theirs = packed_in(refused_form(firm, "/people/A1/password", key="k" * 20))
    victim = app.test_client()
    lured = victim.post("/sign-in", data={"kept": theirs}, headers=HERE)
    assert (lured.status_code, theirs in lured.text) == (400, False)
    back = entering(victim, lured, "chief", theirs)
    assert "/people/A1/password" not in back.text
    assert "couldn’t be kept" in back.text
    assert victim.get("/people").status_code == 200


def test_who_signs_in_on_anothers_page_neither_sees_nor_sends_their_text(
    firm: FlaskClient, person: Callable[..., str]
) -> None:
    person("wang", Role.ENTERPRISE, node="n1", language=Language.EN)
    form, path = typed_form(firm), address(firm)
    firm.delete_cookie("matcher")
    refused = firm.post(path, data=form, headers=HERE)
    back = entering(firm, refused, "wang", packed_in(refused))
    assert "Coating" not in back.text
    assert "couldn’t be kept" in back.text
    # Nor does it come to wang by the page that zhou has left open in another window.
    stale = firm.post(path, data=form, headers=HERE)
    assert (stale.status_code, "Coating" in stale.text) == (400, False)


def test_a_form_that_was_kept_too_long_is_told_of(
    firm: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = refused_form(firm, "/new/need", title="Coating")
    monkeypatch.setattr(module, "LONGEST", -module.LONGEST)
    back = entering(firm, refused, "zhou", packed_in(refused))
    assert (back.status_code, "Coating" in back.text) == (200, False)
    assert "more than 12 hours old" in back.text
    assert firm.get("/needs").status_code == 200
