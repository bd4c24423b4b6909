"""The API's description as a page shows it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from matcher.web.app import create_app
from matcher.web.example import Example, load_examples
from matcher.web.reference import (
    MEANINGS,
    Group,
    Operation,
    anchor,
    groups_of,
    shapes_of,
    worked,
    written,
)


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    found = create_app().spec
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def groups(spec: dict[str, Any]) -> tuple[Group, ...]:
    return groups_of(spec, load_examples())


def operation(groups: tuple[Group, ...], id_: str) -> Operation:
    [found] = [one for group in groups for one in group.operations if one.id == id_]
    return found


def test_every_operation_stands_in_one_group_with_an_example(
    groups: tuple[Group, ...], spec: dict[str, Any]
) -> None:
    there = [one.id for group in groups for one in group.operations]
    told = [one["operationId"] for methods in spec["paths"].values() for one in methods.values()]
    assert sorted(there) == sorted(told)
    assert [one.id for group in groups for one in group.operations if one.example is None] == []
    anchors = [group.anchor for group in groups]
    assert len(anchors) == len(set(anchors))


def test_every_status_has_a_meaning(spec: dict[str, Any]) -> None:
    told = {
        status
        for methods in spec["paths"].values()
        for one in methods.values()
        for status in one["responses"]
    }
    assert told == set(MEANINGS)


def test_an_operation_is_told_with_fields_and_answers(groups: tuple[Group, ...]) -> None:
    draft = operation(groups, "draftPlan")
    assert (draft.method, draft.path, draft.is_open) == ("POST", "/api/v1/plans", False)
    assert draft.body is not None
    assert draft.body.content_type == "application/json"
    assert draft.body.description.startswith("A plan to be drafted.")
    quota = next(one for one in draft.body.fields if one.name == "quota")
    assert (quota.required, quota.kind.refers) == (True, "PlanBody.QuotaBody")
    [answer] = draft.answers
    assert (answer.status, answer.refers) == ("202", "JobShown")
    assert {"400", "401", "409", "422"} <= set(draft.problems)


def test_parameters_say_where_they_go(groups: tuple[Group, ...]) -> None:
    change = operation(groups, "patchNeed")
    assert {(one.name, one.place, one.required) for one in change.parameters} == {
        ("id", "path", True),
        ("If-Match", "header", True),
    }


def test_what_anybody_may_ask_is_marked(groups: tuple[Group, ...]) -> None:
    found = {one.id for group in groups for one in group.operations if one.is_open}
    assert found == {"alive", "ready"}


def test_every_object_that_is_named_is_told(
    groups: tuple[Group, ...], spec: dict[str, Any]
) -> None:
    shapes = {shape.name: shape for shape in shapes_of(spec)}
    rows = [row for shape in shapes.values() for row in shape.fields]
    for group in groups:
        for one in group.operations:
            rows += [*one.parameters, *(one.body.fields if one.body else ())]
            assert {way.refers for way in one.answers} - {""} <= shapes.keys()
    assert {row.kind.refers for row in rows} - {""} <= shapes.keys()


def test_json_that_fits_stands_in_one_line() -> None:
    assert written({"a": [1, 2]}) == '{"a": [1, 2]}'
    told = {"text": "石" * 40, "rows": [{"id": 1}, {"id": 2}], "none": []}
    assert json.loads(written(told)) == told
    assert written(told, 20).splitlines() == [
        "{",
        f'  "text": "{"石" * 40}",',
        '  "rows": [',
        '    {"id": 1},',
        '    {"id": 2}',
        "  ],",
        '  "none": []',
        "}",
    ]


def test_an_example_is_a_request_and_what_is_said_to_it() -> None:
    file = worked(Example("jobFile", "GET", "/f", 200, text="id,title", told={"ETag": '"1"'}))
    assert (file.answer, file.told, file.status) == ("id,title", {"ETag": '"1"'}, 200)
    assert worked(Example("x", "GET", "/f", 200, answer={"a": 1})).answer == '{"a": 1}'
    assert worked(Example("x", "DELETE", "/f", 204)).answer == ""


@pytest.mark.parametrize(("name", "told"), [("Follow-ups", "follow-ups"), ("A & B", "a-b")])
def test_an_anchor_has_small_letters_and_dashes(name: str, told: str) -> None:
    assert anchor(name) == told
