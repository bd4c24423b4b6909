"""The models have the fields of the domain, by themselves, and take nothing else."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from matcher.domain.enums import Noun
from matcher.store.tables import RECORD_NOUNS, kind_of
from matcher.web.models.records import FIELDS, NEW, SET_BY_PLATFORM, SHOWN
from matcher.web.shown_records import told_fields
from tests.store.some_records import any_record

DAYS = {"valid_until", "updated_at", "deadline", "date"}
PLATFORMS = {"version", "created_at", "changed_at"}


@pytest.mark.parametrize("noun", RECORD_NOUNS)
def test_every_field_of_the_domain_is_there(noun: Noun) -> None:
    names = {field.name for field in dataclasses.fields(kind_of(noun).cls)}
    assert set(FIELDS[noun].model_fields) == names - SET_BY_PLATFORM
    assert set(NEW[noun].model_fields) == names - SET_BY_PLATFORM | {"id"}
    assert set(SHOWN[noun].model_fields) == names | PLATFORMS


def dated(value: Any) -> Any:
    """The mapping with days of our time: a day that is typed lies in 1900 to 2199."""
    if isinstance(value, list):
        return [dated(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: "2026-03-01" if name in DAYS else dated(one) for name, one in value.items()}


@pytest.mark.parametrize("noun", RECORD_NOUNS)
@given(data=st.data())
def test_any_record_can_be_shown_and_what_is_shown_written_back(
    noun: Noun, data: st.DataObject
) -> None:
    cls = kind_of(noun).cls
    record = cls.from_mapping(dated(data.draw(any_record(cls)).to_mapping()))
    times = dict.fromkeys(("created_at", "changed_at"), "2026-11-01T12:00:00Z")
    mapping = {**record.to_mapping(), "version": 1, **times}
    shown = SHOWN[noun].model_validate(mapping).model_dump(mode="json")
    given_back = {
        name: value for name, value in shown.items() if name not in PLATFORMS | SET_BY_PLATFORM
    }
    body = FIELDS[noun].model_validate_json(json.dumps(given_back))
    kept = {name: getattr(record, name) for name in SET_BY_PLATFORM}
    again = cls.from_mapping({**told_fields(body, whole=True), "id": record.id})
    assert dataclasses.replace(again, **kept) == record


@pytest.mark.parametrize(
    "body",
    [
        '{"nonsense": 1}',
        '{"version": 1}',
        '{"updated_at": "2026-01-01"}',
        '{"title": 1}',
        '{"budget_max": 1.5}',
        '{"budget_max": "5"}',
        '{"budget_max": true}',
        '{"scenario": 1}',
        '{"coop_modes": ["licence"]}',
        '{"coop_modes": "license"}',
        '{"valid_until": "2026-13-01"}',
        '{"challenge": {"award": 1, "more": 2}}',
        "[]",
    ],
)
def test_what_is_of_another_type_is_refused(body: str) -> None:
    with pytest.raises(ValidationError):
        FIELDS[Noun.NEED].model_validate_json(body)


def test_fields_are_labelled_in_both_languages() -> None:
    schema = FIELDS[Noun.OUTCOME].model_json_schema()
    assert schema["properties"]["title"]["description"] == "成果名称 · Title"
