"""Needs and outcomes as forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import Language, Noun, TransferMode, Visibility
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.errors import InvalidValue
from matcher.web.record_form import draft, empty_values, told, typed_values, values_of
from matcher.web.say import Say

SAYS = [Say(one, datetime(2026, 11, 22, tzinfo=UTC)) for one in Language]
words = st.text("ab 涂层\n", max_size=12).map(str.strip)
modes = st.sets(st.sampled_from(TransferMode)).map(TransferMode.in_order)
amounts = st.none() | st.integers(0, 10**11)
needs = st.builds(
    lambda low, high, **more: Need(
        id="w",
        budget_min=low if low is None or high is None or low <= high else high,
        budget_max=high,
        **more,
    ),
    amounts,
    amounts,
    title=words,
    problem=words,
    keywords=st.lists(st.text("ab涂", min_size=1, max_size=4), unique=True).map(tuple),
    currency=st.sampled_from(["CNY", "USD"]),
    coop_modes=modes,
    min_trl=st.none() | st.integers(1, 9),
    region=st.sampled_from(["", "330000", "331000"]),
    field=st.sampled_from(["", "04", "0401"]),
    visibility=st.sampled_from(Visibility),
    valid_until=st.none() | st.dates(date(1990, 1, 1), date(2190, 1, 1)),
)


@given(needs, st.sampled_from(SAYS))
def test_a_form_that_nobody_touches_tells_nothing(record: Need, say: Say) -> None:
    shown = values_of(Noun.NEED, record, say)
    assert told(Noun.NEED, typed_values(Noun.NEED, shown), shown) == {}


@given(needs, st.sampled_from(SAYS))
def test_a_form_holds_all_that_it_shows(record: Need, say: Say) -> None:
    shown = values_of(Noun.NEED, record, say)
    read = draft(Noun.NEED, typed_values(Noun.NEED, shown))
    currency = record.currency if record.budget else "CNY"
    # Free of charge is one amount, whatever the currency.
    expected = replace(record, id="draft", currency=currency)
    assert replace(read, currency=currency) == expected


def test_an_outcome_is_told_by_what_changed() -> None:
    record = Outcome(id="o", title="涂层", price_min=500_000, price_max=500_000, trl=7)
    shown = values_of(Noun.OUTCOME, record, SAYS[0])
    typed = {**shown, "price": "USD 20k", "pay_after_use": "1", "trl": "", "keywords": "a，b、a"}
    assert told(Noun.OUTCOME, typed, shown) == {
        "price_min": 20_000,
        "price_max": 20_000,
        "currency": "USD",
        "pay_after_use": True,
        "trl": None,
        "keywords": ["a", "b"],
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("budget", "plenty of it"),
        ("min_trl", "10"),
        ("min_trl", "²"),
        ("coop_modes", "gift"),
        ("visibility", "nobody"),
        ("valid_until", "soon"),
        ("region", "Atlantis"),
        ("title", "x" * 301),
    ],
)
def test_what_cant_be_read_is_told_at_its_field_and_left_out_of_the_draft(
    name: str, text: str
) -> None:
    shown = empty_values(Noun.NEED)
    typed = {**shown, "problem": "wear", name: text}
    with pytest.raises(InvalidValue) as refused:
        told(Noun.NEED, typed, shown)
    assert refused.value.where["field"] == name
    assert draft(Noun.NEED, typed) == Need(id="draft", problem="wear")


def test_an_empty_form_names_a_circle_and_nothing_else() -> None:
    shown = empty_values(Noun.NEED, Visibility.BROKERS)
    assert {name: text for name, text in shown.items() if text} == {"visibility": "brokers"}
    assert empty_values(Noun.OUTCOME)["visibility"] == "public"


def test_lines_are_the_same_whichever_way_they_end() -> None:
    typed = typed_values(Noun.NEED, {"problem": "one\r\ntwo\rthree ", "stranger": "x"})
    assert typed["problem"] == "one\ntwo\nthree"
    assert "stranger" not in typed
