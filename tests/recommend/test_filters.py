"""Filters by a table of cases, and how many there are of each kind."""

from collections import Counter

import numpy as np
import pytest

from matcher.domain.enums import TransferMode
from matcher.domain.item import Facts, Item
from matcher.domain.money import MoneyRange
from matcher.recommend.columns import Columns
from matcher.recommend.filters import FACETS, NO_FILTERS, Filters, facets

LICENSE, EQUITY, SERVICE = TransferMode.LICENSE, TransferMode.EQUITY, TransferMode.SERVICE
FACTS = {
    "branch": Facts(field="0101", region="330102", trl=7, modes=(LICENSE, EQUITY)),
    "area": Facts(field="01", region="330000", trl=3, modes=(EQUITY,)),
    "other": Facts(field="02", region="110101", price=MoneyRange(100, 200)),
    "dollars": Facts(price=MoneyRange(10, 20, "USD"), pay_after_use=True),
    "cheap": Facts(price=MoneyRange(None, 50), pay_after_use=False),
    "untold": Facts(),
    "named": Facts(field="Robots", region="Hangzhou", price=MoneyRange(300, None)),
}
COLUMNS = Columns.of([Item(id_, facts=facts) for id_, facts in FACTS.items()])
ALL = list(FACTS)


@pytest.mark.parametrize(
    ("filters", "passed"),
    [
        (Filters(), ALL),
        (Filters(currency="USD"), ALL),
        (Filters(field="01"), ["branch", "area"]),
        (Filters(field="0101"), ["branch"]),
        (Filters(field="03"), []),
        (Filters(field="Robots"), ["named"]),
        (Filters(region="330000"), ["branch", "area"]),
        (Filters(region="330100"), ["branch"]),
        (Filters(region="Hangzhou"), ["named"]),
        (Filters(trl_min=3), ["branch", "area"]),
        (Filters(trl_min=8), []),
        (Filters(modes=(EQUITY,)), ["branch", "area"]),
        (Filters(modes=(LICENSE, SERVICE)), ["branch"]),
        (Filters(modes=(LICENSE, LICENSE)), ["branch"]),
        (Filters(modes=(SERVICE,)), []),
        (Filters(price_max=100), ["branch", "area", "other", "cheap", "untold"]),
        (Filters(price_max=99), ["branch", "area", "cheap", "untold"]),
        (Filters(price_max=0), ["branch", "area", "cheap", "untold"]),
        (Filters(price_max=10, currency="USD"), ["branch", "area", "dollars", "untold"]),
        (Filters(pay_after_use=True), ["dollars"]),
        (Filters(field="01", trl_min=4), ["branch"]),
        (Filters(field="01", pay_after_use=True), []),
    ],
)
def test_who_passes(filters: Filters, passed: list[str]) -> None:
    mask = filters.passed(COLUMNS)
    assert [id_ for id_, stays in zip(ALL, mask, strict=True) if stays] == passed


def test_a_currency_alone_is_no_restriction() -> None:
    assert not NO_FILTERS
    assert not Filters(currency="USD")
    restricting = (
        Filters(field="01"),
        Filters(region="330000"),
        Filters(trl_min=1),
        Filters(modes=(LICENSE,)),
        Filters(price_max=0),
        Filters(pay_after_use=True),
    )
    assert all(restricting)


def test_facets_count_the_places_given_and_no_others() -> None:
    counted = facets(COLUMNS, np.array([0, 1, 3, 5]))
    assert tuple(counted) == FACETS
    assert counted == {
        "field": Counter({"0101": 1, "01": 1}),
        "region": Counter({"330102": 1, "330000": 1}),
        "trl": Counter({"7": 1, "3": 1}),
        "modes": Counter({"equity": 2, "license": 1}),
        "pay_after_use": Counter({"yes": 1}),
    }


PEOPLE = Columns.of(
    [
        Item("m1", facts=Facts(fields=("0101", "02"), regions=("330100", "310000"))),
        Item("m2", facts=Facts(fields=("02",), region="310000", regions=("310000",))),
    ]
)


@pytest.mark.parametrize(
    ("filters", "passed"),
    [
        (Filters(field="01"), [True, False]),
        (Filters(field="02"), [True, True]),
        (Filters(region="330000"), [True, False]),
        (Filters(region="310000", field="0101"), [True, False]),
    ],
)
def test_whoever_works_in_several_passes_by_any(filters: Filters, passed: list[bool]) -> None:
    assert filters.passed(PEOPLE).tolist() == passed


def test_a_person_counts_once_for_each_of_their_fields_and_regions() -> None:
    counted = facets(PEOPLE, np.array([0, 1]))
    assert counted["field"] == Counter({"02": 2, "0101": 1})
    assert counted["region"] == Counter({"310000": 2, "330100": 1})


def test_of_nothing_there_is_nothing_to_count() -> None:
    nothing = {name: Counter[str]() for name in FACETS}
    assert facets(COLUMNS, np.zeros(0, np.int64)) == nothing
    assert facets(Columns.of([]), np.zeros(0, np.int64)) == nothing
    assert Filters(field="01", price_max=3).passed(Columns.of([])).tolist() == []
