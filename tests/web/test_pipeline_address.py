"""What is wished for, in the address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from matcher.actions.pipeline_wish import Attention, Order, PipelineWish
from matcher.domain.enums import FollowUpState as S
from matcher.errors import InvalidValue
from matcher.web.pipeline_address import address_of, number_of, sorted_by, wish_of

wishes = st.builds(
    PipelineWish,
    text=st.text("ab 石", max_size=9).map(lambda text: " ".join(text.split())),
    aside=st.booleans(),
    states=st.sets(st.sampled_from(S), max_size=3).map(S.in_order),
    attention=st.none() | st.sampled_from(Attention),
    order=st.sampled_from(Order),
    descending=st.booleans(),
)


@given(wishes)
def test_an_address_says_what_it_was_made_of(wish: PipelineWish) -> None:
    assert wish_of(MultiDict(address_of(wish))) == wish


def test_what_goes_without_saying_is_not_in_the_address() -> None:
    assert address_of(PipelineWish()) == {}
    assert wish_of(MultiDict()) == PipelineWish()


def test_a_column_is_sorted_and_then_the_other_way_round() -> None:
    once = sorted_by(PipelineWish(), Order.STATE)
    twice = sorted_by(once, Order.STATE)
    assert (once.order, once.descending) == (Order.STATE, False)
    assert twice.descending
    assert not sorted_by(twice, Order.STATE).descending


@pytest.mark.parametrize("query", [{"state": "x"}, {"due": "x"}, {"sort": "x"}])
def test_what_nobody_knows_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(InvalidValue):
        wish_of(MultiDict(query))


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 12, "²"])
def test_a_page_is_a_number_from_one(page: str) -> None:
    with pytest.raises(InvalidValue):
        number_of(MultiDict({"page": page}))
    assert number_of(MultiDict({"page": "12"})) == 12
    assert number_of(MultiDict()) == 1
