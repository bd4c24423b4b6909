"""The day of the split, and what was there on it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidValue, UsageError
from matcher.evaluate.splits import NO_END, Lifetimes, split_day


def days(*values: int) -> np.ndarray:
    return np.array(values, np.int32)


def test_a_fifth_of_ten_days_is_the_last_two() -> None:
    assert split_day(days(*range(1, 11))) == 9


def test_the_judgements_of_one_day_are_not_parted() -> None:
    assert split_day(days(1, 5, 5, 5, 5)) == 5
    assert split_day(days(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5)) == 2


@given(st.lists(st.integers(700_000, 700_400), min_size=2), st.floats(0.01, 0.99))
def test_both_sides_of_a_split_have_judgements(values: list[int], share: float) -> None:
    if len(set(values)) < 2:
        values = [*values, values[0] + 1]
    day = split_day(days(*values), share)
    assert min(values) < day <= max(values)


@pytest.mark.parametrize("values", [(), (3,), (3, 3, 3)])
def test_one_day_can_not_be_split(values: tuple[int, ...]) -> None:
    with pytest.raises(UsageError, match="can't be split by time"):
        split_day(days(*values))


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, float("nan")])
def test_a_share_is_between_none_and_all(share: float) -> None:
    with pytest.raises(UsageError, match="can't be held out"):
        split_day(days(1, 2, 3), share)


def test_alive_is_what_came_before_the_day_and_is_valid_on_it() -> None:
    found = Lifetimes(
        ("old", "ended", "last day", "of today", "to come", "just came"),
        days(1, 1, 1, 100, 101, 99),
        days(NO_END, 99, 100, NO_END, NO_END, NO_END),
    )
    assert found.alive(100) == {"old", "last day", "just came"}
    assert found.fresh(100) == {"just came"}
    assert found.fresh(100, within=99) == {"old", "last day", "just came"}


def test_what_is_fresh_and_expired_is_not_fresh() -> None:
    assert Lifetimes(("a",), days(95), days(97)).fresh(100) == frozenset()


def test_lifetimes_of_other_lengths_are_refused() -> None:
    with pytest.raises(InvalidValue, match="2 ids have 1 first and 2 last days"):
        Lifetimes(("a", "b"), days(1), days(1, 2))
