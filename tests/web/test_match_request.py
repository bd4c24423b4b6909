"""The body of a match request is read strictly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from matcher.domain.enums import Language
from matcher.web.match_request import DEFAULT_K, MAX_K, MAX_TEXT, MatchRequest, read_match_request
from matcher.web.problem import Problem


def read(fields: Any) -> MatchRequest:
    return read_match_request("application/json", json.dumps(fields).encode())


def refused(fields: Any) -> dict[str, str]:
    with pytest.raises(Problem) as caught:
        read(fields)
    assert caught.value.status == 422
    return {error.loc[-1]: error.message for error in caught.value.errors}


def test_what_is_not_said_has_a_default() -> None:
    assert read({"text": "x"}) == MatchRequest("x", DEFAULT_K, Language.EN)


def test_everything_said() -> None:
    wanted = MatchRequest("涂层", 3, Language.ZH)
    assert read({"text": "涂层", "k": 3, "lang": "zh"}) == wanted


def test_the_limits_belong_to_what_is_allowed() -> None:
    assert read({"text": "x" * MAX_TEXT, "k": 1}).k == 1
    assert read({"text": "x", "k": MAX_K}).k == MAX_K


@pytest.mark.parametrize("text", [None, "", " \n", 7, True, ["x"], {"a": 1}, "x" * (MAX_TEXT + 1)])
def test_a_bad_text(text: Any) -> None:
    assert refused({"text": text}).keys() == {"text"}


@pytest.mark.parametrize("k", [0, -1, MAX_K + 1, 1.0, "3", True, None, [1]])
def test_a_bad_k(k: Any) -> None:
    assert refused({"text": "x", "k": k}).keys() == {"k"}


@pytest.mark.parametrize("language", ["", "fr", "ZH", None, 1, ["zh"], {}])
def test_a_bad_language(language: Any) -> None:
    assert refused({"text": "x", "lang": language}).keys() == {"lang"}


def test_unknown_fields_are_named_with_the_known_ones() -> None:
    assert refused({"text": "x", "limit": 3}) == {
        "limit": "is not a known field; these are: text, k, lang"
    }


def test_a_missing_text_is_named_even_beside_other_faults() -> None:
    assert refused({"k": 0, "x": 1}).keys() == {"x", "text", "k"}


@pytest.mark.parametrize("body", [[], "text", 1, None, True])
def test_something_else_than_an_object(body: Any) -> None:
    assert refused(body).keys() == {"body"}


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"{'text': 'x'}", b'{"text": NaN}', b'{"text": "\xff"}'),
        *(b"[" * 60_000, b'{"k": ' + b"9" * 5000 + b"}"),
    ],
)
def test_no_json(body: bytes) -> None:
    with pytest.raises(Problem) as caught:
        read_match_request("application/json", body)
    assert caught.value.status == 400


@pytest.mark.parametrize("mimetype", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_another_media_type(mimetype: str) -> None:
    with pytest.raises(Problem) as caught:
        read_match_request(mimetype, b'{"text": "x"}')
    assert caught.value.status == 415
