"""Bodies as fields of records, and records as they are shown."""

from __future__ import annotations

from datetime import UTC, date, datetime

from matcher.domain.enums import Noun
from matcher.domain.need import Challenge, Need
from matcher.store.stored import Stored
from matcher.web.models.records import FIELDS, SHOWN
from matcher.web.shown_records import record_shown, told_fields

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
NEED = Need(id="w1", title="x", challenge=Challenge(deadline=date(2027, 1, 2)))
BODY = FIELDS[Noun.NEED].model_validate_json(
    '{"title": "x", "budget_max": null, "challenge": {"award": 5}, "coop_modes": ["license"]}'
)


def test_what_a_body_leaves_out_is_left_out() -> None:
    assert told_fields(BODY) == {
        "title": "x",
        "budget_max": None,
        "challenge": {"award": 5},
        "coop_modes": ["license"],
    }


def test_in_a_whole_record_it_is_nothing() -> None:
    told = told_fields(BODY, whole=True)
    assert told.keys() == FIELDS[Noun.NEED].model_fields.keys()
    assert {name for name, value in told.items() if value} == {"title", "challenge", "coop_modes"}


def test_a_record_is_shown_with_every_field_and_its_version() -> None:
    stored = Stored(NEED, 3, NOON, NOON, "a1", None, "", "")
    shown = SHOWN[Noun.NEED].model_validate(record_shown(stored)).model_dump(mode="json")
    assert shown.keys() == SHOWN[Noun.NEED].model_fields.keys()
    assert (shown["version"], shown["created_at"]) == (3, "2026-11-01T12:00:00Z")
    assert shown["challenge"] == {"award": None, "deadline": "2027-01-02"}
    assert (shown["budget_max"], shown["keywords"], shown["visibility"]) == (None, [], "public")
    assert "changed_by" not in shown
