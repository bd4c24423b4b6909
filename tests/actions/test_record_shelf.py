from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from matcher.actions.record_shelf import RecordShelf
from matcher.domain import Deal, Manager, Noun, Outcome, Secrecy, TransferMode
from matcher.errors import InvalidValue
from matcher.files.row_report import ParsedRow, RowCode, RowProblem

OUTCOMES, MANAGERS = RecordShelf(Noun.OUTCOME), RecordShelf(Noun.MANAGER)
BEFORE = Outcome(id="o", title="a", trl=3, price_max=9, owner="x", node="core")


def test_only_what_the_file_holds_is_taken() -> None:
    row = ParsedRow(2, Outcome(id="o", title="b", trl=7, node="east"))
    after = OUTCOMES.blended(BEFORE, row, frozenset({"id", "title"}))
    assert after == replace(BEFORE, title="b")


def test_a_record_without_a_node_gets_the_files() -> None:
    row = ParsedRow(2, Outcome(id="o", node="east"))
    assert OUTCOMES.blended(replace(BEFORE, node=""), row, frozenset()).node == "east"


def test_a_value_that_was_not_understood_takes_nothing_away() -> None:
    problems = (RowProblem(RowCode.UNREAD_VALUE, "?", "TRL", "trl"),)
    row = ParsedRow(2, Outcome(id="o", title="b"), problems)
    after = OUTCOMES.blended(BEFORE, row, frozenset({"title", "trl"}))
    assert after == replace(BEFORE, title="b")


def test_a_file_that_does_not_name_the_owner_takes_none_away() -> None:
    row = ParsedRow(2, Outcome(id="o", title="a"))
    assert OUTCOMES.blended(BEFORE, row, frozenset({"title", "owner", "visible_to"})).owner == "x"


def test_values_that_do_not_fit_together_are_refused() -> None:
    row = ParsedRow(2, Outcome(id="o", price_min=10))
    with pytest.raises(InvalidValue, match="price_min"):
        OUTCOMES.blended(BEFORE, row, frozenset({"price_min"}))


def test_a_deal_told_in_words_keeps_its_facts() -> None:
    deal = Deal(title="膜", text="转让", mode=TransferMode.LICENSE, date=dt.date(2025, 1, 2))
    before = Manager(id="m", deals=(deal, Deal(title="gone")))
    row = ParsedRow(2, Manager(id="m", deals=(Deal(text="new"), Deal(title="膜：转让"))))
    after = MANAGERS.blended(before, row, frozenset({"deals"}))
    assert after == Manager(id="m", deals=(Deal(text="new"), deal))


@pytest.mark.parametrize(
    "bad", [{"secrecy": Secrecy.SECRET}, {"title": "\0"}, {"reg_no": "9" * 999}]
)
def test_what_cannot_be_kept_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        OUTCOMES.check(replace(BEFORE, **bad))  # type: ignore[arg-type]
