"""Worked examples: read, written as a line of a shell, and put into the API's description."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from matcher.web.app import create_app
from matcher.web.example import ADDRESS, Example, curl, load_examples, with_examples


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    found = create_app().spec
    assert isinstance(found, dict)
    return found


def words(example: Example) -> list[str]:
    """What a shell makes of the line."""
    return shlex.split(curl(example).replace("\\\n", ""))


def test_a_line_says_what_curl_does_not_take_for_granted() -> None:
    body = {"text": 'it\'s $HOME `date` "轴承"'}
    example = Example("match", "POST", "/api/v1/match", 200, "holder", body=body)
    told = json.dumps(body, ensure_ascii=False)
    token = "Authorization: Bearer $TOKEN"  # noqa: S105
    assert words(example) == ["curl", f"{ADDRESS}/api/v1/match", "-H", token, "--json", told]
    # The shell puts in the token, and nothing else.
    assert shlex.quote(told) in curl(example)


def test_a_query_and_a_header_are_written_as_they_are_sent() -> None:
    asked = {"q": "石墨烯 a&b", "limit": 2}
    example = Example("x", "DELETE", "/a b", 204, query=asked, headers={"If-Match": '"1-ab"'})
    url = f"{ADDRESS}/a%20b?q=%E7%9F%B3%E5%A2%A8%E7%83%AF+a%26b&limit=2"
    assert words(example) == ["curl", "-X", "DELETE", url, "-H", 'If-Match: "1-ab"']


def test_a_form_is_sent_with_its_file() -> None:
    example = Example("x", "POST", "/i", 202, form={"file": "@a.csv", "noun": "need"})
    assert words(example)[2:] == ["-F", "file=@a.csv", "-F", "noun=need"]


def test_a_post_without_a_body_says_so() -> None:
    assert words(Example("x", "POST", "/i", 200))[1:3] == ["-X", "POST"]


def test_examples_of_all_files_are_read(tmp_path: Path) -> None:
    told = {"operation": "x", "method": "GET", "path": "/x", "status": 200}
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text(json.dumps({name: told}), encoding="utf-8")
    assert load_examples(tmp_path) == dict.fromkeys("ab", Example("x", "GET", "/x", 200))


def test_an_operation_gets_its_example_and_no_other() -> None:
    content: dict[str, Any] = {"content": {"application/json": {}}}
    responses = {"200": json.loads(json.dumps(content)), "404": json.loads(json.dumps(content))}
    one = {"operationId": "x", "requestBody": content, "responses": responses}
    other = {"operationId": "y", "responses": {"204": {}}}
    spec = {"paths": {"/x": {"post": one}, "/y": {"get": other}}}
    with_examples(spec, {"x": Example("x", "POST", "/x", 200, body={}, answer=[1])})
    assert content["content"]["application/json"] == {"example": {}}
    assert responses["200"]["content"]["application/json"] == {"example": [1]}
    assert responses["404"]["content"]["application/json"] == {}
    assert other == {"operationId": "y", "responses": {"204": {}}}


def test_every_example_is_as_its_operation_is_described(spec: dict[str, Any]) -> None:
    examples, told = load_examples(), 0
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            example = examples[operation["operationId"]]
            assert example.method == method.upper()
            assert example.path.count("/") == path.count("/")
            answer = operation["responses"][str(example.status)]
            for place in (operation.get("requestBody", {}), answer):
                for content in place.get("content", {}).values():
                    told += require_valid(content, spec)
    assert told > len(examples)


def require_valid(content: dict[str, Any], spec: dict[str, Any]) -> int:
    """1 for a body with an example, which is valid, 0 for one without."""
    if "example" not in content:
        return 0
    schema = {**content["schema"], "components": spec["components"]}
    jsonschema_rs.validator_for(schema).validate(content["example"])
    return 1


def test_no_example_gives_a_secret_away() -> None:
    assert not [
        name for name, one in load_examples().items() if "mt_" in str(one).replace("mt_…", "")
    ]
