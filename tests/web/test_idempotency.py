"""A POST that is sent again is answered again, and carried out once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from matcher.actions import repeated
from matcher.domain.enums import Role
from matcher.errors import StoreUnavailable
from matcher.web.idempotency import HEADER, LONGEST_KEY, REPLAYED
from tests.web.conftest import Caller

NEEDS = "/api/v1/needs"
NEED = {"title": "Wear of guideways", "problem": "They wear within a year."}


def count(client: FlaskClient) -> int:
    found = client.get(f"{NEEDS}?limit=50").get_json()
    return len(found["items"] if "items" in found else found["matches"])


def test_the_same_request_with_its_key_is_carried_out_once(client: FlaskClient) -> None:
    before = count(client)
    first, second = (client.post(NEEDS, json=NEED, headers={HEADER: "k-1"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.get_json() == first.get_json()
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["ETag"] == first.headers["ETag"]
    assert REPLAYED not in first.headers
    assert second.headers[REPLAYED] == "true"
    assert count(client) == before + 1


def test_without_a_key_each_is_a_request_of_its_own(client: FlaskClient) -> None:
    one, other = (client.post(NEEDS, json=NEED).get_json()["id"] for _ in range(2))
    assert one != other


def test_a_key_stands_for_one_request(client: FlaskClient) -> None:
    client.post(NEEDS, json=NEED, headers={HEADER: "k-1"})
    answer = client.post(NEEDS, json={**NEED, "title": "Another"}, headers={HEADER: "k-1"})
    assert answer.status_code == 422
    assert answer.get_json()["type"].endswith("key-reused")


def test_the_key_of_another_caller_is_another_key(caller: Caller) -> None:
    one, other = caller(Role.ENTERPRISE), caller(Role.ENTERPRISE, "n2")
    first = one.post(NEEDS, json=NEED, headers={HEADER: "k-1"})
    second = other.post(NEEDS, json=NEED, headers={HEADER: "k-1"})
    assert first.get_json()["id"] != second.get_json()["id"]
    assert REPLAYED not in second.headers


def test_a_request_that_was_refused_may_be_mended_under_its_key(client: FlaskClient) -> None:
    assert client.post(NEEDS, json={"no": 1}, headers={HEADER: "k-1"}).status_code == 422
    assert client.post(NEEDS, json=NEED, headers={HEADER: "k-1"}).status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/api/v1/tokens", 422),
        ("POST", "/api/v1/imports", 422),
        ("DELETE", "/api/v1/tokens/x", 422),
        ("PATCH", "/api/v1/me", 422),
        ("GET", "/api/v1/me", 200),
    ],
)
def test_a_key_is_refused_where_it_would_not_be_heeded(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method, headers={HEADER: "k-1"})
    assert answer.status_code == status
    if status == 422:
        assert answer.get_json(force=True)["errors"][0]["loc"] == ["header", HEADER]


@pytest.mark.parametrize("key", ["", " ", "two words", "é", "x" * (LONGEST_KEY + 1)])
def test_what_is_no_key(client: FlaskClient, key: str) -> None:
    answer = client.post(NEEDS, json=NEED, headers={HEADER: key.encode().decode("latin-1")})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["loc"] == ["header", HEADER]


def test_two_at_once_make_one(client: FlaskClient) -> None:
    before = count(client)

    def post(_: int) -> int:
        return (
            client.application.test_client()
            .post(
                NEEDS,
                json=NEED,
                headers={HEADER: "k-1", "Authorization": client.environ_base["HTTP_AUTHORIZATION"]},
            )
            .status_code
        )

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(post, range(4)))
    assert 201 in found
    assert found <= {201, 409}
    assert count(client) == before + 1


def test_where_nobody_knows_what_became_of_it_nothing_is_created_twice(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreUnavailable("The disk is full.")

    before = count(client)
    with monkeypatch.context() as broken:
        broken.setattr(repeated, "finish", fail)
        assert client.post(NEEDS, json=NEED, headers={HEADER: "k-1"}).status_code == 503
    answer = client.post(NEEDS, json=NEED, headers={HEADER: "k-1"})
    assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
    assert answer.get_json()["type"].endswith("key-in-use")
    assert count(client) == before + 1
