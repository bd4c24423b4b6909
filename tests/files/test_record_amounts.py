"""Prices, budgets and awards of a row."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from matcher.files.draft import Draft
from matcher.files.record_amounts import facts_of, read_challenge, read_money
from matcher.files.row_report import RowCode
from matcher.files.vocabulary import Unit

Make = Callable[..., Draft]
WAN = Unit(10_000, "CNY")


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"price": "3-5万"}, {"price_min": 30_000, "price_max": 50_000, "currency": "CNY"}),
        ({"price": "面议"}, {"price_min": None, "price_max": None}),
        ({"price_min": 5}, {"price_min": 5, "price_max": None, "currency": "CNY"}),
        ({"price": "USD 20k"}, {"price_min": 20_000, "price_max": 20_000, "currency": "USD"}),
        ({}, {"price_min": None, "price_max": None}),
    ],
)
def test_both_bounds_come_from_one_cell_or_two(
    draft: Make, values: dict[str, Any], fields: dict[str, Any]
) -> None:
    row = draft(**values)
    read_money(row, "price")
    assert row.fields == fields
    assert not row.problems


def test_the_unit_of_the_heading_counts_and_the_cell_is_kept(draft: Make) -> None:
    row = draft({"budget_min": WAN, "budget_max": WAN}, budget_min=30, budget_max="50")
    read_money(row, "budget")
    assert row.fields == {"budget_min": 300_000, "budget_max": 500_000, "currency": "CNY"}
    assert row.original == {"budget_min": "30", "budget_max": "50"}


def test_a_price_that_cannot_be_read_is_noted_under_its_own_column(draft: Make) -> None:
    row = draft(price_min="5", price_max="later")
    read_money(row, "price")
    assert row.fields["price_min"] == 5
    assert row.original == {"price_max": "later"}
    assert [(p.code, p.column) for p in row.problems] == [(RowCode.UNREAD_VALUE, "col price_max")]


def test_the_stated_currency_holds_for_plain_numbers(draft: Make) -> None:
    row = draft(price=7)
    row.fields["currency"] = "SEK"
    read_money(row, "price")
    assert row.fields == {"currency": "SEK", "price_min": 7, "price_max": 7}


@pytest.mark.parametrize(
    ("values", "call"),
    [
        ({"challenge": "是"}, {}),
        ({"challenge": "否"}, None),
        ({"challenge": {"award": 5}}, {"award": 5}),
        (
            {"challenge_award": "20万", "challenge_deadline": "2027年底"},
            {"award": 200_000, "deadline": date(2027, 12, 31)},
        ),
        ({}, None),
    ],
)
def test_an_open_call_as_mark_object_or_columns(
    draft: Make, values: dict[str, Any], call: dict[str, Any] | None
) -> None:
    row = draft(**values)
    read_challenge(row)
    assert row.fields.get("challenge") == call
    assert not row.problems


def test_an_award_in_another_currency_is_left_out(draft: Make) -> None:
    row = draft(challenge_award="USD 5k", challenge="perhaps")
    row.fields["currency"] = "CNY"
    read_challenge(row)
    assert "challenge" not in row.fields
    assert row.original == {"challenge_award": "USD 5k", "challenge": "perhaps"}
    assert len(row.problems) == 2


def test_facts_are_those_of_a_match(draft: Make) -> None:
    row = draft(trl="TRL 6", min_trl=12)
    assert facts_of(row, ("trl",)).trl == 6
    assert facts_of(row, ("min_trl",)).min_trl is None
    assert [problem.field for problem in row.problems] == ["min_trl"]
