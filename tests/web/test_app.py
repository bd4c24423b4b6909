"""The application as a whole: who is let in, and that every fault is answered as a problem."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from matcher import __version__
from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun, Role, Visibility
from matcher.errors import (
    BrokenBundle,
    EncoderUnavailable,
    MatcherError,
    MissingData,
    NoModel,
    StoreUnavailable,
    WrongSchema,
)
from matcher.settings import Settings
from matcher.web import context
from matcher.web.app import MAX_BODY, create_app
from matcher.web.routes import matching
from tests.platforms import outcome, put, small_platform
from tests.web.conftest import token_of

MATCH = "/api/v1/match"


def problem(answer: TestResponse, status: int) -> dict[str, Any]:
    """The body of an answer that must be a problem."""
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    body = answer.get_json(force=True)
    assert body.keys() == {"type", "title", "status", "detail", "errors", "request_id"}
    assert body["status"] == status
    assert body["request_id"] == answer.headers["X-Request-ID"]
    assert "Traceback" not in answer.text
    return dict(body)


def test_health_needs_no_platform(tmp_path: Path) -> None:
    client = create_app(Settings(home=tmp_path / "nowhere")).test_client()
    assert client.get("/healthz").get_json() == {"status": "alive", "version": __version__}
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "given",
    ["", "Bearer", "Bearer  ", "Basic bXRfOng=", "Bearer mt_wrong", "Bearer 石", "mt_wrong"],
)
def test_a_stranger_is_told_nothing_but_how_to_sign_in(stranger: FlaskClient, given: str) -> None:
    """Not even that the body is no good."""
    headers = {"Authorization": given.encode().decode("latin-1")} if given else {}
    answer = stranger.post(MATCH, data="{", headers=headers)
    assert problem(answer, 401)["type"].endswith("not_signed_in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_the_same_text_gets_the_same_answer(client: FlaskClient) -> None:
    first, second = (client.post(MATCH, json={"text": "graphene"}).data for _ in range(2))
    assert first == second


def test_bad_fields_are_all_named(client: FlaskClient) -> None:
    body = problem(client.post(MATCH, json={"text": 1, "limit": 51, "pages": 2}), 422)
    assert sorted(error["loc"] for error in body["errors"]) == [
        ["body", "limit"],
        ["body", "pages"],
        ["body", "text"],
    ]


def test_not_json(client: FlaskClient) -> None:
    problem(client.post(MATCH, data="text=x", content_type="text/plain"), 415)
    problem(client.post(MATCH, data="{", content_type="application/json"), 400)


def test_a_body_over_the_limit(client: FlaskClient) -> None:
    body = b'{"text": "' + b"x" * MAX_BODY + b'"}'
    problem(client.post(MATCH, data=body, content_type="application/json"), 413)


def test_unknown_addresses_and_methods(client: FlaskClient) -> None:
    assert "not-found" in problem(client.get("/nowhere"), 404)["type"]
    answer = client.get(MATCH)
    problem(answer, 405)
    assert "POST" in answer.headers["Allow"]


def test_a_request_keeps_a_harmless_name(client: FlaskClient) -> None:
    named = client.get("/healthz", headers={"X-Request-ID": "call-7"})
    assert named.headers["X-Request-ID"] == "call-7"
    odd = client.get("/healthz", headers={"X-Request-ID": "<script>"})
    assert "<" not in odd.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MissingData("is gone.", file="/secret/lexicon"), "missing_data"),
        (ValueError("/secret"), ""),
    ],
)
def test_a_fault_of_ours_tells_no_secret(
    error: Exception, code: str, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(matching, "search", fail)
    body = problem(client.post(MATCH, json={"text": "x"}), 500)
    assert "secret" not in str(body)
    assert body["type"].endswith(code)


NOT_READY: dict[str, MatcherError] = {
    "no_model": NoModel("No model in /secret.", hint="Train one."),
    "broken_bundle": BrokenBundle("is damaged.", file="/secret/0001"),
    "encoder_unavailable": EncoderUnavailable("/secret is gone."),
    "store_unavailable": StoreUnavailable("postgresql://secret failed."),
    "wrong_schema": WrongSchema("/secret is older."),
}


@pytest.mark.parametrize("error", NOT_READY.values(), ids=NOT_READY)
def test_what_an_operator_has_to_mend_is_not_ready_and_tells_no_secret(
    error: MatcherError, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(matching, "search", fail)
    body = problem(client.post(MATCH, json={"text": "x"}), 503)
    assert body["type"].endswith(error.code)
    assert "secret" not in str(body)


def test_without_a_model_it_is_not_ready_until_one_is_published(
    tmp_path: Path, standard_home: Path
) -> None:
    platform = small_platform(tmp_path / "home")
    secret = token_of(platform, Role.ENTERPRISE)
    platform.database.dispose()
    client = create_app(platform.settings).test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    body = problem(client.post(MATCH, json={"text": "石墨烯"}), 503)
    assert body["type"].endswith("no_model")
    assert str(tmp_path) not in str(body)
    problem(client.get("/readyz"), 503)
    shutil.copytree(standard_home / "models", platform.settings.models)
    answer = client.post(MATCH, json={"text": "石墨烯"})
    assert (answer.status_code, answer.get_json()["matches"]) == (200, [])
    assert client.get("/readyz").get_json()["status"] == "ready"


def test_without_a_platform_it_is_not_ready_until_there_is_one(
    tmp_path: Path, standard_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "PAUSE", 0.0)
    home = tmp_path / "home"
    client = create_app(Settings(home=home)).test_client()
    for _ in range(2):
        body = problem(client.get("/readyz"), 503)
        assert body["type"].endswith("store_unavailable")
        assert str(tmp_path) not in str(body)
    assert not home.exists()
    shutil.copytree(standard_home, home)
    ready = client.get("/readyz").get_json()
    assert (ready["status"], ready["degraded"]) == ("ready", [])
    assert ready["model_version"].startswith("0001-")


def test_without_a_database_it_is_not_ready(standard_settings: Settings) -> None:
    (standard_settings.home / "matcher.db").unlink()
    body = problem(create_app(standard_settings).test_client().get("/readyz"), 503)
    assert body["type"].endswith("store_unavailable")


def test_a_caller_is_shown_what_is_theirs_to_know_and_written_by_now(
    client: FlaskClient, standard_settings: Settings
) -> None:
    def ids() -> list[str]:
        answer = client.post(MATCH, json={"text": "zirbolite"}).get_json()
        return [match["id"] for match in answer["matches"] if match["reasons"]]

    assert ids() == []
    with open_platform(standard_settings) as platform:
        put(platform, Noun.OUTCOME, outcome("x", "New", "zirbolite"))
        assert ids() == ["x"]
        hidden = outcome("x", "New", "zirbolite", visibility=Visibility.BROKERS)
        put(platform, Noun.OUTCOME, hidden)
        assert ids() == []


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where a real server answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_over_a_real_connection(address: str, client: FlaskClient) -> None:
    assert requests.get(f"{address}/healthz", timeout=60).json()["status"] == "alive"
    headers = {"Authorization": client.environ_base["HTTP_AUTHORIZATION"]}
    answer = requests.post(f"{address}{MATCH}", json={"text": "水稻"}, headers=headers, timeout=60)
    assert answer.json()["matches"][0]["id"] == "o2"
    refused = requests.post(
        f"{address}{MATCH}",
        data=b"x" * (MAX_BODY + 1),
        headers={**headers, "Content-Type": "application/json"},
        timeout=60,
    )
    assert refused.status_code == 413
    assert refused.headers["Content-Type"] == "application/problem+json"
