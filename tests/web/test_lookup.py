"""What is looked for, read from an address and written to one."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from matcher.domain.enums import Noun, TransferMode
from matcher.errors import InvalidValue
from matcher.recommend.filters import Filters
from matcher.web.lookup import Lookup, is_continued, lookup_of

FILTERS = st.builds(
    Filters,
    field=st.sampled_from(["", "04", "0101"]),
    region=st.sampled_from(["", "330000", "330100"]),
    trl_min=st.none() | st.integers(1, 9),
    modes=st.sets(st.sampled_from(TransferMode)).map(TransferMode.in_order),
    price_max=st.none() | st.integers(0, 10**9),
    pay_after_use=st.booleans(),
)
LOOKUPS = st.builds(
    Lookup,
    q=st.text(max_size=50).map(str.strip),
    noun=st.sampled_from([Noun.OUTCOME, Noun.NEED]),
    filters=FILTERS,
)


@given(LOOKUPS)
def test_what_is_written_to_an_address_is_read_from_it(lookup: Lookup) -> None:
    args = MultiDict({name: str(value) for name, value in lookup.arguments().items()})
    assert lookup_of(args) == (lookup, "")


def test_an_address_says_only_what_restricts(app: Flask) -> None:
    lookup = Lookup(" 石墨烯 ", filters=Filters(region="330000", pay_after_use=True))
    with app.test_request_context():
        assert Lookup().address() == "/find"
        assert lookup.having(modes=(TransferMode.LICENSE,)).without("region").address() == (
            "/find?q=%E7%9F%B3%E5%A2%A8%E7%83%AF&mode=license&pay_after_use=1"
        )


def test_a_price_keeps_its_currency() -> None:
    dear = Lookup(filters=Filters(price_max=5, currency="USD"))
    assert dear.arguments() == {"price_max": 5, "currency": "USD"}
    assert lookup_of(MultiDict({"price_max": "5", "currency": "USD"})) == (dear, "")
    assert Lookup(filters=Filters(currency="USD")).arguments() == {}


def test_names_and_repeated_parameters_are_understood_and_strangers_let_be() -> None:
    args = MultiDict([("region", "浙江"), ("mode", "license"), ("mode", "equity"), ("utm", "x")])
    found, cursor = lookup_of(args)
    assert found.filters.region == "330000"
    assert found.filters.modes == (TransferMode.LICENSE, TransferMode.EQUITY)
    assert cursor == ""


@pytest.mark.parametrize(
    "args",
    [
        {"trl_min": "12"},
        {"trl_min": "x"},
        {"mode": "theft"},
        {"noun": "manager"},
        {"noun": "x"},
        {"region": "Atlantis"},
        {"price_max": "-1"},
        {"pay_after_use": "perhaps"},
    ],
)
def test_what_cant_be_used_is_refused_by_name(args: dict[str, str]) -> None:
    with pytest.raises(InvalidValue) as refused:
        lookup_of(MultiDict(args))
    assert refused.value.where["field"] == next(iter(args))


@pytest.mark.parametrize(
    ("q", "text"), [("", ""), ("g", ""), (" g ", ""), ("gr", "gr"), ("石", "石"), (" 钢 ", "钢")]
)
def test_two_letters_or_one_chinese_word_are_searched_with(q: str, text: str) -> None:
    assert Lookup(q).text == text


@pytest.mark.parametrize(
    ("before", "after", "continued"),
    [
        ("graph", "graphene", True),
        ("graphene", "graph", True),
        ("graphene", "石墨烯", False),
        ("", "g", False),
        ("graphene", "", False),
    ],
)
def test_whoever_types_on_hasnt_gone_elsewhere(before: str, after: str, continued: bool) -> None:
    assert is_continued(before, after) is continued
