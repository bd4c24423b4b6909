"""Which version a caller has seen, from the body or from If-Match."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from flask import Flask

from matcher.web.problem import Problem
from matcher.web.seen import CHANGING, problems, tagged, version_seen

APP = Flask("matcher.web")
TAG = '"7-0123456789ab"'


@pytest.mark.parametrize(
    ("header", "said", "seen"),
    [
        (None, None, None),
        (None, 3, 3),
        (TAG, None, 7),
        (TAG, 7, 7),
        ("*", 3, 3),
        ("*", None, None),
        ('"x"', None, 0),
    ],
)
def test_the_body_or_the_header_says_it(
    header: str | None, said: int | None, seen: int | None
) -> None:
    headers = {"If-Match": header} if header else {}
    with APP.test_request_context(headers=headers):
        assert version_seen(said) == seen


def test_two_different_versions_are_refused() -> None:
    with APP.test_request_context(headers={"If-Match": TAG}), pytest.raises(Problem) as refused:
        version_seen(6)
    assert refused.value.status == 422
    assert refused.value.errors[0].loc == ("body", "version")


def test_the_tag_of_an_answer_leads_back_to_its_version() -> None:
    shown, status, headers = tagged(7, {"id": "X1"}, HTTPStatus.CREATED)
    assert (shown, status) == ({"id": "X1"}, 201)
    with APP.test_request_context(headers={"If-Match": headers["ETag"]}):
        assert version_seen(None) == 7


def test_further_problems_are_described_as_problems() -> None:
    assert set(CHANGING) == {409}
    [described] = problems(HTTPStatus.NOT_FOUND).values()
    assert described["description"] == "Not Found"
    assert list(described["content"]) == ["application/problem+json"]
