"""Models over HTTP: for admins of a root node."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from matcher.domain.enums import Role
from tests.web.conftest import Caller

API = "/api/v1"


@pytest.fixture
def chief(caller: Caller) -> FlaskClient:
    return caller(Role.ADMIN)


def test_a_model_is_listed_read_and_compared(chief: FlaskClient) -> None:
    [only] = chief.get(f"{API}/models").get_json()["items"]
    assert (only["state"], only["records"]) == ("current", 10)
    current = chief.get(f"{API}/models/current").get_json()
    assert current == chief.get(f"{API}/models/{only['version']}").get_json()
    assert (current["version"], current["counts"]["need"]) == (only["version"], 3)
    assert current["gate"]["verdict"] == "not_comparable"
    body = chief.get(f"{API}/models/current/compare/{only['version']}").get_json()
    assert not any(line["differs"] for line in body["lines"])
    missing = chief.get(f"{API}/models/0009-00000000")
    assert missing.status_code == 404


def test_a_training_a_publication_and_a_way_back_are_jobs(chief: FlaskClient) -> None:
    version = chief.get(f"{API}/models/current").get_json()["version"]
    asked = {
        f"{API}/trainings": ({"publish": False}, "training"),
        f"{API}/models/current/publish": ({"why": "tested"}, "publish"),
        f"{API}/models/rollback": ({"version": version}, "rollback"),
    }
    for path, (body, kind) in asked.items():
        answer = chief.post(path, json=body)
        job = answer.get_json()
        assert (answer.status_code, job["kind"], job["state"]) == (202, kind, "waiting")
        assert answer.headers["Location"] == f"{API}/jobs/{job['id']}"
        assert chief.get(answer.headers["Location"]).get_json() == job
    published = chief.get(f"{API}/jobs?kind=publish").get_json()["items"][0]
    assert published["arguments"] == {"version": version, "why": "tested"}


def test_a_version_that_is_not_there_is_not_published(chief: FlaskClient) -> None:
    for path, body in (("0009-00000000/publish", {}), ("rollback", {"version": "0009-00000000"})):
        assert chief.post(f"{API}/models/{path}", json=body).status_code == 404
    assert chief.get(f"{API}/jobs").get_json()["items"] == []


def test_the_way_back_is_no_version(chief: FlaskClient) -> None:
    assert chief.get(f"{API}/models/rollback").status_code == 405
    assert chief.get(f"{API}/models/rollbacks").status_code == 404


@pytest.mark.parametrize(("role", "node"), [(Role.ADMIN, "n2"), (Role.MANAGER, "n1")])
def test_others_are_told_nothing_of_models(caller: Caller, role: Role, node: str) -> None:
    client = caller(role, node)
    for path in ("models", "models/current", "models/x", "models/x/compare/y"):
        assert client.get(f"{API}/{path}").status_code == 403
    for path in ("trainings", "models/x/publish", "models/rollback"):
        assert client.post(f"{API}/{path}", json={}).status_code == 403
