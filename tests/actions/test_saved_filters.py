"""Restrictions of a saved search: plain values that come back as what they were."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.actions.saved_filters import filters_of, plain_filters
from matcher.domain.enums import TransferMode
from matcher.errors import WrongSchema
from matcher.recommend.filters import NO_FILTERS, Filters

FILTERS = st.builds(
    Filters,
    field=st.sampled_from(["", "04"]),
    region=st.sampled_from(["", "330000"]),
    trl_min=st.none() | st.integers(1, 9),
    modes=st.sets(st.sampled_from(TransferMode)).map(TransferMode.in_order),
    price_max=st.integers(0, 10**9),
    currency=st.sampled_from(["CNY", "USD"]),
    pay_after_use=st.booleans(),
)


@given(FILTERS)
def test_they_go_round_as_json(filters: Filters) -> None:
    assert filters_of(json.loads(json.dumps(plain_filters(filters)))) == filters


def test_only_what_is_set_is_kept() -> None:
    assert plain_filters(NO_FILTERS) == plain_filters(Filters(currency="USD")) == {}
    assert filters_of({}) == NO_FILTERS
    assert plain_filters(Filters(modes=(TransferMode.LICENSE,), price_max=0)) == {
        "modes": ["license"],
        "price_max": 0,
    }


@pytest.mark.parametrize("plain", [{"colour": "red"}, {"modes": ["theft"]}])
def test_what_this_version_doesnt_know_is_not_left_aside(plain: dict[str, object]) -> None:
    with pytest.raises(WrongSchema, match="by what this version doesn't know"):
        filters_of(plain)
