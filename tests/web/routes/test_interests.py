"""Interests over HTTP: expressed by an enterprise, answered by a manager, watched by admins."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.domain.enums import Role
from tests.web.conftest import Caller

API = "/api/v1"
WISH = {"outcome": "o1", "text": "想了解", "contact": "1390000"}


@pytest.fixture
def m1(caller: Caller) -> FlaskClient:
    """The manager m1, whom the graphene coating is for."""
    return caller(Role.MANAGER, manager="m1")


def ids(client: FlaskClient, query: str = "") -> list[str]:
    return [one["id"] for one in client.get(f"{API}/interests{query}").get_json()["items"]]


def test_it_goes_to_a_manager_who_takes_it_up(client: FlaskClient, m1: FlaskClient) -> None:
    answer = client.post(f"{API}/interests", json=WISH)
    assert answer.status_code == 201
    made = answer.get_json()
    assert (made["state"], made["manager"], made["text"]) == ("routed", "m1", "想了解")
    assert made["history"] is None
    assert "room" not in {reason["code"] for reason in made["reasons"]}
    assert ids(m1) == ids(client) == [made["id"]]
    assert m1.get(f"{API}/interests/{made['id']}").get_json()["contact"] == "1390000"
    version = {"version": made["version"]}
    taken = m1.post(f"{API}/interests/{made['id']}/accept", json=version)
    assert taken.get_json()["state"] == "accepted"
    late = client.post(f"{API}/interests/{made['id']}/withdraw", json=version)
    assert late.status_code == 409


def test_a_second_one_answers_with_the_first(client: FlaskClient, m1: FlaskClient) -> None:
    first = client.post(f"{API}/interests", json=WISH)
    second = client.post(f"{API}/interests", json={"outcome": "o1", "text": "again"})
    assert second.status_code == 201
    assert second.get_json() == first.get_json()


def test_two_at_once_make_one(app: Flask, client: FlaskClient, m1: FlaskClient) -> None:
    together, found = Barrier(2), []

    def post() -> None:
        own = app.test_client()
        own.environ_base.update(client.environ_base)
        together.wait()
        found.append(own.post(f"{API}/interests", json=WISH))

    threads = [Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in found] == [201, 201]
    assert len({answer.get_json()["id"] for answer in found}) == 1
    assert len(ids(client)) == 1


def test_what_is_declined_is_gone_for_the_manager_and_waits_for_the_admin(
    caller: Caller, client: FlaskClient, m1: FlaskClient
) -> None:
    made = client.post(f"{API}/interests", json=WISH).get_json()
    path = f"{API}/interests/{made['id']}"
    said = {"reason": "no_capacity", "version": made["version"]}
    answer = m1.post(f"{path}/decline", json=said)
    assert (answer.status_code, answer.data) == (204, b"")
    assert m1.get(path).status_code == 404
    assert ids(m1) == []
    assert client.get(path).get_json()["state"] == "unrouted"
    admin = caller(Role.ADMIN)
    assert ids(admin, "?state=unrouted") == [made["id"]]
    assert ids(admin, "?state=routed,accepted") == []
    told = admin.get(path).get_json()["history"]
    assert [(one["to_state"], one["reason"]) for one in told] == [
        ("routed", None),
        ("unrouted", "no_capacity"),
    ]
    assert admin.post(f"{path}/route", json={}).get_json()["state"] == "unrouted"
    assert client.post(f"{path}/withdraw", json={}).get_json()["state"] == "withdrawn"


def test_for_all_others_it_is_not_there(
    caller: Caller, client: FlaskClient, m1: FlaskClient
) -> None:
    id_ = client.post(f"{API}/interests", json=WISH).get_json()["id"]
    others = (
        caller(Role.MANAGER, manager="m2"),
        caller(Role.ENTERPRISE, node="n2"),
        caller(Role.HOLDER),
        caller(Role.ADMIN, node="n3"),
    )
    missing = client.get(f"{API}/interests/X-0").get_json()["detail"]
    for other in others:
        hidden = other.get(f"{API}/interests/{id_}")
        assert (hidden.status_code, ids(other)) == (404, [])
        assert hidden.get_json()["detail"].replace(id_, "X-0") == missing
        for what, body in (("accept", {}), ("withdraw", {}), ("decline", {"reason": "price"})):
            assert other.post(f"{API}/interests/{id_}/{what}", json=body).status_code == 404


@pytest.mark.parametrize("role", [Role.MANAGER, Role.HOLDER])
def test_other_roles_have_none(caller: Caller, role: Role) -> None:
    assert caller(role).post(f"{API}/interests", json=WISH).status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"outcome": ""}, 422),
        ({"outcome": "o1", "text": "x" * 5001}, 422),
        ({"outcome": "o1", "manager": "m1"}, 422),
        ({"outcome": "o99"}, 404),
        ({"outcome": "o1", "need": "w99"}, 404),
        ({"outcome": "o1", "need": "w1"}, 403),
    ],
)
def test_what_can_not_be_wished_for(client: FlaskClient, body: object, status: int) -> None:
    assert client.post(f"{API}/interests", json=body).status_code == status
    assert ids(client) == []


def test_an_answer_to_a_repeated_key_is_the_same(client: FlaskClient, m1: FlaskClient) -> None:
    headers = {"Idempotency-Key": "k1"}
    first, again = (client.post(f"{API}/interests", json=WISH, headers=headers) for _ in range(2))
    assert first.get_json() == again.get_json()
    assert first.headers["ETag"] == again.headers["ETag"]
