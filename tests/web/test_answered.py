"""Which model answered stands in a header."""

from __future__ import annotations

from flask.testing import FlaskClient

from matcher.web.answered import HEADER, note_answered


def test_a_ranked_answer_and_readiness_say_which_model_it_was(client: FlaskClient) -> None:
    for answer in (client.get("/api/v1/needs/w1/matches"), client.get("/readyz")):
        assert answer.headers[HEADER] == answer.get_json()["model_version"]


def test_an_answer_without_a_model_has_no_such_header(client: FlaskClient) -> None:
    for path in ("/healthz", "/api/v1/needs/nothing/matches"):
        assert HEADER not in client.get(path).headers


def test_without_a_request_nothing_is_noted() -> None:
    note_answered("0001-abc", ("boosted",))
