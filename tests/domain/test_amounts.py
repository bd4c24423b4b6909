"""What is said in a price text, before currencies and columns are applied."""

from decimal import Decimal

import pytest

from matcher.domain.amounts import Amounts, read_amounts
from matcher.domain.enums import Currency
from matcher.errors import InvalidValue


def test_a_plain_number_is_bare():
    assert read_amounts("30-50") == Amounts(Decimal(30), Decimal(50), bare=True)
    assert read_amounts("五十") == Amounts(Decimal(50), Decimal(50), bare=True)


@pytest.mark.parametrize("text", ["30-50万", "30k-50k", "¥30-50", "30-50元", "3千"])
def test_a_unit_or_currency_makes_it_not_bare(text):
    amounts = read_amounts(text)
    assert amounts is not None
    assert not amounts.bare


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("3万美元", Currency.USD),
        ("HK$3", Currency.HKD),
        ("元人民币 3", Currency.CNY),
        ("3 CHF", Currency.CHF),
        ("20kEUR", Currency.EUR),
        ("3万", None),
    ],
)
def test_the_currency_named_is_found(text, currency):
    amounts = read_amounts(text)
    assert amounts is not None
    assert amounts.currency is currency


@pytest.mark.parametrize(
    "text", ["面议", "价格面议", "-", "——", "", "  ", "TBD", "双方协商确定", "N/A"]
)
def test_an_open_price_has_no_amounts(text):
    assert read_amounts(text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("50万元/年", "'/年' was not understood"),
        ("USD 20k (约14万元)", "CNY and USD"),
        ("30万 50万", "more than one price"),
        ("30-50-80万", "more than one price"),
        ("50万-", "more than one price"),
        ("5-3万", "goes down"),
        ("50-1亿", "goes down"),
        ("-5万", "below zero"),
        ("€1.200", "thousands or three decimals"),
        ("万元", "not one number"),
        ("元", "no amount"),
        ("5%", "'%' was not understood"),
    ],
)
def test_what_could_be_misread_is_refused_with_the_reason(text, why):
    with pytest.raises(InvalidValue, match=why) as refused:
        read_amounts(text)
    assert "面议" in (refused.value.hint or "")
