"""Ranked matches over HTTP: for words, for a need, for an outcome."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun, Role, Visibility
from matcher.settings import Settings
from tests.platforms import outcome, put
from tests.web.conftest import Caller

API = "/api/v1"


def ids(answer: object) -> list[str]:
    return [match["id"] for match in answer.get_json()["matches"]]  # type: ignore[attr-defined]


def test_words_find_outcomes_with_reasons(client: FlaskClient) -> None:
    answer = client.post(f"{API}/match", json={"text": "石墨烯涂层", "limit": 1, "lang": "en"})
    assert answer.status_code == 200
    body = answer.get_json()
    assert body["model_version"].startswith("0001-")
    assert body["degraded"] == []
    [match] = body["matches"]
    assert (match["id"], match["title"], match["rank"]) == ("o1", "石墨烯耐磨涂层", 1)
    assert match["band"] in {"strong", "possible", "weak"}
    assert match["likelihood"] is None
    assert sum(match["parts"].values()) == pytest.approx(match["score"])
    assert match["reasons"][0]["code"] == "terms"
    assert match["reasons"][0]["text"].startswith("Terms in common")


def test_reasons_in_chinese_are_not_escaped(client: FlaskClient) -> None:
    assert "共同术语" in client.post(f"{API}/match", json={"text": "石墨烯"}).text


def test_no_match_is_an_answer(client: FlaskClient) -> None:
    assert ids(client.post(f"{API}/match", json={"text": "გამარჯობა"})) == []


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("needs/w1/matches", "o1"),
        ("needs/w2/matches", "o4"),
        ("outcomes/o5/matches", "w3"),
        ("needs/w1/managers", "m1"),
        ("outcomes/o3/managers", "m2"),
        ("outcomes/o3/similar", "o4"),
        ("needs/w1/matches/o1", "o1"),
        ("outcomes/o1/matches/w1", "w1"),
    ],
)
def test_what_goes_with_a_record(client: FlaskClient, path: str, first: str) -> None:
    answer = client.get(f"{API}/{path}")
    assert answer.status_code == 200
    assert ids(answer)[0] == first


def test_a_filter_leaves_out_what_does_not_state_it(client: FlaskClient) -> None:
    assert ids(client.get(f"{API}/needs/w1/matches?trl_min=5")) == []


def test_the_limit_holds(client: FlaskClient) -> None:
    assert len(ids(client.get(f"{API}/needs/w2/matches?limit=1"))) == 1


@pytest.mark.parametrize("path", ["needs/nowhere/matches", "needs/w1/matches/o99"])
def test_what_is_not_there(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{API}/{path}")
    assert answer.status_code == 404
    assert answer.get_json()["type"].endswith(":not_found")


def test_what_may_not_be_known_of_is_not_there(caller: Caller, standard_settings: Settings) -> None:
    with open_platform(standard_settings) as platform:
        hidden = outcome("o9", "hidden", visibility=Visibility.BROKERS, node="n2")
        put(platform, Noun.OUTCOME, hidden)
    for role, status in ((Role.ENTERPRISE, 404), (Role.MANAGER, 200)):
        assert caller(role).get(f"{API}/outcomes/o9/matches").status_code == status
