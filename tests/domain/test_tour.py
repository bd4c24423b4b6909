"""A tour goes on and back among its stops, and ends past the last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.tour import Tour
from matcher.errors import InvalidValue


def test_it_ends_past_the_last_stop() -> None:
    assert Tour().moved(1, 2) == Tour(1)
    assert Tour(1).moved(1, 2) == Tour(2, over=True)
    assert Tour(2, over=True).moved(-1, 2) == Tour(1)
    assert Tour().moved(-1, 2) == Tour()


def test_without_stops_it_is_over_at_once() -> None:
    assert Tour().moved(1, 0) == Tour(0, over=True)


def test_it_begins_at_the_first_stop() -> None:
    with pytest.raises(InvalidValue):
        Tour(-1)


@given(st.lists(st.sampled_from([1, -1])), st.integers(1, 9))
def test_it_never_leaves_its_stops(ways: list[int], stops: int) -> None:
    tour = Tour()
    for by in ways:
        tour = tour.moved(by, stops)
        assert 0 <= tour.step <= stops
        assert tour.over == (tour.step == stops)
