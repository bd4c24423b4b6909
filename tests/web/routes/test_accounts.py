"""Accounts over HTTP: for admins of their node; to others they don't exist."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from matcher.domain.enums import Role
from tests.web.conftest import Caller

API = "/api/v1/accounts"
PASSWORD = "four words that fit"  # noqa: S105


@pytest.fixture
def admin(caller: Caller) -> FlaskClient:
    return caller(Role.ADMIN)


def test_an_account_is_added_changed_and_shut_out(admin: FlaskClient) -> None:
    told = {"login": "lin", "roles": ["enterprise"], "password": PASSWORD, "node": "n2"}
    added = admin.post(API, json=told)
    assert (added.status_code, added.headers["Location"]) == (201, f"{API}/lin")
    assert PASSWORD not in added.get_data(as_text=True)
    one = f"{API}/lin"
    assert admin.get(one).get_json() == added.get_json()
    changed = admin.patch(one, json={"name": "林", "language": "en"}).get_json()
    assert (changed["name"], changed["language"], changed["node"]) == ("林", "en", "n2")
    roles = admin.put(f"{one}/roles", json={"roles": ["manager", "enterprise"]}).get_json()
    assert set(roles["roles"]) == {"manager", "enterprise"}
    assert admin.put(f"{one}/password", json={"password": PASSWORD}).status_code == 204
    assert admin.post(f"{one}/unlock").status_code == 204
    assert admin.post(f"{one}/disable").get_json()["active"] is False
    assert admin.post(f"{one}/enable").get_json()["active"] is True


def test_what_can_not_be_is_refused(admin: FlaskClient) -> None:
    told = {"login": "lin", "roles": ["enterprise"]}
    assert admin.post(API, json=told).status_code == 201
    taken = admin.post(API, json={**told, "login": "LIN"})
    assert (taken.status_code, taken.get_json()["type"]) == (
        422,
        "urn:tech-matcher:problem:duplicate_id",
    )
    unknown = admin.post(API, json={**told, "login": "li", "organisation": "nowhere"})
    assert unknown.status_code == 404
    assert admin.put(f"{API}/admin-n1/roles", json={"roles": ["manager"]}).status_code == 400
    assert admin.post(f"{API}/admin-n1/disable").status_code == 400


def test_others_accounts_do_not_exist_and_ones_own_is_an_admins_to_change(
    caller: Caller, admin: FlaskClient
) -> None:
    manager = caller(Role.MANAGER, manager="m1")
    logins = [one["login"] for one in manager.get(API).get_json()["items"]]
    assert logins == ["manager-n1-m1"]
    assert manager.put(f"{API}/manager-n1-m1/roles", json={"roles": ["admin"]}).status_code == 403
    assert manager.post(API, json={"login": "x", "roles": ["admin"]}).status_code == 403
    below = caller(Role.ADMIN, node="n2")
    missing = below.get(f"{API}/nobody").get_json()["detail"]
    for path in ("", "/disable", "/enable", "/unlock"):
        verb = below.post if path else below.get
        hidden = verb(f"{API}/admin-n1{path}")
        assert hidden.status_code == 404
        assert hidden.get_json()["detail"].replace("admin-n1", "nobody") == missing
    assert below.put(f"{API}/admin-n1/password", json={"password": PASSWORD}).status_code == 404


def test_accounts_come_by_pages(admin: FlaskClient, caller: Caller) -> None:
    caller(Role.HOLDER)
    first = admin.get(f"{API}?limit=1").get_json()
    second = admin.get(f"{API}?limit=1&cursor={first['next_cursor']}").get_json()
    logins = [one["login"] for page in (first, second) for one in page["items"]]
    assert (logins, second["next_cursor"]) == (["admin-n1", "holder-n1"], None)
    assert admin.get(f"{API}?cursor=bm90").status_code == 422
