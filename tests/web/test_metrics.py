"""What Prometheus reads, and who may."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from matcher.domain.enums import Role
from matcher.settings import Settings
from matcher.web.answered import note_answered
from matcher.web.app import create_app
from tests.web.conftest import Caller

Labels = dict[str, str]


def samples(client: FlaskClient) -> list[tuple[str, Labels, float]]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")
    families = text_string_to_metric_families(answer.get_data(as_text=True))
    return [(one.name, one.labels, one.value) for family in families for one in family.samples]


def value(client: FlaskClient, name: str, **labels: str) -> float | None:
    found = (number for called, has, number in samples(client) if (called, has) == (name, labels))
    return next(found, None)


def test_answers_are_counted_by_operation_and_never_by_path(client: FlaskClient) -> None:
    for path in ("/api/v1/needs/w1/matches", "/api/v1/needs/w2/matches", "/nowhere/secret-17"):
        client.get(path)
    client.open("/healthz", method="ANYTHING")
    operation = "api.matching.need_matches"
    wanted = {"operation": operation, "method": "GET", "status": "200"}
    assert value(client, "matcher_requests_total", **wanted) == 2
    assert value(client, "matcher_request_seconds_count", operation=operation) == 2
    unknown = {"operation": "none", "method": "GET", "status": "404"}
    assert value(client, "matcher_requests_total", **unknown) == 1
    text = client.get("/metrics").get_data(as_text=True)
    for private in ("w1", "secret-17", "ANYTHING", "enterprise"):
        assert private not in text


def test_model_readiness_and_what_is_behind(client: FlaskClient) -> None:
    version = client.get("/readyz").get_json()["model_version"]
    assert value(client, "matcher_model", version=version) == 1
    assert value(client, "matcher_model_behind_changes") == 0
    assert value(client, "matcher_ready") == 1


def test_it_answers_without_a_platform_and_says_that_nothing_is_ready(tmp_path: Path) -> None:
    client = create_app(Settings(home=tmp_path / "nowhere")).test_client()
    assert value(client, "matcher_ready") == 0
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1"),
        ({"Forwarded": "for=127.0.0.1"}, "127.0.0.1"),
        ({"Host": "matcher.example"}, "127.0.0.1"),
        ({"Host": "[::1"}, "127.0.0.1"),
        ({}, "192.0.2.7"),
        ({}, ""),
    ],
)
def test_from_elsewhere_or_by_a_proxy_it_needs_a_token(
    stranger: FlaskClient, headers: Labels, address: str
) -> None:
    asked = {"headers": headers, "environ_overrides": {"REMOTE_ADDR": address}}
    assert stranger.get("/metrics", **asked).status_code in (400, 401)


@pytest.mark.parametrize(
    ("role", "node", "status"),
    [(Role.ADMIN, "n1", 200), (Role.ADMIN, "n2", 403), (Role.MANAGER, "n1", 403)],
)
def test_the_token_is_that_of_an_admin_of_the_root(
    caller: Caller, role: Role, node: str, status: int
) -> None:
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert caller(role, node).get("/metrics", environ_overrides=elsewhere).status_code == status


def test_it_is_no_operation_of_the_api(stranger: FlaskClient) -> None:
    assert "/metrics" not in stranger.get("/openapi.json").get_json()["paths"]


def test_a_degraded_answer_is_counted_by_reason(client: FlaskClient) -> None:
    client.application.add_url_rule(
        "/degraded", "degraded", lambda: note_answered("0009-x", ("stale_model",)) or "here"
    )
    client.get("/degraded")
    assert value(client, "matcher_degraded_answers_total", why="stale_model") == 1
    assert value(client, "matcher_model", version="0009-x") == 0
