"""The tree of nodes over HTTP."""

from __future__ import annotations

from matcher.domain.enums import Role
from tests.web.conftest import Caller

API = "/api/v1/nodes"


def test_everybody_sees_the_tree_and_admins_let_it_grow(caller: Caller) -> None:
    admin, client = caller(Role.ADMIN, node="n2"), caller(Role.ENTERPRISE)
    body = {"id": "n5", "name": "港", "kind": "professional"}
    added = admin.post(API, json=body, headers={"Idempotency-Key": "one"})
    assert (added.status_code, added.get_json()["parent"]) == (201, "n2")
    again = admin.post(API, json=body, headers={"Idempotency-Key": "one"})
    assert again.get_json() == added.get_json()
    assert admin.post(API, json=body).status_code == 422
    named = admin.patch(f"{API}/n5", json={"name_en": "Port"}).get_json()
    assert (named["name"], named["name_en"]) == ("港", "Port")
    tree = client.get(API).get_json()["items"]
    assert [(one["depth"], one["id"]) for one in tree] == [
        *((0, "n1"), (1, "n2"), (2, "n4"), (2, "n5"), (1, "n3")),
    ]


def test_a_node_is_added_and_named_by_its_admins_alone(caller: Caller) -> None:
    admin, client = caller(Role.ADMIN, node="n2"), caller(Role.ENTERPRISE)
    assert admin.post(API, json={"id": "n6", "parent": "n3"}).status_code == 403
    assert admin.post(API, json={"id": "n6", "parent": "n9"}).status_code == 404
    assert admin.patch(f"{API}/n1", json={"name": "mine"}).status_code == 403
    assert admin.patch(f"{API}/n9", json={"name": "mine"}).status_code == 404
    assert client.post(API, json={"id": "n6"}).status_code == 403
