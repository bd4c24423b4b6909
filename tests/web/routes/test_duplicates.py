"""Duplicates over HTTP: pairs are listed, merged, kept apart, taken apart."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun, Role
from matcher.settings import Settings
from matcher.store import merges
from tests.platforms import NOW
from tests.web.conftest import Caller

API = "/api/v1/duplicates"


@pytest.fixture
def pair(standard_settings: Settings) -> str:
    """The id of a proposal to merge outcome o4 into o3."""
    with open_platform(standard_settings) as platform, platform.database.writing() as session:
        why = {"keys": [], "alike": ["name"]}
        found = merges.propose(session, Noun.OUTCOME, "o3", "o4", score=0.9, why=why, at=NOW)
    return found.id


@pytest.fixture
def admin(caller: Caller) -> FlaskClient:
    return caller(Role.ADMIN)


def test_a_pair_is_merged_and_taken_apart(admin: FlaskClient, pair: str) -> None:
    [one] = admin.get(f"{API}?noun=outcome").get_json()["items"]
    assert (one["id"], one["kept"]["id"], one["dropped"]["title"]) == (pair, "o3", "锂电池回收")
    assert one["why"]["alike"] == ["name"]
    merged = admin.post(f"{API}/{pair}/merge", json={"keep": "o4"}).get_json()
    assert (merged["duplicate"]["kept"]["id"], merged["clashing"]) == ("o4", [])
    assert admin.get("/api/v1/outcomes/o3").get_json()["id"] == "o4"
    assert admin.post(f"{API}/{pair}/merge", json={}).status_code == 409
    assert admin.get(f"{API}?state=merged").get_json()["items"][0]["id"] == pair
    assert admin.post(f"{API}/{pair}/undo").get_json()["state"] == "undone"
    assert admin.get("/api/v1/outcomes/o3").get_json()["id"] == "o3"


def test_a_pair_that_is_two_is_not_proposed_again(admin: FlaskClient, pair: str) -> None:
    assert admin.post(f"{API}/{pair}/reject").get_json()["state"] == "rejected"
    assert admin.get(API).get_json()["items"] == []
    assert admin.post(f"{API}/{pair}/reject").status_code == 409


def test_two_may_be_merged_that_nobody_proposed(admin: FlaskClient) -> None:
    done = admin.post(API, json={"noun": "need", "kept": "w1", "dropped": "w2"})
    assert (done.status_code, done.get_json()["duplicate"]["state"]) == (200, "merged")
    missing = admin.post(API, json={"noun": "need", "kept": "w1", "dropped": "w9"})
    assert missing.status_code == 404
    assert admin.post(f"{API}/nothing/merge", json={}).status_code == 404


def test_who_sees_a_pair_need_not_be_allowed_to_decide(caller: Caller, pair: str) -> None:
    client = caller(Role.ADMIN, node="n2")
    assert [one["id"] for one in client.get(API).get_json()["items"]] == [pair]
    for answer in (
        client.post(f"{API}/{pair}/merge", json={}),
        client.post(f"{API}/{pair}/reject"),
        client.post(API, json={"noun": "need", "kept": "w1", "dropped": "w2"}),
    ):
        assert answer.status_code == 403
