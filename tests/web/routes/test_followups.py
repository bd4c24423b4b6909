"""Follow-ups over HTTP: listed, read, moved on, noted, with their contract."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from matcher.actions.decisions import Decision, decide
from matcher.bootstrap import open_platform
from matcher.domain.enums import DeclineReason, Role
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from tests.web.conftest import Caller

API = "/api/v1"


@pytest.fixture
def ids(standard_settings: Settings) -> list[str]:
    """Two that m1 accepted, and one that m2 declined."""
    with open_platform(standard_settings) as platform:
        accepted = [
            decide(platform, SYSTEM, "m1", need, "o1", Decision.ACCEPT).followup.id
            for need in ("w1", "w2")
        ]
        reason = DeclineReason.PRICE
        declined = decide(platform, SYSTEM, "m2", "w3", "o3", Decision.DECLINE, reason=reason)
    return [*accepted, declined.followup.id]


@pytest.fixture
def m1(caller: Caller) -> FlaskClient:
    """The manager m1."""
    return caller(Role.MANAGER, manager="m1")


def listed(client: FlaskClient, query: str = "") -> list[str]:
    return [one["id"] for one in client.get(f"{API}/followups{query}").get_json()["items"]]


def test_everybody_gets_those_they_may_know_of(
    caller: Caller, m1: FlaskClient, ids: list[str]
) -> None:
    assert listed(m1) == sorted(ids[:2])
    assert listed(m1, "?manager=m1&state=declined,expired") == []
    admin = caller(Role.ADMIN)
    assert listed(admin) == sorted(ids)
    assert listed(admin, "?state=declined") == ids[2:]
    assert listed(caller(Role.ENTERPRISE)) == listed(caller(Role.ADMIN, node="n3")) == []
    assert m1.get(f"{API}/followups?manager=m2").status_code == 403


@pytest.mark.parametrize("whose", ["", "&manager=m1"])
def test_a_cursor_leads_to_the_next_page(m1: FlaskClient, ids: list[str], whose: str) -> None:
    first = m1.get(f"{API}/followups?limit=1{whose}").get_json()
    second = m1.get(f"{API}/followups?limit=1{whose}&cursor={first['next_cursor']}").get_json()
    assert [one["id"] for page in (first, second) for one in page["items"]] == sorted(ids[:2])
    assert second["next_cursor"] is None


def test_one_is_told_whole_and_others_do_not_know_of_it(
    caller: Caller, m1: FlaskClient, ids: list[str]
) -> None:
    answer = m1.get(f"{API}/followups/{ids[0]}?lang=en")
    assert answer.headers["ETag"].startswith('"1-')
    body = answer.get_json()
    assert (body["need_title"], body["manager"]) == ("Graphene coating wanted", "m1")
    assert [step["to_state"] for step in body["history"]] == ["accepted"]
    assert (body["notes"], body["contract"]) == ([], None)
    assert body["legal"][0] == "contacted"
    missing = m1.get(f"{API}/followups/F-nothing").get_json()
    for client in (caller(Role.MANAGER, manager="m2"), caller(Role.ENTERPRISE)):
        hidden = client.get(f"{API}/followups/{ids[0]}")
        assert hidden.status_code == 404
        assert hidden.get_json()["detail"].replace(ids[0], "F-nothing") == missing["detail"]


def test_it_is_moved_on_with_its_contract_and_an_illegal_step_names_the_legal_ones(
    m1: FlaskClient, ids: list[str]
) -> None:
    path = f"{API}/followups/{ids[0]}/transitions"
    sheet = {
        "mode": "license",
        "value": 100,
        "payment": {"instalments": [{"amount": 40, "due_on": "2027-01-01"}], "royalty_percent": 3},
    }
    signed = m1.post(path, json={"to": "contract_signed", "contract": sheet, "version": 1})
    body = signed.get_json()
    assert (signed.status_code, body["state"]) == (200, "contract_signed")
    assert body["contract"]["payment"]["instalments"] == [{"amount": 40, "due_on": "2027-01-01"}]
    back = m1.post(path, json={"to": "accepted"})
    assert back.status_code == 409
    assert "It can go to: registered" in back.get_json()["detail"]


def test_notes_and_what_is_next_are_written_down(m1: FlaskClient, ids: list[str]) -> None:
    path = f"{API}/followups/{ids[0]}"
    said = {"text": "called", "next_action": "NDA", "due_on": "2027-01-15"}
    body = m1.post(f"{path}/notes", json=said).get_json()
    assert [one["text"] for one in body["notes"]] == ["called"]
    assert (body["next_action"], body["due"]) == ("NDA", "2027-01-15")
    assert listed(m1, "?manager=m1")[0] == ids[0]
    assert m1.post(f"{path}/notes", json={}).status_code == 422


def test_the_contract_sheet_is_replaced(m1: FlaskClient, ids: list[str]) -> None:
    path = f"{API}/followups/{ids[0]}/contract"
    body = m1.put(path, json={"value": 5, "version": 1}).get_json()
    assert (body["contract"], body["version"]) == ({"value": 5, "currency": "CNY"}, 2)
    assert m1.put(path, json={"value": 5, "technical_value": 6}).status_code == 422


@pytest.mark.parametrize("path", ["transitions", "notes", "contract"])
def test_what_somebody_else_changed_is_not_written_over(
    m1: FlaskClient, ids: list[str], path: str
) -> None:
    url = f"{API}/followups/{ids[0]}"
    seen = m1.get(url).headers["ETag"]
    body = {"transitions": {"to": "contacted"}, "notes": {"text": "a"}, "contract": {"value": 1}}
    call = m1.put if path == "contract" else m1.post
    first = call(f"{url}/{path}", json=body[path], headers={"If-Match": seen})
    assert first.status_code == 200
    assert first.headers["ETag"] == m1.get(url).headers["ETag"] != seen
    for more, headers in (({}, {"If-Match": seen}), ({"version": 1}, {})):
        late = call(f"{url}/{path}", json={**body[path], **more}, headers=headers)
        assert late.status_code == 409
        assert late.get_json()["type"].endswith(":edit_conflict")


def test_admins_of_another_node_and_enterprises_change_nothing(
    caller: Caller, ids: list[str]
) -> None:
    for client in (caller(Role.ENTERPRISE), caller(Role.ADMIN, node="n3")):
        answer = client.post(f"{API}/followups/{ids[0]}/notes", json={"text": "x"})
        assert answer.status_code == 404


@pytest.mark.parametrize("query", ["limit=0", "state=lost", "cursor=%00"])
def test_a_list_that_can_not_be_asked_for(m1: FlaskClient, query: str) -> None:
    assert m1.get(f"{API}/followups?{query}").status_code == 422
