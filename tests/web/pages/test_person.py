"""A person without a browser: changed as they were seen, shut out, another password, tokens."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.actions.accounts import change_account, get_account
from matcher.actions.platform import Platform
from matcher.actions.tokens import LONGEST_DAYS, new_token
from matcher.domain.account import Account
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.visibility import SYSTEM
from matcher.store import accounts
from tests.platforms import manager, put, remove
from tests.web.pages.test_adding import MADE
from tests.web.pages.test_people import chief
from tests.web.people import PASSWORD, csrf_of, signed_in

__all__ = ["chief"]


@pytest.fixture
def qin(person: Callable[..., str], platform: Platform) -> Account:
    login = person("qin", Role.MANAGER, name="Qin", node="n2", manager="m1")
    return get_account(platform, SYSTEM, login)


def send(client: FlaskClient, path: str, key: str = "k" * 20, **form: str) -> TestResponse:
    data = {"csrf_token": csrf_of(client), "key": key, **form}
    return client.post(path, data=data)


def form_of(client: FlaskClient, id_: str) -> dict[str, str]:
    """What the form of details holds, as a browser would send it."""
    text = html.unescape(client.get(f"/people/{id_}").text)
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', text)
    held = re.search(r'id="manager" name="manager" value="([^"]*)"', text)
    assert seen is not None
    assert held is not None
    told = {"name": "Qin", "roles": "manager", "node": "n2", "language": "zh", "organisation": ""}
    return {**told, "seen": seen[1], "manager": held[1]}


def now(platform: Platform, login: str = "qin") -> Account:
    return get_account(platform, SYSTEM, login)


def keys_in(client: FlaskClient, id_: str) -> dict[str, str]:
    """The key of each form of signing in, by what it does."""
    found = r'action="/people/[^"/]+/(\w+)">.*?name="key" value="([^"]+)"'
    return dict(re.findall(found, client.get(f"/people/{id_}").text))


def test_all_of_it_is_changed_in_one_go(
    chief: FlaskClient, platform: Platform, qin: Account
) -> None:
    path, form = f"/people/{qin.id}", form_of(chief, qin.id)
    page = chief.get(path).text
    for leads in (f"/audit?about=account:{qin.id}", "/managers/edit/m1"):
        assert chief.get(leads).status_code == 200
        assert f'href="{leads}"' in page
    answer = send(chief, path, **{**form, "name": "秦", "roles": "holder", "node": "n4"})
    assert (answer.status_code, answer.location) == (303, f"{path}?done=saved")
    found = now(platform)
    assert (found.name, found.roles, found.node) == ("秦", (Role.HOLDER,), "n4")
    assert found.manager == "m1"
    assert "Saved." in chief.get(answer.location).text


def test_whoever_saves_second_sees_both_and_loses_nothing(
    chief: FlaskClient, platform: Platform, qin: Account
) -> None:
    form = form_of(chief, qin.id)
    change_account(platform, SYSTEM, "qin", {"name": "Theirs", "roles": (Role.HOLDER,)})
    answer = send(chief, f"/people/{qin.id}", **{**form, "name": "Mine"})
    assert answer.status_code == 409
    text = html.unescape(answer.text)
    for told in ("Theirs", 'value="Mine"', "outcome holder", "What you typed is still below"):
        assert told in text
    assert now(platform).name == "Theirs"
    # Sent from this page, which has seen theirs, it counts.
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', text)
    assert seen is not None
    mended = {**form, "name": "Mine", "seen": seen[1]}
    assert send(chief, f"/people/{qin.id}", **mended).status_code == 303
    assert send(chief, f"/people/{qin.id}", **{**mended, "seen": ""}).status_code == 409


def test_a_record_that_went_away_is_told_and_stays(
    chief: FlaskClient, platform: Platform, qin: Account
) -> None:
    remove(platform, Noun.MANAGER, ["m1"])
    assert "isn’t there any more" in chief.get(f"/people/{qin.id}").text
    answer = send(chief, f"/people/{qin.id}", **{**form_of(chief, qin.id), "name": "秦"})
    assert (answer.status_code, answer.location) == (303, f"/people/{qin.id}?done=saved")
    assert (now(platform).name, now(platform).manager) == ("秦", "m1")
    change_account(platform, SYSTEM, "qin", {"manager": ""})
    assert "without a manager’s record" in chief.get(f"/people/{qin.id}").text


def test_another_password_is_told_once_and_ends_their_sessions(
    app: Flask, chief: FlaskClient, platform: Platform, qin: Account
) -> None:
    theirs = signed_in(app.test_client(), "qin")
    answer = send(chief, f"/people/{qin.id}/password")
    [password] = set(MADE.findall(answer.text))
    with platform.database.reading() as session:
        assert accounts.verify_password(session, "qin", password) == qin
        assert accounts.verify_password(session, "qin", PASSWORD) is None
    assert theirs.get("/today").status_code == 302
    again = send(chief, f"/people/{qin.id}/password")
    assert (again.status_code, again.location) == (303, f"/people/{qin.id}?done=again")
    assert not MADE.search(chief.get(f"/people/{qin.id}").text)


def test_somebody_is_shut_out_and_let_in_again(
    app: Flask, chief: FlaskClient, platform: Platform, qin: Account
) -> None:
    theirs = signed_in(app.test_client(), "qin")
    new_token(platform, SYSTEM, "qin", "nightly", None, LONGEST_DAYS)
    page = chief.get(f"/people/{qin.id}").text
    assert "A token that counts now is refused" in page
    assert send(chief, f"/people/{qin.id}/disable").status_code == 303
    assert not now(platform).active
    assert theirs.get("/today").status_code == 302
    assert "Let in again" in chief.get(f"/people/{qin.id}").text
    assert send(chief, f"/people/{qin.id}/enable", key="e" * 20).status_code == 303
    assert now(platform).active
    assert send(chief, f"/people/{qin.id}/unlock", key="u" * 20).status_code == 303


def test_no_form_is_taken_for_another_of_its_page(
    chief: FlaskClient, platform: Platform, qin: Account
) -> None:
    keys = keys_in(chief, qin.id)
    assert set(keys) == {"password", "unlock", "disable"}
    assert len(set(keys.values())) == 3
    # As when both were sent from one page, one of them in another window.
    assert send(chief, f"/people/{qin.id}/password", keys["password"]).status_code == 200
    assert send(chief, f"/people/{qin.id}/disable", keys["disable"]).status_code == 303
    assert not now(platform).active
    wrong = send(chief, f"/people/{qin.id}/enable", keys["disable"])
    assert wrong.status_code == 422
    assert not now(platform).active


def test_ones_own_password_is_not_replaced_here(chief: FlaskClient, platform: Platform) -> None:
    own = now(platform, "chief")
    for way in ("password", "disable", "enable"):
        answer = send(chief, f"/people/{own.id}/{way}", way.ljust(20, "x"))
        assert (answer.status_code, "under “My account”" in answer.text) == (403, True)
        assert not MADE.search(answer.text)
    with platform.database.reading() as session:
        assert accounts.verify_password(session, "chief", PASSWORD) == own


def test_a_token_of_theirs_is_revoked_and_no_others(
    chief: FlaskClient, platform: Platform, qin: Account
) -> None:
    held, _ = new_token(platform, SYSTEM, "qin", "nightly <b>", None, LONGEST_DAYS)
    other, _ = new_token(platform, SYSTEM, "chief", "mine", None, LONGEST_DAYS)
    page = chief.get(f"/people/{qin.id}").text
    assert "nightly &lt;b&gt;" in page
    path = f"/people/{qin.id}/tokens"
    assert send(chief, f"{path}/{other.token.id}/revoke").status_code == 404
    assert send(chief, f"{path}/{held.token.id}/revoke").status_code == 303
    assert "1 over" in chief.get(f"/people/{qin.id}").text


def test_the_last_admin_stays_one(chief: FlaskClient, platform: Platform) -> None:
    own = now(platform, "chief")
    page = chief.get(f"/people/{own.id}").text
    assert "your own account" in page
    assert "Shut this account out" not in page
    form = {**form_of(chief, own.id), "roles": "holder", "node": "n1"}
    answer = send(chief, f"/people/{own.id}", **form)
    assert answer.status_code == 400
    assert "last administrator" in answer.text
    assert now(platform, "chief") == own


def test_an_admin_of_a_part_neither_sees_others_nor_acts_for_their_managers(
    stranger: FlaskClient, platform: Platform, person: Callable[..., str], qin: Account
) -> None:
    put(platform, Noun.MANAGER, manager("m5", node="n2"))
    east = signed_in(stranger, person("east", Role.ADMIN, node="n2", language=Language.EN))
    person("west", Role.HOLDER, node="n3")
    west = now(platform, "west")
    for path in ("", "/password", "/disable", "/unlock", "/tokens/x/revoke"):
        assert send(east, f"/people/{west.id}{path}").status_code == 404
    assert east.get(f"/people/{west.id}").status_code == 404
    # Qin is of the east, but is a manager of the core node.
    refused = send(east, f"/people/{qin.id}/password")
    assert refused.status_code == 403
    assert "belongs to a node that isn" in refused.text
    assert not MADE.search(refused.text)
    assert "/managers/edit/m1" not in east.get(f"/people/{qin.id}").text
    form = form_of(east, qin.id)
    moved = send(east, f"/people/{qin.id}", **{**form, "node": "n1"})
    assert moved.status_code == 403
    assert now(platform) == qin


def test_where_forms_are_sent_to_one_is_led_back(chief: FlaskClient, qin: Account) -> None:
    for way in ("password", "disable", "enable", "unlock"):
        assert chief.get(f"/people/{qin.id}/{way}").location == f"/people/{qin.id}"
