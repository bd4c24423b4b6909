"""Tokens over HTTP: the secret once, and nobody becomes more than they are."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from matcher.actions.accounts import set_roles
from matcher.bootstrap import open_platform
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from tests.web.conftest import Caller

API = "/api/v1/tokens"


def status(app: Flask, secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return app.test_client().get("/api/v1/me", headers=headers).status_code


def test_a_token_signs_in_until_it_is_revoked_and_its_secret_is_told_once(
    app: Flask, client: FlaskClient
) -> None:
    made = client.post(API, json={"name": "laptop", "days": 1})
    body = made.get_json()
    secret = body.pop("secret")
    assert (made.status_code, body["role"], body["login"]) == (201, "enterprise", "enterprise-n1")
    assert status(app, secret) == 200
    listed = client.get(API)
    assert [one["name"] for one in listed.get_json()["items"]] == ["laptop", "tests"]
    assert secret not in listed.get_data(as_text=True)
    assert client.delete(f"{API}/{body['id']}").status_code == 204
    assert status(app, secret) == 401
    assert client.delete(f"{API}/{body['id']}").status_code == 204


def test_who_acts_in_one_role_gets_no_token_for_another(
    caller: Caller, standard_settings: Settings
) -> None:
    manager = caller(Role.MANAGER, manager="m1")
    with open_platform(standard_settings) as platform:
        set_roles(platform, SYSTEM, "manager-n1-m1", [Role.MANAGER, Role.ADMIN])
    assert manager.post(API, json={"name": "x", "role": "admin"}).status_code == 403
    assert manager.post(API, json={"name": "x"}).get_json()["role"] == "manager"
    assert manager.post(API, json={"name": "x", "role": "holder"}).status_code == 422


def test_an_admin_makes_tokens_for_others_of_their_node_alone(caller: Caller) -> None:
    caller(Role.HOLDER, node="n2")
    token = {"name": "x", "login": "holder-n2"}
    mine = caller(Role.ADMIN, node="n2").post(API, json=token)
    assert mine.status_code == 201
    other = caller(Role.ADMIN, node="n3")
    assert other.post(API, json=token).status_code == 404
    assert other.get(f"{API}?login=holder-n2").status_code == 404
    missing = other.delete(f"{API}/nothing").get_json()["detail"]
    hidden = other.delete(f"{API}/{mine.get_json()['id']}")
    assert hidden.status_code == 404
    assert hidden.get_json()["detail"].replace(mine.get_json()["id"], "nothing") == missing


def test_tokens_come_by_pages(client: FlaskClient) -> None:
    client.post(API, json={"name": "laptop"})
    first = client.get(f"{API}?limit=1").get_json()
    second = client.get(f"{API}?limit=1&cursor={first['next_cursor']}").get_json()
    names = [one["name"] for page in (first, second) for one in page["items"]]
    assert names == ["laptop", "tests"]
    other = client.get(f"{API}?limit=1&login=enterprise-n1&cursor={first['next_cursor']}")
    assert other.status_code == 422
