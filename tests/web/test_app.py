"""The routes: what they answer, and that every fault is answered as a problem."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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
from matcher.actions.platform import Platform
from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun, Visibility
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
from matcher.web import app as web
from matcher.web.app import MAX_BODY, Opened, create_app
from tests.platforms import outcome, put, small_platform

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


def test_a_match(client: FlaskClient) -> None:
    answer = client.post(MATCH, json={"text": "石墨烯涂层", "k": 1})
    assert answer.status_code == 200
    body = answer.get_json()
    assert body.keys() == {"model_version", "degraded", "matches"}
    assert body["model_version"].startswith("0001-")
    assert body["degraded"] == []
    [match] = body["matches"]
    assert (match["candidate_id"], match["title"], match["rank"]) == ("o1", "石墨烯耐磨涂层", 1)
    assert match["band"] in {"strong", "possible", "weak"}
    assert sum(match["parts"].values()) == pytest.approx(match["score"])
    assert match["reasons"][0]["code"] == "terms"
    assert match["reason_texts"][0].startswith("Terms in common")


def test_reasons_in_chinese_are_not_escaped(client: FlaskClient) -> None:
    assert "共同术语" in client.post(MATCH, json={"text": "石墨烯", "lang": "zh"}).text


def test_no_match_is_an_answer(client: FlaskClient) -> None:
    assert client.post(MATCH, json={"text": "გამარჯობა"}).get_json()["matches"] == []


def test_the_same_text_gets_the_same_answer(client: FlaskClient) -> None:
    first, second = (client.post(MATCH, json={"text": "graphene"}).data for _ in range(2))
    assert first == second


def test_bad_fields_are_all_named(client: FlaskClient) -> None:
    body = problem(client.post(MATCH, json={"text": 1, "k": 51, "pages": 2}), 422)
    assert [error["loc"] for error in body["errors"]] == [
        ["body", "pages"],
        ["body", "text"],
        ["body", "k"],
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

    monkeypatch.setattr(web, "search", fail)
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

    monkeypatch.setattr(web, "search", fail)
    body = problem(client.post(MATCH, json={"text": "x"}), 503)
    assert body["type"].endswith(error.code)
    assert "secret" not in str(body)


def test_without_a_model_it_is_not_ready_until_one_is_published(
    tmp_path: Path, standard_home: Path
) -> None:
    platform = small_platform(tmp_path / "home")
    platform.database.dispose()
    client = create_app(platform.settings).test_client()
    body = problem(client.post(MATCH, json={"text": "石墨烯"}), 503)
    assert body["type"].endswith("no_model")
    assert str(tmp_path) not in str(body)
    shutil.copytree(standard_home / "models", platform.settings.models)
    answer = client.post(MATCH, json={"text": "石墨烯"})
    assert (answer.status_code, answer.get_json()["matches"]) == (200, [])


def test_without_a_platform_it_is_not_ready_until_there_is_one(
    tmp_path: Path, standard_home: Path
) -> None:
    home = tmp_path / "home"
    client = create_app(Settings(home=home)).test_client()
    for _ in range(2):
        body = problem(client.post(MATCH, json={"text": "石墨烯"}), 503)
        assert body["type"].endswith("store_unavailable")
        assert str(tmp_path) not in str(body)
    assert not home.exists()
    shutil.copytree(standard_home, home)
    assert client.post(MATCH, json={"text": "石墨烯"}).status_code == 200


def test_without_a_database_it_is_not_ready(standard_settings: Settings) -> None:
    (standard_settings.home / "matcher.db").unlink()
    body = problem(create_app(standard_settings).test_client().post(MATCH, json={"text": "x"}), 503)
    assert body["type"].endswith("store_unavailable")


def test_a_passer_by_is_shown_what_is_public_and_written_by_now(
    client: FlaskClient, standard_settings: Settings
) -> None:
    def ids() -> list[str]:
        answer = client.post(MATCH, json={"text": "zirbolite"}).get_json()
        return [match["candidate_id"] for match in answer["matches"] if match["reasons"]]

    assert ids() == []
    with open_platform(standard_settings) as platform:
        put(platform, Noun.OUTCOME, outcome("x", "New", "zirbolite"))
        assert ids() == ["x"]
        put(
            platform,
            Noun.OUTCOME,
            outcome("x", "New", "zirbolite", visibility=Visibility.MEMBERS),
        )
        assert ids() == []


def test_a_platform_is_opened_once_for_all_threads(standard_settings: Settings) -> None:
    opened = Opened(standard_settings)
    with ThreadPoolExecutor(8) as pool:
        platforms: set[int] = set(pool.map(lambda _: id(opened.platform()), range(16)))
    assert len(platforms) == 1
    platform: Platform = opened.platform()
    platform.database.dispose()


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


def test_over_a_real_connection(address: str) -> None:
    assert requests.get(f"{address}/healthz", timeout=60).json()["status"] == "alive"
    answer = requests.post(f"{address}{MATCH}", json={"text": "水稻"}, timeout=60)
    assert answer.json()["matches"][0]["candidate_id"] == "o2"
    refused = requests.post(f"{address}{MATCH}", data=b"x" * (MAX_BODY + 1), timeout=60)
    assert refused.status_code == 413
    assert refused.headers["Content-Type"] == "application/problem+json"
