"""Bodies and queries are read strictly, and every fault is named."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Annotated, Any

import pytest
from apiflask.fields import UploadFile
from flask import Flask, request

from matcher.domain.enums import Language
from matcher.web.models.base import Body, Listed, Params
from matcher.web.models.matching import MAX_TEXT, MatchBody
from matcher.web.problem import Problem
from matcher.web.reading import FORM, JSON, StrictAdapter

APP = Flask("reading")


class Colours(Params):
    """A query."""

    n: int = 0
    many: Annotated[tuple[Language, ...], Listed] = ()


class Nested(Body):
    """A body with anything in it."""

    inner: Any = None


def body(data: bytes, model: type[Body] = MatchBody, mimetype: str = JSON) -> Any:
    with APP.test_request_context(method="POST", data=data, content_type=mimetype):
        return StrictAdapter(model).validate_input(request, "json")


def query(text: str) -> Any:
    with APP.test_request_context(f"/?{text}"):
        return StrictAdapter(Colours).validate_input(request, "query")


def refused(fields: Any) -> set[str]:
    with pytest.raises(Problem) as caught:
        body(json.dumps(fields).encode())
    assert caught.value.status == 422
    assert all(error.loc[0] == "body" and error.message for error in caught.value.errors)
    return {error.loc[-1] for error in caught.value.errors}


def test_what_is_not_said_has_a_default() -> None:
    assert body(b'{"text": "x"}') == MatchBody(text="x", limit=10, lang=Language.ZH)


def test_everything_said() -> None:
    wanted = MatchBody(text="涂层", limit=3, lang=Language.EN)
    assert body(json.dumps({"text": "涂层", "limit": 3, "lang": "en"}).encode()) == wanted


def test_the_limits_belong_to_what_is_allowed() -> None:
    assert body(json.dumps({"text": "x" * MAX_TEXT, "limit": 1}).encode()).limit == 1


@pytest.mark.parametrize("text", [None, "", " \n", 7, True, ["x"], {"a": 1}, "x" * (MAX_TEXT + 1)])
def test_a_bad_text(text: Any) -> None:
    assert refused({"text": text}) == {"text"}


@pytest.mark.parametrize("limit", [0, -1, 51, 1.5, "3", True, None, [1]])
def test_a_bad_number(limit: Any) -> None:
    assert refused({"text": "x", "limit": limit}) == {"limit"}


@pytest.mark.parametrize("language", ["", "fr", "ZH", None, 1, ["zh"], {}])
def test_a_bad_code(language: Any) -> None:
    assert refused({"text": "x", "lang": language}) == {"lang"}


def test_every_fault_is_named() -> None:
    assert refused({"limit": 0, "x": 1}) == {"x", "text", "limit"}


@pytest.mark.parametrize("fields", [[], "text", 1, None, True])
def test_something_else_than_an_object(fields: Any) -> None:
    assert refused(fields) == {"body"}


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{", b"{'text': 'x'}", b'{"text": NaN}', b'{"text": "\xff"}'),
        *(b"[" * 60_000, b'{"limit": ' + b"9" * 5000 + b"}"),
        b'{"text": "\\ud800"}',
        b'{"text": "x", "\\ud800": 1}',
    ],
)
def test_no_json(data: bytes) -> None:
    with pytest.raises(Problem) as caught:
        body(data)
    assert (caught.value.status, caught.value.code) == (400, "not-json")


@pytest.mark.parametrize("mimetype", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_another_content_type(mimetype: str) -> None:
    with pytest.raises(Problem) as caught:
        body(b'{"text": "x"}', mimetype=mimetype)
    assert caught.value.status == 415


def test_nesting_has_an_end() -> None:
    def nested(depth: int) -> bytes:
        return b'{"inner": ' + b"[" * depth + b"]" * depth + b"}"

    assert body(nested(18), Nested).inner
    with pytest.raises(Problem) as caught:
        body(nested(30), Nested)
    assert "deep" in caught.value.detail


def test_a_query_is_read_from_texts() -> None:
    found = query("n=3&many=zh,en")
    assert (found.n, found.many) == (3, (Language.ZH, Language.EN))
    assert query("many=").many == ()
    assert query("many=zh&many=en").many == (Language.ZH, Language.EN)


def test_a_whole_number_may_have_a_point() -> None:
    assert body(b'{"text": "x", "limit": 3.0}').limit == 3
    for other in (b"3.5", b"1e400", b"-3.0"):
        with pytest.raises(Problem):
            body(b'{"text": "x", "limit": ' + other + b"}")


@pytest.mark.parametrize("text", ["n=x", "n=1&n=2", "other=1", "many=zh,fr"])
def test_a_bad_query(text: str) -> None:
    with pytest.raises(Problem) as caught:
        query(text)
    assert caught.value.status == 422
    assert caught.value.errors[0].loc[0] == "query"


class Form(Params):
    """A form with a file."""

    file: UploadFile
    n: int = 0


def form(data: dict[str, Any], mimetype: str = FORM) -> Any:
    with APP.test_request_context(method="POST", data=data, content_type=mimetype):
        return StrictAdapter(Form).validate_input(request, "form_and_files")


def test_a_form_is_read_with_its_file() -> None:
    found = form({"file": (BytesIO(b"x"), "a.csv"), "n": "3"})
    assert (found.file.filename, found.n) == ("a.csv", 3)


@pytest.mark.parametrize(
    ("data", "places"),
    [
        ({"n": "3"}, {("body", "file")}),
        ({"file": "no file"}, {("body", "file")}),
        ({"file": (BytesIO(b"x"), "a.csv"), "colour": "red"}, {("body", "colour")}),
        ({"file": (BytesIO(b"x"), "a.csv"), "n": ["1", "2"]}, {("body", "n")}),
        ({"file": [(BytesIO(b"x"), "a.csv"), (BytesIO(b"y"), "b.csv")]}, {("body", "file")}),
    ],
)
def test_a_form_is_read_strictly(data: dict[str, Any], places: set[tuple[str, ...]]) -> None:
    with pytest.raises(Problem) as caught:
        form(data)
    assert caught.value.status == 422
    assert {error.loc for error in caught.value.errors} == places


def test_another_kind_of_body_is_no_form() -> None:
    with pytest.raises(Problem) as caught:
        form({"n": "3"}, "application/x-www-form-urlencoded")
    assert caught.value.status == 415
