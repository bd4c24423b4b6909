"""Docking plans over HTTP: drafted, edited, confirmed, put aside."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import open_platform
from matcher.domain.enums import Role
from matcher.domain.plan import Plan, PlanLine, Quota, Unassigned, Unmet
from matcher.settings import Settings
from matcher.store import plans
from tests.platforms import NOW
from tests.web.conftest import Caller

API = "/api/v1/plans"
PLAN = Plan(
    id="P1",
    made_at=NOW,
    by="a1",
    quota=Quota(most=2),
    node="n1",
    lines=(
        PlanLine(need="w1", outcome="o1", manager="m1", value=0.5),
        PlanLine(need="w2", outcome="o3", manager="m2", value=0.4),
    ),
    unassigned=(Unassigned(need="w3", outcome="o5", rule=Unmet.NO_MANAGER),),
)


@pytest.fixture
def admin(caller: Caller, standard_settings: Settings) -> FlaskClient:
    with open_platform(standard_settings) as platform, platform.database.writing() as session:
        plans.add(session, PLAN)
    return caller(Role.ADMIN)


def test_a_plan_is_listed_and_read_with_titles(admin: FlaskClient) -> None:
    [one] = admin.get(API).get_json()["items"]
    assert (one["id"], one["counts"], one["quota"]) == (
        *("P1", {"proposed": 2}, {"least": 0, "most": 2}),
    )
    body = admin.get(f"{API}/P1?lang=en").get_json()
    assert body["lines"][0]["need_title"] == "Graphene coating wanted"
    assert body["unassigned"][0]["text"] == Unmet.NO_MANAGER.en


def test_an_edit_needs_the_version_that_was_seen_where_it_names_one(admin: FlaskClient) -> None:
    pair = {"need": "w1", "outcome": "o1"}
    seen = admin.get(f"{API}/P1").headers["ETag"]
    moved = admin.patch(
        f"{API}/P1/lines", json={"do": "move", **pair, "manager": "m2"}, headers={"If-Match": seen}
    )
    assert moved.status_code == 200
    managers = {one["manager"] for one in moved.get_json()["lines"] if one["state"] != "removed"}
    assert (managers, moved.get_json()["version"]) == ({"m2"}, 2)
    drop = {"do": "remove", "need": "w2", "outcome": "o3"}
    for more, headers in (({"version": 1}, {}), ({}, {"If-Match": seen})):
        late = admin.patch(f"{API}/P1/lines", json={**drop, **more}, headers=headers)
        assert (late.status_code, late.get_json()["type"]) == (
            409,
            "urn:tech-matcher:problem:edit_conflict",
        )
    assert admin.patch(f"{API}/P1/lines", json={**drop, "version": 2}).status_code == 200
    assert admin.patch(f"{API}/P1/lines", json=drop).status_code == 404


def test_a_plan_becomes_follow_ups_once(admin: FlaskClient) -> None:
    assert admin.post(f"{API}/P1/confirm", json={"version": 7}).status_code == 409
    done = admin.post(f"{API}/P1/confirm", json={"version": 1}).get_json()
    assert (done["plan"]["state"], len(done["followups"]), done["left_out"]) == ("confirmed", 2, [])
    again = admin.post(f"{API}/P1/confirm", json={}).get_json()
    assert (again["plan"], again["followups"]) == (done["plan"], [])
    assert admin.post(f"{API}/P1/discard", json={}).status_code == 409


def test_a_plan_is_put_aside(admin: FlaskClient) -> None:
    body = admin.post(f"{API}/P1/discard", json={"version": 1}).get_json()
    assert (body["state"], body["version"]) == ("discarded", 2)
    pair = {"do": "remove", "need": "w1", "outcome": "o1"}
    assert admin.patch(f"{API}/P1/lines", json=pair).status_code == 409


def test_a_plan_is_drafted_by_a_job(admin: FlaskClient) -> None:
    answer = admin.post(API, json={"quota": {"least": 1, "most": 2}, "needs": ["w1"]})
    assert (answer.status_code, answer.get_json()["kind"]) == (202, "plan")
    assert answer.get_json()["arguments"]["needs"] == ["w1"]
    assert admin.post(API, json={"quota": {"least": 3, "most": 2}}).status_code == 422


def test_others_know_of_no_plan(admin: FlaskClient, caller: Caller) -> None:
    for client in (caller(Role.ADMIN, node="n3"), caller(Role.MANAGER, manager="m1")):
        assert client.get(API).get_json()["items"] == []
        missing = client.get(f"{API}/P9").get_json()["detail"]
        for answer in (
            client.get(f"{API}/P1"),
            client.post(f"{API}/P1/confirm", json={}),
            client.post(f"{API}/P1/discard", json={}),
        ):
            assert answer.status_code == 404
            assert answer.get_json()["detail"].replace("P1", "P9") == missing
    assert client.post(API, json={"quota": {"most": 2}}).status_code == 403
