"""Typed facts of a row: read where they can be, noted where not, NaN refused."""

import math
from datetime import date, datetime
from typing import Any

import pytest

from matcher.domain.enums import Noun, TransferMode
from matcher.domain.item import Facts
from matcher.domain.money import MoneyRange
from matcher.errors import InvalidValue
from matcher.files.facts import parse_trl, read_facts
from matcher.files.mapping import Column, ColumnMap
from matcher.files.notices import Code, Notices
from matcher.files.vocabulary import PLAIN, Unit

WAN = Unit(10_000, "CNY")
EURO = Unit(1000, "EUR")


def read(
    units: dict[str, Unit] | None = None, **values: Any
) -> tuple[Facts, list[tuple[Code, int | None, str | None]]]:
    units = units or {}
    columns = {
        name: (Column(index, name.upper(), units.get(name, PLAIN)),)
        for index, name in enumerate(values)
    }
    notices = Notices("f.csv")
    facts = read_facts(values, ColumnMap(Noun.OUTCOME, columns, ()), 5, notices)
    return facts, [(n.code, n.row, n.column) for n in notices]


def cny(low: int | None, high: int | None) -> MoneyRange:
    return MoneyRange(low, high, "CNY")


def test_no_facts() -> None:
    assert read(title="水泵") == (Facts(), [])


@pytest.mark.parametrize(
    ("values", "price"),
    [
        ({"price": "3-5万"}, cny(30_000, 50_000)),
        ({"price": 300000}, cny(300_000, 300_000)),
        ({"price": "面议"}, None),
        ({"price_min": 100, "price_max": 200.0}, cny(100, 200)),
        ({"price_min": 100}, cny(100, None)),
        ({"price_max": "200"}, cny(None, 200)),
        ({"price_max": "不超过30万"}, cny(None, 300_000)),
        ({"price": "面议", "price_min": 100}, cny(100, None)),
        ({"price_min": "3-5万"}, cny(30_000, 50_000)),
        ({"price_max": "3-5万"}, cny(30_000, 50_000)),
        ({"price_min": "3-5万", "price_max": "8万"}, cny(30_000, 80_000)),
        ({"price": 100, "currency": "usd"}, MoneyRange(100, 100, "USD")),
    ],
)
def test_prices(values: dict[str, Any], price: MoneyRange | None) -> None:
    facts, noted = read(**values)
    assert facts.price == price
    assert not noted


def test_the_columns_unit_applies_to_plain_numbers_alone() -> None:
    assert read({"budget": WAN}, budget="30-50")[0].budget == cny(300_000, 500_000)
    assert read({"budget": WAN}, budget=30.5)[0].budget == cny(305_000, 305_000)
    assert read({"budget": WAN}, budget="30万")[0].budget == cny(300_000, 300_000)
    assert read({"budget_max": EURO}, budget_max=7)[0].budget == MoneyRange(None, 7000, "EUR")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", "看情况吧"),
        ("price", -3),
        ("trl", "高"),
        ("trl", 12),
        ("valid_until", "下次再说"),
        ("updated_at", [1]),
        ("transfer_modes", "赠送"),
    ],
)
def test_what_is_not_understood_is_noted_with_its_place_and_left_out(
    field: str, value: Any
) -> None:
    facts, noted = read(**{field: value, "region": "330100"})
    assert noted == [(Code.UNREAD_FACT, 5, field.upper())]
    assert facts == Facts(region="330100")


def test_bounds_the_wrong_way_round_are_noted() -> None:
    facts, noted = read(price_min=200, price_max=100)
    assert facts.price is None
    assert noted == [(Code.UNREAD_FACT, 5, "PRICE_MIN")]


@pytest.mark.parametrize("field", ["price", "price_min", "budget_max", "trl", "min_trl"])
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "nan", "NaN", " -Infinity "])
def test_nan_and_infinity_in_a_number_are_refused(field: str, value: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        read(**{field: value})
    assert caught.value.where == {
        "file": "f.csv",
        "row": 5,
        "column": field.upper(),
        "field": field,
    }


def test_dates_as_text_as_numbers_and_as_dates() -> None:
    assert read(valid_until="2025年底")[0].valid_until == date(2025, 12, 31)
    assert read(valid_until=46000.0)[0].valid_until == date(2025, 12, 9)
    assert read(updated_at=datetime(2025, 3, 1, 9))[0].updated_at == date(2025, 3, 1)
    assert read(valid_until="长期") == (Facts(), [])


def test_traditional_script_is_understood() -> None:
    assert read(price="面議") == (Facts(), [])
    assert read(transfer_modes="技術轉讓、技術許可")[0].modes == (
        TransferMode.TRANSFER,
        TransferMode.LICENSE,
    )


def test_modes_known_ones_are_kept_beside_unknown_ones() -> None:
    facts, noted = read(transfer_modes="技术转让；赠送、技术许可")
    assert facts.modes == (TransferMode.TRANSFER, TransferMode.LICENSE)
    assert noted == [(Code.UNREAD_FACT, 5, "TRANSFER_MODES")]
    assert read(transfer_modes="作价投资 技术许可")[0].modes == (
        TransferMode.LICENSE,
        TransferMode.EQUITY,
    )
    assert read(transfer_modes="joint development")[0].modes == (TransferMode.DEVELOPMENT,)
    assert read(coop_modes=["license", "equity"])[0].modes == (
        TransferMode.LICENSE,
        TransferMode.EQUITY,
    )


@pytest.mark.parametrize(
    ("value", "level"),
    [(6, 6), (6.0, 6), ("TRL 6", 6), ("第7级", 7), ("TRL4-5", 4), ("第９级", 9), ("9", 9)],
)
def test_readiness_levels(value: Any, level: int) -> None:
    assert parse_trl(value) == level


@pytest.mark.parametrize("value", [0, 10, 2.5, "10", "6.5", "", True, [6], None])
def test_no_readiness_levels(value: Any) -> None:
    with pytest.raises(InvalidValue):
        parse_trl(value)
