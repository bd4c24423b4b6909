"""Money: read from dirty text, written back without loss, compared."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.checks import LARGEST_AMOUNT
from matcher.domain.enums import Currency, Language
from matcher.domain.money import Money, MoneyRange, covers, format_money, parse_money, reaches
from matcher.errors import InvalidValue

ZH, EN = Language.ZH, Language.EN
W = 10_000

amounts = st.one_of(
    st.integers(0, LARGEST_AMOUNT),
    st.integers(0, 10**6),
    st.integers(0, 10**7).map(lambda number: number * 100),
)
currencies = st.sampled_from([currency.value for currency in Currency])
languages = st.sampled_from(Language)


@st.composite
def ranges(draw, currency=currencies):
    low, high = sorted((draw(amounts), draw(amounts)))
    open_end = draw(st.sampled_from(["none", "none", "low", "high"]))
    return MoneyRange(
        None if open_end == "low" else low, None if open_end == "high" else high, draw(currency)
    )


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("3-5万", 3 * W, 5 * W, "CNY"),
        ("3万-5万元", 3 * W, 5 * W, "CNY"),
        ("3～5 万元", 3 * W, 5 * W, "CNY"),
        ("三至五万元", 3 * W, 5 * W, "CNY"),
        ("三十至五十万", 30 * W, 50 * W, "CNY"),
        ("3-5千万", 3000 * W, 5000 * W, "CNY"),
        ("0.5-1亿", 5000 * W, 10000 * W, "CNY"),
        ("300000-50万", 30 * W, 50 * W, "CNY"),
        ("3千-5万", 3000, 5 * W, "CNY"),
        ("50万元以上", 50 * W, None, "CNY"),
        ("≥50万", 50 * W, None, "CNY"),
        ("50万+", 50 * W, None, "CNY"),
        ("不低于50万", 50 * W, None, "CNY"),
        ("at least USD 1m", 10**6, None, "USD"),
        ("不超过30万", None, 30 * W, "CNY"),
        ("30万以内", None, 30 * W, "CNY"),
        ("up to 300k", None, 30 * W, "CNY"),
        ("USD 50000 max", None, 50_000, "USD"),
        ("不低于30万，不超过50万", 30 * W, 50 * W, "CNY"),
        ("不超过50万，不低于30万", 30 * W, 50 * W, "CNY"),
        ("约20万", 20 * W, 20 * W, "CNY"),
        ("20万左右", 20 * W, 20 * W, "CNY"),
        ("50余万元", 50 * W, 50 * W, "CNY"),
        ("面议（50万左右）", 50 * W, 50 * W, "CNY"),
        ("1.2亿", 12000 * W, 12000 * W, "CNY"),
        ("1亿2000万", 12000 * W, 12000 * W, "CNY"),
        ("五十万", 50 * W, 50 * W, "CNY"),
        ("伍拾万元整", 50 * W, 50 * W, "CNY"),
        ("50w", 50 * W, 50 * W, "CNY"),
        ("RMB 50k", 5 * W, 5 * W, "CNY"),
        ("¥300,000", 30 * W, 30 * W, "CNY"),
        ("￥300，000", 30 * W, 30 * W, "CNY"),
        ("CNY 0.5m", 50 * W, 50 * W, "CNY"),
        ("USD 20k", 20_000, 20_000, "USD"),
        ("20-30k USD", 20_000, 30_000, "USD"),
        ("€1.2 million", 1_200_000, 1_200_000, "EUR"),
        ("between 20k and 30k EUR", 20_000, 30_000, "EUR"),
        ("10 to 20 million yuan", 10**7, 2 * 10**7, "CNY"),
        ("５０万", 50 * W, 50 * W, "CNY"),
        ("1 200 000", 1_200_000, 1_200_000, "CNY"),
        ("300000", 30 * W, 30 * W, "CNY"),
        ("免费", 0, 0, "CNY"),
        (300000, 30 * W, 30 * W, "CNY"),
        (1999.5, 2000, 2000, "CNY"),
        (Decimal("0.4"), 0, 0, "CNY"),
    ],
)
def test_prices_as_people_write_them(text, low, high, currency):
    assert parse_money(text) == MoneyRange(low, high, currency)


@pytest.mark.parametrize(
    "text", ["面议", "negotiable", "Negotiable", "电议", "暂无", "", "—", None]
)
def test_an_open_price_is_none(text):
    assert parse_money(text) is None


@pytest.mark.parametrize(
    "value",
    [
        *(float("nan"), float("inf"), Decimal("NaN"), -1, -0.5, 10**16, 10**400, True, [], b"50"),
        *(
            "nan",
            "-5万",
            "USD -5",
            "abc",
            "几十万",
            "1.2.3",
            "12,34",
            "3,5万",
            "2025-03-01",
            "9" * 30,
        ),
    ],
)
def test_garbage_is_refused_with_a_hint(value):
    with pytest.raises(InvalidValue) as refused:
        parse_money(value)
    assert refused.value.hint
    assert len(refused.value.message) < 200


@pytest.mark.parametrize(
    ("value", "low"),
    [("50-80", 50 * W), (50, 50 * W), (3.5, 35_000), ("50万", 50 * W), ("300000元", 30 * W)],
)
def test_the_unit_of_a_column_applies_to_plain_numbers_alone(value, low):
    price = parse_money(value, unit=W)
    assert price is not None
    assert price.low == low


def test_the_currency_of_a_column_applies_where_none_is_named():
    assert parse_money("20k", currency="EUR") == MoneyRange(20_000, 20_000, "EUR")
    assert parse_money("USD 20k", currency="EUR") == MoneyRange(20_000, 20_000, "USD")


@pytest.mark.parametrize(
    ("price", "zh", "en"),
    [
        (MoneyRange(50 * W, 80 * W), "50–80 万元", "CNY 500k–800k"),
        (MoneyRange(50 * W, 50 * W), "50 万元", "CNY 500k"),
        (MoneyRange(50 * W, None), "50 万元以上", "from CNY 500k"),
        (MoneyRange(None, 30 * W), "不超过 30 万元", "up to CNY 300k"),
        (MoneyRange(50 * W, 300 * W), "50–300 万元", "CNY 0.5m–3m"),
        (MoneyRange(120 * W, 300 * W), "120–300 万元", "CNY 1.2m–3m"),
        (MoneyRange(55_500, 300 * W), "5.55–300 万元", "CNY 55.5k–3,000k"),
        (MoneyRange(50_000 * W, 300_000 * W), "5–30 亿元", "CNY 0.5bn–3bn"),
        (MoneyRange(500, 2000), "500–2,000 元", "CNY 500–2,000"),
        (MoneyRange(8000, 2 * W), "8,000–20,000 元", "CNY 8k–20k"),
        (MoneyRange(12000 * W, 12000 * W), "1.2 亿元", "CNY 120m"),
        (MoneyRange(1_234_567, 1_234_567), "1,234,567 元", "CNY 1,234,567"),
        (MoneyRange(20_000, 30_000, "USD"), "2–3 万美元", "USD 20k–30k"),
        (MoneyRange(20_000, 20_000, "NOK"), "2 万 NOK", "NOK 20k"),
        (MoneyRange(0, 5 * W), "0–5 万元", "CNY 0k–50k"),
        (MoneyRange(0, 0), "免费", "free of charge"),
        (None, "面议", "negotiable"),
    ],
)
def test_prices_as_people_read_them(price, zh, en):
    assert format_money(price, ZH) == zh
    assert format_money(price, EN) == en


def test_one_amount_is_written_like_a_range_of_one():
    assert Money(50 * W).format(ZH) == "50 万元"
    assert Money(20_000, "USD").format(EN) == "USD 20k"


@given(ranges(), languages)
def test_what_is_written_is_read_back(price, language):
    currency = price.currency if price.high != 0 or price.low not in (0, None) else "CNY"
    expected = MoneyRange(price.low, price.high, currency)
    assert parse_money(expected.format(language)) == expected


@given(st.integers(0, LARGEST_AMOUNT))
def test_a_number_is_itself(amount):
    assert parse_money(amount) == parse_money(str(amount)) == MoneyRange(amount, amount)


def _read_or_refused(text):
    try:
        return parse_money(text)
    except InvalidValue as refused:
        return refused


@given(st.text(alphabet="0123456789.,-~万亿千百十五元以上不超过约kmUSD¥ 至面议", max_size=12))
def test_any_text_is_read_or_refused(text):
    price = _read_or_refused(text)
    assert price is None or isinstance(price, InvalidValue) or price.format(ZH)


@pytest.mark.parametrize(
    ("low", "high", "currency"),
    [(None, None, "CNY"), (5, 3, "CNY"), (-1, 3, "CNY"), (1, 3, "yuan")],
)
def test_an_impossible_range_is_refused(low, high, currency):
    with pytest.raises(InvalidValue):
        MoneyRange(low, high, currency)


def test_a_negative_amount_is_refused():
    with pytest.raises(InvalidValue, match="amount"):
        Money(-1)


def test_a_range_of_two_unknowns_is_no_range():
    assert MoneyRange.of(None, None, "CNY") is None
    assert MoneyRange.of(3, None, "CNY") == MoneyRange(3, None)


@pytest.mark.parametrize(
    ("budget", "price", "covered", "reached"),
    [
        ((50, 80), (40, 60), True, True),
        ((50, 80), (70, 90), False, True),
        ((50, 80), (90, 95), False, False),
        ((50, 80), (80, 80), True, True),
        ((None, 50), (40, 60), False, True),
        ((50, None), (40, 60), None, True),
        ((60, None), (40, 60), True, True),
        ((50, 80), (60, None), None, True),
        ((50, 80), (90, None), False, False),
        ((50, 80), (None, 70), True, True),
        ((50, 80), (None, 90), False, None),
        ((50, None), (None, 90), None, None),
    ],
)
def test_a_budget_against_a_price(budget, price, covered, reached):
    assert covers(MoneyRange(*budget), MoneyRange(*price)) is covered
    assert reaches(MoneyRange(*budget), MoneyRange(*price)) is reached


@pytest.mark.parametrize(
    ("budget", "price"),
    [
        (None, MoneyRange(1, 2)),
        (MoneyRange(1, 2), None),
        (MoneyRange(1, 2), MoneyRange(1, 2, "USD")),
    ],
)
def test_what_cannot_be_compared_is_neither_covered_nor_not(budget, price):
    assert covers(budget, price) is None
    assert reaches(budget, price) is None


@given(ranges(st.just("CNY")), ranges(st.just("CNY")))
def test_what_is_covered_is_reached_and_what_is_out_of_reach_is_not_covered(budget, price):
    if covers(budget, price):
        assert reaches(budget, price) is True
    if reaches(budget, price) is False:
        assert covers(budget, price) is False
