"""The worklist over HTTP, and what is decided on its pairs, by role."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun, Role
from matcher.settings import Settings
from tests.platforms import manager, put
from tests.web.conftest import Caller

API = "/api/v1"
PAIR = {"need": "w1", "outcome": "o1"}


@pytest.fixture
def m1(caller: Caller) -> FlaskClient:
    """The manager m1."""
    return caller(Role.MANAGER, manager="m1")


def first_row(client: FlaskClient) -> Any:
    return client.get(f"{API}/managers/m1/worklist?lang=en").get_json()["rows"][0]


def test_a_manager_gets_the_pairs_of_the_day_with_reasons(m1: FlaskClient) -> None:
    answer = m1.get(f"{API}/managers/m1/worklist?size=3&lang=en")
    assert answer.status_code == 200
    body = answer.get_json()
    assert (body["manager"], body["empty"], body["degraded"]) == ("m1", None, [])
    assert body["model_version"].startswith("0001-")
    row = body["rows"][0]
    assert (row["need"], row["outcome"], row["position"]) == ("w1", "o1", 1)
    assert (row["need_title"], row["outcome_title"]) == (
        "Graphene coating wanted",
        "石墨烯耐磨涂层",
    )
    assert row["parts"].keys() == {"pair", "suitability", "room"}
    assert row["match"]["band"] in {"strong", "possible", "weak"}
    assert row["match"]["reasons"][0]["text"].startswith("Terms in common")
    assert (row["followup"], row["version"]) == (None, 0)
    assert "propensity" not in row


def test_an_empty_list_says_why(m1: FlaskClient, standard_settings: Settings) -> None:
    with open_platform(standard_settings) as platform:
        put(platform, Noun.MANAGER, manager("m1", "涂层", capacity=0))
    body = m1.get(f"{API}/managers/m1/worklist?on=2026-11-01&lang=en").get_json()
    assert (body["day"], body["rows"]) == ("2026-11-01", [])
    assert body["empty"] == {"code": "no_room", "text": "the manager's capacity is full"}


def test_a_suggestion_is_accepted_once_and_taken_back(m1: FlaskClient) -> None:
    row = first_row(m1)
    answer = m1.post(f"{API}/suggestions/{row['id']}/accept", json={"version": 0})
    assert answer.status_code == 200
    followup = answer.get_json()
    assert (followup["state"], followup["manager"], followup["version"]) == ("accepted", "m1", 1)
    assert answer.headers["ETag"].startswith('"1-')
    again = m1.post(f"{API}/suggestions/{row['id']}/accept", json={})
    assert again.status_code == 409
    assert again.get_json()["type"].endswith(":illegal_transition")
    undone = m1.post(f"{API}/followups/{followup['id']}/undo", json={"version": 1})
    assert undone.get_json()["state"] == "suggested"
    back = first_row(m1)
    assert (back["id"], back["followup"]) == (row["id"], followup["id"])
    assert back["version"] == 2


def test_a_suggestion_is_declined_with_a_reason_or_put_off(m1: FlaskClient) -> None:
    id_ = first_row(m1)["id"]
    snoozed = m1.post(f"{API}/suggestions/{id_}/snooze", json={"until": "2999-01-01"})
    assert (snoozed.get_json()["state"], snoozed.get_json()["due"]) == ("on_hold", "2999-01-01")
    said = {"reason": "price", "why": "dear"}
    declined = m1.post(f"{API}/suggestions/{id_}/decline", json=said)
    assert declined.get_json()["history"][-1]["reason"] == "price"
    stale = m1.post(f"{API}/suggestions/{id_}/snooze", json={"until": "2999-01-01", "version": 1})
    assert stale.get_json()["type"].endswith(":edit_conflict")


def test_a_pair_is_decided_on_by_name(m1: FlaskClient) -> None:
    body = {**PAIR, "decision": "accept", "version": 0}
    answer = m1.post(f"{API}/managers/m1/decisions", json=body)
    assert (answer.status_code, answer.get_json()["state"]) == (200, "accepted")


@pytest.mark.parametrize(
    ("role", "more", "status"),
    [
        (Role.ENTERPRISE, {}, 403),
        (Role.MANAGER, {"manager": "m2"}, 403),
        (Role.ADMIN, {"node": "n2"}, 403),
        (Role.ADMIN, {}, 200),
    ],
)
def test_others_have_no_part_in_a_managers_day(
    caller: Caller, m1: FlaskClient, role: Role, more: dict[str, str], status: int
) -> None:
    id_, other = first_row(m1)["id"], caller(role, **more)
    assert other.get(f"{API}/managers/m1/worklist").status_code == status
    assert other.post(f"{API}/suggestions/{id_}/accept", json={}).status_code == status


@pytest.mark.parametrize("id_", ["S-nothing", "S-" + "W10", "x"])
def test_a_made_up_suggestion_is_not_there(m1: FlaskClient, id_: str) -> None:
    answer = m1.post(f"{API}/suggestions/{id_}/accept", json={})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("managers/m1/decisions", {**PAIR, "decision": "perhaps"}),
        ("managers/m1/decisions", {**PAIR, "decision": "decline"}),
        ("managers/m1/decisions", {**PAIR, "decision": "accept", "version": -1}),
        ("managers/m1/decisions", {**PAIR, "decision": "snooze", "until": "2000-01-01"}),
        ("suggestions/S-x/decline", {}),
        ("suggestions/S-x/accept", {"because": "x"}),
    ],
)
def test_what_can_not_be_said_is_refused(m1: FlaskClient, path: str, body: object) -> None:
    answer = m1.post(f"{API}/{path}", json=body)
    assert answer.status_code == 422
    assert answer.get_json()["errors"]


@pytest.mark.parametrize("query", ["size=0", "size=101", "on=tomorrow", "lang=fr", "page=2"])
def test_a_list_that_can_not_be_asked_for(m1: FlaskClient, query: str) -> None:
    assert m1.get(f"{API}/managers/m1/worklist?{query}").status_code == 422
