"""Records over HTTP: found, entered, changed, removed, each by who may."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import open_platform
from matcher.domain.enums import Grade, Noun, Role, Visibility
from matcher.settings import Settings
from matcher.store import records as store
from tests.platforms import NOW, manager, need, outcome, put
from tests.web.conftest import Caller

API = "/api/v1"
NEW: dict[str, dict[str, Any]] = {
    "outcome": {"title": "Graphene seal", "summary": "A seal with graphene.", "trl": 6},
    "need": {"title": "Seals wanted", "problem": "They leak at 300 °C."},
    "manager": {"name": "Kai", "statement": "Seals and pumps."},
    "organisation": {"name": "Seal works"},
}
SET_HERE = {"id", "updated_at", "version", "created_at", "changed_at"}
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


def test_an_id_of_any_script_has_an_address(caller: Caller) -> None:
    client = caller(Role.ADMIN)
    for id_ in ("成果 1", "'; DROP TABLE need; --", "{{7*7}}", "a?b#c%2F", "..."):
        made = client.post(f"{API}/needs", json={"id": id_, "title": id_})
        assert made.status_code == 201, made.text
        assert made.headers["Location"].isascii()
        assert client.get(made.headers["Location"]).get_json()["id"] == id_
        again = client.post(f"{API}/needs", json={"id": id_})
        assert (again.status_code, again.get_json()["errors"][0]["loc"]) == (422, ["body", "id"])
    assert client.post(f"{API}/needs", json={"id": "a/b"}).status_code == 422


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"budget_max": NaN}', 400),
        ('{"budget_max": 1e400}', 422),
        ('{"budget_max": 1.5}', 422),
        ('{"budget_max": 1' + "0" * 30 + "}", 422),
        ('{"budget_max": 1' + "0" * 5000 + "}", 400),
        ('{"valid_until": "1066-10-14"}', 422),
        ('{"title": "a\\u0000b"}', 422),
        ('{"title": "\\ud800"}', 400),
        ('{"title": "' + "x" * 100_001 + '"}', 422),
        ('{"reg_no": "' + "x" * 501 + '"}', 422),
        ('{"keywords": ' + "[" * 30 + "]" * 30 + "}", 400),
        ('{"title": "' + "x" * 1_100_000 + '"}', 413),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_no_record_can_hold(client: FlaskClient, body: str, status: int) -> None:
    before = client.get(f"{API}/needs").get_json()["found"]
    answer = client.post(f"{API}/needs", data=body, content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert client.get(f"{API}/needs").get_json()["found"] == before


def test_a_manager_who_writes_back_what_they_were_shown_wipes_nothing(
    caller: Caller, standard_settings: Settings
) -> None:
    guarded = replace(manager("m9", "old", node="n2"), conflicts=("u",), grade=Grade.SENIOR)
    with open_platform(standard_settings) as platform:
        put(platform, Noun.MANAGER, guarded)
    own = caller(Role.MANAGER, manager="m9")
    address = f"{API}/managers/m9"
    read = own.get(address)
    body = {name: value for name, value in read.get_json().items() if name not in SET_HERE}
    assert body["conflicts"] == []
    tagged = {"If-Match": read.headers["ETag"]}
    for wrong in ({"grade": "junior"}, {"conflicts": ["v"]}, {"active": False}, {"node": "n1"}):
        assert own.put(address, json={**body, **wrong}, headers=tagged).status_code == 403
    answer = own.put(address, json={**body, "statement": "new"}, headers=tagged)
    assert (answer.status_code, answer.get_json()["statement"]) == (200, "new")
    admin = caller(Role.ADMIN, "n2").get(address).get_json()
    assert (admin["conflicts"], admin["grade"], admin["version"]) == (["u"], "senior", 2)
    assert own.delete(address, headers={"If-Match": answer.headers["ETag"]}).status_code == 403


def test_what_is_kept_from_a_caller_is_kept_from_them_everywhere(
    caller: Caller, standard_settings: Settings
) -> None:
    with open_platform(standard_settings) as platform:
        put(platform, Noun.NEED, need("w1", "Graphene", owner="zorbex", visible_to=("quux",)))
    client = caller(Role.ENTERPRISE, "n3")
    for path in ("needs/w1", "needs", "needs?q=graphene"):
        answer = client.get(f"{API}/{path}")
        assert answer.status_code == 200
        assert "zorbex" not in answer.text
        assert "quux" not in answer.text


@pytest.mark.parametrize("cursor", ["x", "石", "W10", "eyJ9", "a" * 2001])
@pytest.mark.parametrize("path", ["needs", "organisations"])
def test_a_cursor_that_is_none_is_refused(client: FlaskClient, path: str, cursor: str) -> None:
    answer = client.get(f"{API}/{path}", query_string={"cursor": cursor})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["loc"] == ["query", "cursor"]


def test_a_merged_record_is_read_as_what_is_left_and_changed_as_that_alone(
    caller: Caller, standard_settings: Settings
) -> None:
    client = caller(Role.ADMIN)
    tag = client.get(f"{API}/outcomes/o1").headers["ETag"]
    with open_platform(standard_settings) as platform, platform.database.writing() as session:
        store.set_merged(session, Noun.OUTCOME, "o1", "o2", actor="a", at=NOW)
    read = client.get(f"{API}/outcomes/o1", headers={"If-None-Match": tag})
    assert (read.status_code, read.get_json()["id"]) == (200, "o2")
    for own in (tag, read.headers["ETag"]):
        tagged = {"If-Match": own}
        answer = client.patch(f"{API}/outcomes/o1", json={"trl": 1}, headers=tagged)
        assert answer.status_code == 412
    assert client.patch(f"{API}/outcomes/o2", json={"trl": 1}, headers=tagged).status_code == 200
