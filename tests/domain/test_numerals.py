"""Chinese numerals, against numbers written out by an independent speller."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.numerals import DIGITS, numeral, spelled_digits, standard


def below_ten_thousand(number: int) -> str:
    """Spell 1 to 9999 place by place, one 零 for each gap."""
    text, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + sign
        gap = digit == 0
    return text


@given(st.integers(1, 9999))
def test_every_number_is_read_as_it_is_spelled(number):
    assert numeral(below_ten_thousand(number)) == number


@given(st.integers(1, 9999), st.integers(1000, 9999))
def test_myriads_add_up(head, tail):
    assert numeral(f"{below_ten_thousand(head)}万{below_ten_thousand(tail)}") == head * 10**4 + tail


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十五", 15),
        ("五十万", 500_000),
        ("百万", 1_000_000),
        ("两万五", 25_000),
        ("一百五", 150),
        ("一百零五", 105),
        ("三万零五百", 30_500),
        ("1亿2000万", 120_000_000),
        ("1.2亿", 120_000_000),
        ("3千万", 30_000_000),
        ("1万亿", 10**12),
        ("伍拾萬", 500_000),
        ("15000万", 150_000_000),
        ("12.5", Decimal("12.5")),
        ("零", 0),
    ],
)
def test_spoken_formal_and_mixed_forms(text, number):
    assert numeral(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "万", "亿", "十百", "千百", "三五万", "1亿2亿", "零零", "abc", "1,000", "万" * 5000],
)
def test_what_is_no_numeral_is_none(text):
    assert numeral(text) is None


def test_digits_read_one_by_one():
    assert spelled_digits("二〇二五") == "2025"
    assert spelled_digits("十二") is None


def test_other_forms_become_the_everyday_ones():
    assert standard("贰拾萬兩") == "二十万二"
