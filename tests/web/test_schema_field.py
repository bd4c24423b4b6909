"""Schemas as tables of fields."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.web.schema_field import Kind, SchemaField, field_of, fields_of, kind_of, name_of

SCHEMAS: dict[str, dict[str, Any]] = {
    "Quota": {
        "type": "object",
        "required": ["most"],
        "properties": {
            "most": {"type": "integer", "minimum": 1},
            "least": {"type": "integer", "default": 0},
        },
    },
    "Language": {"enum": ["zh", "en"], "type": "string"},
}
QUOTA, LANGUAGE = {"$ref": "#/components/schemas/Quota"}, {"$ref": "#/components/schemas/Language"}


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, Kind("text")),
        ({"type": "string", "format": "date"}, Kind("day")),
        ({"type": "string", "format": "binary"}, Kind("file")),
        ({"type": "integer"}, Kind("whole number")),
        ({"anyOf": [{"type": "number"}, {"type": "null"}]}, Kind("number or null")),
        ({"const": "alive"}, Kind("alive")),
        (LANGUAGE, Kind("zh, en")),
        (QUOTA, Kind("Quota", "Quota")),
        ({"type": "array", "items": QUOTA}, Kind("list of Quota", "Quota")),
        ({"anyOf": [QUOTA, {"type": "null"}]}, Kind("Quota or null", "Quota")),
        (
            {"type": "object", "additionalProperties": {"type": "integer"}},
            Kind("object of whole number"),
        ),
        ({"type": "object", "additionalProperties": True}, Kind("object")),
        ({}, Kind("anything")),
    ],
)
def test_a_type_is_said_in_words(schema: dict[str, Any], kind: Kind) -> None:
    assert kind_of(schema, SCHEMAS) == kind


def test_the_fields_of_an_object_are_found_through_its_name() -> None:
    assert fields_of(QUOTA, SCHEMAS) == (
        SchemaField("most", Kind("whole number"), required=True, limits="at least 1"),
        SchemaField("least", Kind("whole number"), required=False, default="0"),
    )
    assert fields_of({"type": "string"}, SCHEMAS) == ()


def test_limits_are_those_of_what_a_list_or_a_choice_holds() -> None:
    texts = {"type": "array", "maxItems": 5, "items": {"type": "string", "maxLength": 9}}
    schema = {"anyOf": [texts, {"type": "null"}], "default": None}
    told = field_of("x", schema, SCHEMAS, required=False, place="query", description="What.")
    assert told.limits == "at most 5 of them, length at most 9"
    assert (told.default, told.place, told.description) == ("", "query", "What.")


@pytest.mark.parametrize(
    ("default", "told"), [(True, "true"), ("zh", "zh"), (0, "0"), (None, ""), ([], ""), ("", "")]
)
def test_a_default_is_written_as_it_is_sent(default: Any, told: str) -> None:
    assert field_of("x", {"default": default}, SCHEMAS, required=False).default == told


def test_a_reference_ends_in_a_name() -> None:
    assert name_of("#/components/schemas/A.B") == "A.B"
