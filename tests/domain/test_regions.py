"""Region codes: what is one, what lies in what, how near two are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.regions import (
    is_region,
    lies_in,
    prefecture,
    province,
    proximity,
    require_region,
    same_prefecture,
    same_province,
)
from matcher.errors import InvalidValue

HANGZHOU, WESTLAKE, NINGBO, ZHEJIANG = "330100", "330106", "330200", "330000"
SHANGHAI, PUDONG, HUANGPU, NANJING, XIAN = "310000", "310115", "310101", "320100", "610100"
XIANTAO, QIANJIANG = "429004", "429005"

codes = st.sampled_from(
    [
        HANGZHOU,
        WESTLAKE,
        NINGBO,
        ZHEJIANG,
        SHANGHAI,
        PUDONG,
        NANJING,
        XIAN,
        XIANTAO,
        "",
        "浙江",
        None,
    ]
)


@pytest.mark.parametrize("code", [HANGZHOU, ZHEJIANG, SHANGHAI, "659001", "710000", "820000"])
def test_codes_of_existing_provinces_are_regions(code):
    assert is_region(code)
    require_region(code)


@pytest.mark.parametrize(
    "code", ["", "3301", "3301000", "990000", "160000", "３３０１００", "浙江省", None]
)
def test_other_texts_are_not(code):
    assert not is_region(code)


def test_a_wrong_code_is_refused_with_its_field():
    with pytest.raises(InvalidValue, match="330100") as refused:
        require_region("杭州", "region")
    assert refused.value.where == {"field": "region"}


@pytest.mark.parametrize(
    ("code", "in_prefecture", "in_province"),
    [
        (WESTLAKE, HANGZHOU, ZHEJIANG),
        (HANGZHOU, HANGZHOU, ZHEJIANG),
        (ZHEJIANG, None, ZHEJIANG),
        (PUDONG, SHANGHAI, SHANGHAI),
        (XIANTAO, XIANTAO, "420000"),
    ],
)
def test_a_region_lies_in_its_prefecture_and_province(code, in_prefecture, in_province):
    assert prefecture(code) == in_prefecture
    assert province(code) == in_province


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (HANGZHOU, WESTLAKE, 1.0),
        (PUDONG, HUANGPU, 1.0),
        (PUDONG, SHANGHAI, 1.0),
        (XIANTAO, XIANTAO, 1.0),
        (XIANTAO, QIANJIANG, 0.6),
        (HANGZHOU, NINGBO, 0.6),
        (HANGZHOU, ZHEJIANG, 0.6),
        (ZHEJIANG, ZHEJIANG, 0.6),
        (HANGZHOU, NANJING, 0.2),
        (HANGZHOU, XIAN, 0.0),
        (HANGZHOU, "", 0.0),
        (HANGZHOU, "浙江", 0.0),
        (None, None, 0.0),
        ("999999", "999999", 0.0),
    ],
)
def test_proximity_by_hand(one, other, near):
    assert proximity(one, other) == near


@given(codes, codes)
def test_nearness_is_symmetric_and_agrees_with_the_tests_of_sameness(one, other):
    assert proximity(one, other) == proximity(other, one)
    assert 0 <= proximity(one, other) <= 1
    assert same_province(one, other) == (proximity(one, other) >= 0.6)
    assert same_prefecture(one, other) == (proximity(one, other) == 1)


@pytest.mark.parametrize(
    ("code", "region", "lies"),
    [
        (WESTLAKE, ZHEJIANG, True),
        (WESTLAKE, HANGZHOU, True),
        (WESTLAKE, WESTLAKE, True),
        (ZHEJIANG, WESTLAKE, False),
        (NINGBO, HANGZHOU, False),
        (NANJING, ZHEJIANG, False),
        (PUDONG, SHANGHAI, True),
        ("Hangzhou", "Hangzhou", True),
        ("Hangzhou", HANGZHOU, False),
        (HANGZHOU, "Hangzhou", False),
        ("", ZHEJIANG, False),
        (HANGZHOU, "", False),
    ],
)
def test_a_place_lies_in_what_holds_it(code, region, lies):
    assert lies_in(code, region) is lies
