"""The description of the API: valid, whole, and the same each time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask

from matcher.web.app import create_app

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    found = create_app().spec
    assert isinstance(found, dict)
    return found


def operations(spec: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_of_openapi_3_1(spec: dict[str, Any]) -> None:
    assert spec["openapi"].startswith("3.1")


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(spec: dict[str, Any]) -> None:
    found = [one["operationId"] for _, _, one in operations(spec)]
    assert len(found) == len(set(found))
    assert all(one["summary"] for _, _, one in operations(spec))


def test_every_operation_of_the_api_needs_a_token_and_tells_its_problems(
    spec: dict[str, Any],
) -> None:
    for path, _, one in operations(spec):
        if path.startswith("/api/"):
            assert one["security"] == [{"token": []}, {"session": []}]
            assert {"400", "401", "403", "429", "503"} <= one["responses"].keys()
            assert "404" in one["responses"] or "{" not in path
        else:
            assert "security" not in one


def test_a_problem_is_described_where_it_is_named(spec: dict[str, Any]) -> None:
    named = {"$ref": "#/components/schemas/Problem"}
    described = spec["components"]["schemas"]["Problem"]
    assert set(described["required"]) == set(described["properties"])
    for _, _, one in operations(spec):
        for status, answer in one["responses"].items():
            if int(status) >= 400:
                assert answer["content"]["application/problem+json"]["schema"] == named


def test_bodies_are_required(spec: dict[str, Any]) -> None:
    bodies = [one["requestBody"] for _, _, one in operations(spec) if "requestBody" in one]
    assert bodies
    assert all(body["required"] for body in bodies)


@pytest.mark.parametrize("prefix", ["/api/v1", ""])
def test_every_operation_is_documented(spec: dict[str, Any], prefix: str) -> None:
    pages = (page.read_text(encoding="utf-8") for page in DOCS.glob("api*.md"))
    told = set(re.findall(r"`([A-Z]+ /[^`?]*)", "".join(pages)))
    for path, method, _ in operations(spec):
        if path.startswith("/api/v1") == bool(prefix):
            named = re.sub(r"\{[^}]*\}", "{}", f"{method.upper()} {path.removeprefix(prefix)}")
            assert named in {re.sub(r"\{[^}]*\}", "{}", one) for one in told}


def test_it_is_served_to_anybody() -> None:
    app: APIFlask = create_app()
    answer = app.test_client().get("/openapi.json")
    assert (answer.status_code, answer.get_json()["info"]["title"]) == (200, "matcher")
