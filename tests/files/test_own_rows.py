"""Lines that the platform wrote are taken as they are."""

from datetime import UTC, datetime
from typing import Any

import pytest

from matcher.domain.enums import Noun, Secrecy
from matcher.domain.followup import FollowUp
from matcher.domain.interaction import Interaction
from matcher.domain.outcome import Outcome
from matcher.errors import InvalidValue
from matcher.files.own_rows import FORMAT, Place, is_direct, mark, read_direct
from matcher.files.row_report import RowCode

OURS = {FORMAT: mark(Noun.OUTCOME), "id": "o1"}


def test_a_marked_line_is_ours_and_one_with_a_format_of_its_own_is_not() -> None:
    assert is_direct(OURS, Outcome)
    assert is_direct({FORMAT: "need/1"}, Outcome)
    for values in ({"id": "o1"}, {FORMAT: "pdf"}, {FORMAT: ["outcome/1"]}, {FORMAT: None}):
        assert not is_direct(values, Outcome)


def test_a_follow_up_with_its_history_needs_no_mark() -> None:
    assert is_direct({"id": "f", "history": []}, FollowUp)
    assert is_direct({"id": "f", "contract": {"value": 5}}, FollowUp)
    assert not is_direct({"id": "f", "state": "suggested"}, FollowUp)
    assert not is_direct({"id": "f", "history": []}, Outcome)


def test_texts_are_not_repaired_again_and_accounts_count() -> None:
    values = {**OURS, "title": "轉(zhuǎn)移", "owner": "a1", "visible_to": ["a2"], "node": "n"}
    found = read_direct(values, Outcome, Noun.OUTCOME, Place(node="other"))
    assert found == Outcome(id="o1", title="轉(zhuǎn)移", owner="a1", visible_to=("a2",), node="n")


def test_the_source_and_the_node_are_added_where_they_are_missing() -> None:
    place = Place("zj", "hz")
    assert read_direct(OURS, Outcome, Noun.OUTCOME, place) == Outcome(id="zj:o1", node="hz")
    pair = {"id": "i", "need": "n1", "outcome": "x:o1", "at": "2026-03-01T00:00:00Z"}
    assert read_direct(pair, Interaction, "interaction", place) == Interaction(
        id="zj:i",
        need="zj:n1",
        outcome="x:o1",
        at=datetime(2026, 3, 1, tzinfo=UTC),
        node="hz",
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({FORMAT: "need/1"}, RowCode.WRONG_FORMAT),
        ({FORMAT: "outcome/2"}, RowCode.WRONG_FORMAT),
        ({"secrecy": Secrecy.SECRET}, RowCode.CLASSIFIED),
    ],
)
def test_other_nouns_later_formats_and_secrets_are_refused(
    changes: dict[str, Any], code: RowCode
) -> None:
    with pytest.raises(InvalidValue) as caught:
        read_direct(OURS | changes, Outcome, Noun.OUTCOME, Place())
    assert caught.value.values["row_code"] is code
    assert caught.value.hint


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(InvalidValue, match="no such field"):
        read_direct({**OURS, "titel": "x"}, Outcome, Noun.OUTCOME, Place())
