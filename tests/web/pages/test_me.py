"""What readers set for themselves."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Role
from matcher.errors import NotSignedIn
from matcher.store import accounts
from matcher.web.pages import me as module
from tests.web.people import PASSWORD, csrf_of, signed_in


def test_the_language_is_the_accounts_from_then_on(
    stranger: FlaskClient, person: Callable[..., str]
) -> None:
    client = signed_in(stranger, person("qin", Role.MANAGER, manager="m1"))
    assert '<html lang="zh-Hans"' in client.get("/today").text
    data = {"csrf_token": csrf_of(client), "language": "en", "next": "/today"}
    answer = client.post("/me/language", data=data)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today")
    assert '<html lang="en"' in client.get("/today").text


def test_a_language_that_isnt_there_is_refused(
    stranger: FlaskClient, person: Callable[..., str]
) -> None:
    client = signed_in(stranger, person("qin", Role.MANAGER, manager="m1"))
    answer = client.post("/me/language", data={"csrf_token": csrf_of(client), "language": "xx"})
    assert answer.status_code == 422


@pytest.fixture
def qin(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    roles = (Role.MANAGER, Role.ENTERPRISE)
    return signed_in(stranger, person("qin", *roles, manager="m1", language=Language.EN))


def send(client: FlaskClient, path: str, **form: str) -> TestResponse:
    return client.post(path, data={"csrf_token": csrf_of(client), **form})


def seen_in(client: FlaskClient) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', client.get("/me").text)
    assert found is not None
    return found[1]


def test_one_says_how_one_is_called(qin: FlaskClient, platform: Platform) -> None:
    assert '<a href="/profile">' in qin.get("/me").text
    seen = seen_in(qin)
    saved = send(qin, "/me", name="Qín <b>", language="en", seen=seen)
    assert (saved.status_code, saved.location) == (303, "/me?done=saved")
    page = qin.get(saved.location).text
    assert "Saved." in page
    assert "Qín &lt;b&gt;" in page
    late = send(qin, "/me", name="Later", language="zh", seen=seen)
    assert late.status_code == 409
    assert 'value="Later"' in late.text
    assert "Qín &lt;b&gt;" in late.text
    fresh = {"seen": seen_in(qin), "language": "en"}
    wrong = send(qin, "/me", name="Qin", email="nowhere", **fresh)
    assert wrong.status_code == 422
    assert 'id="email-fault"' in wrong.text
    mailed = send(qin, "/me", name="Qin", email="qin@example.org", **fresh)
    assert 'value="qin@example.org"' in qin.get(mailed.location).text
    long = send(qin, "/me", name="x" * 201, language="en", seen=seen_in(qin))
    assert long.status_code == 422
    assert 'id="name-fault"' in long.text


NEW = "another four words here"


@pytest.mark.parametrize(
    ("old", "new", "again", "status", "field"),
    [
        ("wrong wrong wrong", NEW, NEW, 403, "old_password"),
        (PASSWORD, "short", "short", 422, "new_password"),
        (PASSWORD, NEW, f"{NEW}!", 422, "new_password_again"),
    ],
)
def test_a_password_that_cannot_be_is_told_and_never_comes_back(
    qin: FlaskClient, old: str, new: str, again: str, status: int, field: str
) -> None:
    form = {"old_password": old, "new_password": new, "new_password_again": again}
    answer = send(qin, "/me/password", **form)
    assert answer.status_code == status
    assert f'id="{field}-fault"' in answer.text
    for told in (old, NEW, '"short"'):
        assert told not in answer.text
    assert qin.get("/me").status_code == 200


def test_who_changes_the_password_stays_and_is_signed_out_elsewhere(
    app: Flask, qin: FlaskClient, platform: Platform
) -> None:
    elsewhere = signed_in(app.test_client(), "qin")
    form = {"old_password": PASSWORD, "new_password": NEW, "new_password_again": NEW}
    answer = send(qin, "/me/password", **form)
    assert (answer.status_code, answer.location) == (303, "/me?done=password")
    assert "signed out everywhere else" in qin.get(answer.location).text
    assert elsewhere.get("/me").status_code == 302
    with platform.database.reading() as session:
        assert accounts.verify_password(session, "qin", NEW) is not None


def test_after_five_wrong_ones_it_is_not_looked_at(qin: FlaskClient) -> None:
    form = {"old_password": NEW, "new_password": NEW, "new_password_again": NEW}
    told = [send(qin, "/me/password", **form).text for _ in range(6)]
    assert "present password" in told[4]
    assert "too often" in told[5]


def test_who_cannot_sign_in_anew_is_told_that_the_new_password_counts(
    qin: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> str:
        raise NotSignedIn("The login or the password is wrong.")

    monkeypatch.setattr(module, "by_password", locked)
    form = {"old_password": PASSWORD, "new_password": NEW, "new_password_again": NEW}
    answer = send(qin, "/me/password", **form)
    told = qin.get(qin.get(answer.location).location, headers={"Accept-Language": "en"})
    assert "Your password has been changed" in told.text
    assert "Your password has been changed" not in qin.get("/sign-in?lang=en").text


def test_a_token_is_shown_once_works_and_is_revoked(app: Flask, qin: FlaskClient) -> None:
    form = {"key": "t" * 20, "token_name": "nightly <b>", "role": "manager", "days": "7"}
    answer = send(qin, "/me/tokens", **form)
    [secret] = set(re.findall(r"mt_[A-Za-z0-9_-]{43}", answer.text))
    program = app.test_client()
    program.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    assert program.get("/api/v1/me").json["acting_as"] == ["manager"]
    again = send(qin, "/me/tokens", **form)
    assert (again.status_code, again.location) == (303, "/me?done=again#tokens")
    page = qin.get("/me").text
    assert "nightly &lt;b&gt;" in page
    assert "mt_" not in page
    [path] = re.findall(r'action="(/me/tokens/[^"]+/revoke)"', page)
    assert send(qin, path).status_code == 303
    assert program.get("/api/v1/me").status_code == 401
    assert send(qin, "/me/tokens/another/revoke").status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"token_name": " "}, "token_name"),
        ({"role": "admin"}, "role"),
        ({"role": ""}, "role"),
        ({"days": "0"}, "days"),
        ({"days": "many"}, "days"),
        ({"days": "99999999999999"}, "days"),
    ],
)
def test_a_token_that_cannot_be_is_told_at_its_field(
    qin: FlaskClient, typed: dict[str, str], field: str
) -> None:
    form = {"key": "t" * 20, "token_name": "nightly", "role": "manager", "days": "7", **typed}
    answer = send(qin, "/me/tokens", **form)
    assert answer.status_code in (400, 422)
    assert f'id="{field}-fault"' in answer.text
    assert 'value="nightly"' in answer.text or field == "token_name"


def test_it_stands_in_the_menu_of_everybody(
    stranger: FlaskClient, person: Callable[..., str]
) -> None:
    holder = signed_in(stranger, person("zhou", Role.HOLDER, language=Language.EN))
    page = holder.get("/me").text
    assert '<a href="/me">My account</a>' in page
    assert "outcome holder" in page
    for way in ("password", "tokens"):
        assert holder.get(f"/me/{way}").location == "/me"
