"""Columns of a record and back, and what no column can hold."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain import Manager, Need, Noun, Organisation, Outcome, Stage, TransferMode
from matcher.domain.interest import InterestState, InterestStep
from matcher.errors import InvalidValue, WrongSchema
from matcher.store.codec import (
    LONGEST_ID,
    check_lengths,
    content_of,
    is_storable,
    record_of,
    row_of,
)
from tests.store.some_records import EXAMPLES, MANAGER, NEED, NOW, OUTCOME, any_record


def test_columns_hold_plain_values() -> None:
    row = row_of(OUTCOME)
    assert type(row["stage"]) is str
    assert row["stage"] == "pilot"
    assert row["transfer_modes"] == ["equity", "license"]
    assert [type(code) for code in row["transfer_modes"]] == [str, str]
    assert row["valid_until"] == OUTCOME.valid_until
    assert row["keywords"] == ["石墨烯", "导热"]
    assert row_of(Outcome(id="a"))["stage"] is None


def test_parts_become_objects() -> None:
    assert row_of(NEED)["challenge"] == {"award": 1_000_000, "deadline": "2026-06-30"}
    assert row_of(Need(id="a"))["challenge"] is None
    first = row_of(MANAGER)["deals"][0]
    assert (first["mode"], first["date"], first["need"]) == ("license", "2025-05-01", "")


@given(st.one_of([any_record(cls) for cls in (Outcome, Need, Manager, Organisation)]))
def test_any_record_comes_back_from_columns_and_from_json(record: Any) -> None:
    row = row_of(record)
    assert record_of(type(record), row) == record
    content = json.loads(json.dumps(content_of(type(record), row)))
    assert record_of(type(record), content) == record


def test_texts_are_not_trimmed_and_sets_keep_their_order() -> None:
    record = Outcome(
        id=" a ",
        summary="\n x \n",
        transfer_modes=(TransferMode.SERVICE, TransferMode.LICENSE),
    )
    assert record_of(Outcome, row_of(record)) == record


def test_a_column_that_is_not_there_yet_takes_the_default() -> None:
    row = row_of(OUTCOME)
    del row["stage"]
    assert record_of(Outcome, row | {"unknown": 1}).stage is None
    assert record_of(Outcome, row | {"stage": "pilot"}).stage is Stage.PILOT


@pytest.mark.parametrize("wrong", [{"stage": "orbit"}, {"valid_until": "someday"}, {"keywords": 3}])
def test_what_a_newer_version_wrote_is_told(wrong: dict[str, Any]) -> None:
    with pytest.raises(WrongSchema, match="Outcome o1"):
        record_of(Outcome, row_of(OUTCOME) | wrong)


@pytest.mark.parametrize("text", ["a\0", "\ud83d", "\ude00x"])
def test_a_character_that_is_none_is_refused_by_field(text: str) -> None:
    assert not is_storable(text)
    for name in ("summary", "source"):
        with pytest.raises(InvalidValue) as caught:
            row_of(Outcome(id="a", title="fine", **{name: text}))
        assert caught.value.where == {"field": name}
    with pytest.raises(InvalidValue, match="conflicts"):
        row_of(Manager(id="a", conflicts=("fine", text)))


@pytest.mark.parametrize("text", ["", "成果", "\U0001f600", "\x01", "\uffff"])
def test_every_other_character_is_storable(text: str) -> None:
    assert is_storable(text)


def test_what_is_looked_up_has_a_longest_form() -> None:
    check_lengths({"id": "x" * LONGEST_ID, "node": None}, ["id", "node"])
    with pytest.raises(InvalidValue, match="id is longer than 500"):
        check_lengths({"id": "x" * (LONGEST_ID + 1)}, ["id"])


def test_the_examples_fill_what_they_are_for() -> None:
    default = Outcome(id="o1")
    same = [name for name, value in row_of(OUTCOME).items() if value == row_of(default)[name]]
    assert same == ["id"]
    assert set(EXAMPLES) == {Noun.OUTCOME, Noun.NEED, Noun.MANAGER, Noun.ORGANISATION}


def test_plain_values_stay_as_they_are() -> None:
    reasons = ({"code": "room", "load": 1, "capacity": None}, {"pairs": [{"query": "\u77f3"}]})
    row = row_of(InterestStep(to_state=InterestState.ROUTED, by="a", at=NOW, reasons=reasons))
    assert row["reasons"] == list(reasons)
    assert record_of(InterestStep, row).reasons == reasons
    with pytest.raises(InvalidValue):
        row_of(InterestStep(to_state=InterestState.ROUTED, by="a", at=NOW, reasons=({"a": "\0"},)))
