"""The fields that files may hold follow the domain's records."""

from dataclasses import fields

from matcher.domain.enums import Noun
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.files.fields import (
    ALL_FIELDS,
    FIELDS,
    JOINED_FIELDS,
    MONEY_FIELDS,
    TEXT_FIELDS,
    english_sibling,
)

INTERNAL = {"owner", "visible_to", "node"}


def test_every_field_of_a_record_can_stand_in_a_file_but_what_the_platform_keeps() -> None:
    for noun, record in ((Noun.OUTCOME, Outcome), (Noun.NEED, Need)):
        names = {field.name for field in fields(record)}
        assert names - INTERNAL <= set(FIELDS[noun])
        assert not INTERNAL & set(FIELDS[noun])


def test_the_fields_of_a_match_are_there_for_every_noun() -> None:
    for names in FIELDS.values():
        assert {"id", "title", "text", "keywords", "lang", "portfolio"} <= set(names)


def test_texts_are_joined_in_the_order_of_the_domain_each_before_its_english_twin() -> None:
    assert TEXT_FIELDS[:9] == (
        *("text", "summary", "summary_en", "advantages", "advantages_en"),
        *("applications", "applications_en", "problem", "problem_en"),
    )
    assert "title" not in TEXT_FIELDS
    assert "keywords" not in TEXT_FIELDS


def test_groups_hold_fields_that_exist() -> None:
    assert set(MONEY_FIELDS) <= set(ALL_FIELDS)
    assert JOINED_FIELDS - {"statement_en"} <= set(ALL_FIELDS)


def test_english_siblings() -> None:
    assert english_sibling("title", Noun.NEED) == "title_en"
    assert english_sibling("region", Noun.NEED) == "region"
    assert english_sibling("problem", Noun.OUTCOME) == "problem"
