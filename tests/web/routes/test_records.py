"""Records over HTTP: found, entered, changed, removed, each by who may."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun, Role, Visibility
from matcher.settings import Settings
from tests.platforms import outcome, put
from tests.web.conftest import Caller

API = "/api/v1"
NEW: dict[str, dict[str, Any]] = {
    "outcome": {"title": "Graphene seal", "summary": "A seal with graphene.", "trl": 6},
    "need": {"title": "Seals wanted", "problem": "They leak at 300 °C."},
    "manager": {"name": "Kai", "statement": "Seals and pumps."},
    "organisation": {"name": "Seal works"},
}
MAY_ENTER = {
    Role.MANAGER: {"outcome", "need"},
    Role.ENTERPRISE: {"need"},
    Role.HOLDER: {"outcome"},
    Role.ADMIN: {"outcome", "need", "manager", "organisation"},
}


def entered(client: FlaskClient, noun: str = "outcome") -> tuple[str, str]:
    """The address and the tag of a new record."""
    answer = client.post(f"{API}/{noun}s", json=NEW[noun])
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"], answer.headers["ETag"]


@pytest.mark.parametrize("role", list(Role))
def test_who_may_enter_what(caller: Caller, role: Role) -> None:
    client = caller(role, **({"manager": "m1"} if role is Role.MANAGER else {}))
    for noun, fields in NEW.items():
        answer = client.post(f"{API}/{noun}s", json=fields)
        assert answer.status_code == (201 if noun in MAY_ENTER[role] else 403), (noun, answer.text)
        if answer.status_code == 201:
            read = client.get(answer.headers["Location"])
            assert read.headers["ETag"] == answer.headers["ETag"]
            assert read.get_json() == answer.get_json()


def test_what_is_entered_is_found_at_once(caller: Caller) -> None:
    client = caller(Role.HOLDER)
    address, _ = entered(client)
    found = client.get(f"{API}/outcomes?q=graphene%20seal&limit=1").get_json()
    assert address.endswith(found["items"][0]["record"]["id"])
    assert found["items"][0]["reasons"]


def test_nobody_overwrites_what_they_have_not_seen(caller: Caller) -> None:
    client = caller(Role.HOLDER)
    address, tag = entered(client)
    assert client.patch(address, json={"trl": 7}).status_code == 428
    first = client.patch(address, json={"trl": 7}, headers={"If-Match": tag})
    assert (first.status_code, first.get_json()["trl"]) == (200, 7)
    lost = client.patch(address, json={"trl": 8}, headers={"If-Match": tag})
    assert lost.status_code == 412
    assert client.get(address).get_json()["trl"] == 7
    assert client.get(address).get_json()["title"] == "Graphene seal"


def test_what_is_known_is_not_sent_again(caller: Caller) -> None:
    client = caller(Role.HOLDER)
    address, tag = entered(client)
    answer = client.get(address, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")


def test_a_record_written_anew_loses_what_is_not_given(caller: Caller) -> None:
    client = caller(Role.HOLDER)
    address, tag = entered(client)
    answer = client.put(address, json={"title": "Only a title"}, headers={"If-Match": tag})
    assert answer.status_code == 200
    assert answer.get_json().get("trl") is None


def test_a_record_that_is_removed_is_gone(caller: Caller) -> None:
    client = caller(Role.HOLDER)
    address, tag = entered(client)
    assert client.delete(address, headers={"If-Match": tag}).status_code == 204
    assert client.get(address).status_code == 404


def test_another_owner_may_look_and_not_touch(caller: Caller) -> None:
    address, _tag = entered(caller(Role.HOLDER))
    other = caller(Role.HOLDER, "n2")
    assert other.get(address).status_code == 200
    seen = other.get(address).headers["ETag"]
    for call in (other.delete, other.patch):
        more = {} if call == other.delete else {"json": {"trl": 1}}
        assert call(address, headers={"If-Match": seen}, **more).status_code == 403


def test_what_may_not_be_known_of_is_not_there_for_anybody_to_change(
    caller: Caller, standard_settings: Settings
) -> None:
    with open_platform(standard_settings) as platform:
        hidden = outcome("o9", "hidden", visibility=Visibility.BROKERS, node="n2")
        put(platform, Noun.OUTCOME, hidden)
    client = caller(Role.ENTERPRISE)
    for address in (f"{API}/outcomes/o9", f"{API}/outcomes/never"):
        assert client.get(address).status_code == 404
        answer = client.patch(address, json={"trl": 1}, headers={"If-Match": '"1-000000000000"'})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("fields", "loc"),
    [
        ({"title": "x", "colour": "red"}, "colour"),
        ({"title": 7}, "title"),
        ({"trl": 10}, "trl"),
        ({"price_min": 5, "price_max": 1}, "price_min"),
        ({"secrecy": "secret"}, "secrecy"),
    ],
)
def test_a_bad_field_is_named(caller: Caller, fields: dict[str, Any], loc: str) -> None:
    answer = caller(Role.HOLDER).post(f"{API}/outcomes", json=fields)
    assert answer.status_code == 422
    assert loc in str(answer.get_json()["errors"])


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE outcome; --", "{{ 7 * 7 }}", "<script>alert(1)</script>", "‮gnp.exe"]
)
def test_a_text_is_a_text(caller: Caller, text: str) -> None:
    client = caller(Role.HOLDER)
    made = client.post(f"{API}/outcomes", json={"title": text, "summary": text})
    assert client.get(made.headers["Location"]).get_json()["title"] == text


def test_lists_go_on_by_pages(client: FlaskClient) -> None:
    first = client.get(f"{API}/outcomes?limit=3").get_json()
    second = client.get(f"{API}/outcomes?limit=3&cursor={first['next_cursor']}").get_json()
    ids = [one["record"]["id"] for page in (first, second) for one in page["items"]]
    assert sorted(ids) == ["o1", "o2", "o3", "o4", "o5"]
    assert second["next_cursor"] is None
    other = client.get(f"{API}/outcomes?limit=3&q=rice&cursor={first['next_cursor']}")
    assert other.status_code == 422


def test_organisations_are_listed_by_id(caller: Caller) -> None:
    client = caller(Role.ADMIN)
    entered(client, "organisation")
    found = client.get(f"{API}/organisations?q=seal").get_json()
    assert [one["name"] for one in found["items"]] == ["Seal works"]
