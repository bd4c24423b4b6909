"""A line a request, about what was asked and how it went, never about who said what."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.domain.enums import Role
from matcher.web import logs, metrics
from tests.web.conftest import Caller

WORDS = "zorbexite-membrane"


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_tells_operation_status_time_account_and_model(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = client.get("/api/v1/needs/w1/matches", headers={"X-Request-ID": "r-17"})
    [line] = lines(capsys)
    assert line["event"] == "request"
    assert (line["operation"], line["method"]) == ("api.matching.need_matches", "GET")
    assert (line["status"], line["request_id"]) == (200, "r-17")
    assert line["milliseconds"] > 0
    assert line["account"]
    assert line["model_version"] == answer.get_json()["model_version"]


def test_no_line_holds_a_text_a_token_a_login_an_address_or_a_path(
    caller: Caller, capsys: pytest.CaptureFixture[str]
) -> None:
    client = caller(Role.ENTERPRISE)
    secret = client.environ_base["HTTP_AUTHORIZATION"].split()[1]
    here = {"REMOTE_ADDR": "192.0.2.7"}
    client.get(f"/api/v1/outcomes?q={WORDS}", environ_overrides=here)
    client.post("/api/v1/match", json={"text": WORDS}, environ_overrides=here)
    client.post("/api/v1/match", json={"text": WORDS, "unknown": WORDS}, environ_overrides=here)
    client.get(f"/api/v1/needs/{WORDS}/matches", environ_overrides=here)
    client.get(f"/{WORDS}?token={secret}", environ_overrides=here)
    client.open("/healthz", method="ZORBEXITE", environ_overrides=here)
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 6
    for private in (WORDS, "zorbexite", "ZORBEXITE", secret, "mt_", "192.0.2.7", "enterprise-n1"):
        assert private not in said


def test_an_error_of_ours_is_told_by_kind_and_place(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> str:
        raise KeyError(WORDS)

    app.add_url_rule("/broken", "broken", broken)
    assert app.test_client().get(f"/broken?q={WORDS}").status_code == 500
    said = capsys.readouterr().err
    error, request = (json.loads(line) for line in said.splitlines())
    assert (error["level"], error["error"]) == ("error", "KeyError")
    assert error["where"][-1].endswith("broken")
    assert (request["operation"], request["status"]) == ("broken", 500)
    assert error["request_id"] == request["request_id"]
    assert WORDS not in said


def test_what_goes_wrong_beneath_the_pages_is_a_line_too(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("matcher.jobs").warning("not kept")
    app.logger.warning("said once")
    assert [line["event"] for line in lines(capsys)] == ["not kept", "said once"]


def test_log_and_metrics_tell_of_one_time(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logs, "seconds", lambda: 1.25)
    monkeypatch.setattr(metrics, "seconds", lambda: 1.25)
    client = app.test_client()
    assert client.get("/nowhere").status_code == 404
    assert lines(capsys)[0]["milliseconds"] == 1250
    assert 'matcher_request_seconds_sum{operation="none"} 1.25' in client.get("/metrics").text


def test_a_probe_is_told_of_only_where_it_fails(
    app: Flask, standard_settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert lines(capsys) == []
    assert client.get("/metrics", headers={"Via": "1.1 proxy"}).status_code == 401
    assert [line["operation"] for line in lines(capsys)] == ["metrics"]
