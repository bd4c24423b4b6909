"""Learning lists: the newest lists of which something came, whole, and no more than are wanted."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import DeclineReason, Noun
from matcher.recommend.feedback import NOBODY, Feedback, Impressions, Judgements, no_feedback
from matcher.recommend.learning_lists import (
    LAST_POSITION,
    Rows,
    decided,
    learning_rows,
    newest,
    rows_at,
)

PRICE = list(DeclineReason).index(DeclineReason.PRICE)
Row = tuple[int, int, float]
Known = tuple[int, int, int, int, int]


def shown(rows: list[Row]) -> Impressions:
    """Rows of list, day, grade; the places in a list in order, each with an outcome of its own."""
    lists, days, grades = zip(*rows, strict=True) if rows else ((), (), ())
    count = len(rows)
    numbers = np.array(lists, np.int64)
    before = np.searchsorted(numbers, numbers)
    return Impressions(
        np.zeros(count, np.int32),
        np.arange(count, dtype=np.int32),
        np.zeros(count, np.int32),
        np.array(days, np.int32),
        numbers,
        (np.arange(count) - before + 1).astype(np.int32),
        np.linspace(0.5, 1, count),
        np.arange(count) % 3 == 0,
        np.array(grades, np.float32),
    )


def judgements(known: list[Known]) -> Judgements:
    """Rows of need, outcome, manager, day, reason."""
    columns = list(zip(*known, strict=True)) if known else [()] * 5
    needs, outcomes, managers, days = (np.array(each, np.int32) for each in columns[:4])
    grades = np.full(len(days), -0.5, np.float32)
    reasons = np.array(columns[4], np.int8)
    return Judgements(needs, outcomes, managers, days, grades, reasons, days)


def feedback(rows: list[Row], known: list[Known] | None = None) -> Feedback:
    ids = {noun: ("x",) * len(rows) for noun in (Noun.NEED, Noun.OUTCOME, Noun.MANAGER)}
    return Feedback(ids, judgements(known or []), shown(rows))


THREE = [(0, 5, 0.0), (0, 5, 0.3), (3, 6, 0.0), (3, 6, 0.0), (4, 7, -0.5), (4, 7, 0.0)]


def test_lists_of_which_something_came_are_taken_whole_in_their_order() -> None:
    found = learning_rows(feedback(THREE), 9)
    assert found.places.tolist() == [0, 1, 4, 5]
    assert found.lists.tolist() == [0, 0, 4, 4]
    np.testing.assert_allclose(found.gains, [0, 0.3, -0.5, 0], rtol=1e-6)
    assert found.positions.tolist() == [1, 2, 1, 2]
    assert found.explored.tolist() == [True, False, False, False]
    np.testing.assert_allclose(found.propensities, np.linspace(0.5, 1, 6)[[0, 1, 4, 5]])
    assert len(found) == 4


def test_the_newest_lists_come_first() -> None:
    assert set(learning_rows(feedback(THREE), most=1).lists.tolist()) == {4}
    assert len(learning_rows(feedback(THREE), most=0)) == 0


def test_of_the_last_day_there_is_room_for_lists_are_drawn_by_the_seed() -> None:
    rows = [(number, 5 if number < 40 else 6, 1.0) for number in range(50)]
    drawn = [learning_rows(feedback(rows), most=20, seed=seed).lists.tolist() for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert all(len(each) == 20 and set(range(40, 50)) <= set(each) for each in drawn)


def test_of_the_newest_lists_those_of_which_nothing_came_can_be_had_too() -> None:
    known = feedback(THREE)
    found = rows_at(known, newest(known, 2, fruitless=True))
    assert found.places.tolist() == [2, 3, 4, 5]
    assert found.lists.tolist() == [3, 3, 4, 4]
    np.testing.assert_allclose(found.gains, [0, 0, -0.5, 0])


def test_rows_that_nobody_scrolls_to_are_left_out() -> None:
    rows = [(0, 5, float(place in (0, LAST_POSITION))) for place in range(LAST_POSITION + 9)]
    assert learning_rows(feedback(rows), 9).places.tolist() == list(range(LAST_POSITION))


def test_reasons_are_those_of_the_last_judgement_of_the_very_three() -> None:
    known = [
        (0, 4, 0, 9, PRICE),
        (0, 4, 0, 8, PRICE + 1),
        (0, 5, 1, 9, PRICE),
        (0, 5, NOBODY, 9, PRICE),
        (0, 0, 0, 1, -1),
    ]
    assert learning_rows(feedback(THREE, known), 9).reasons.tolist() == [-1, -1, PRICE, -1]


@pytest.mark.parametrize("nothing", [no_feedback(), feedback([(0, 5, 0.0), (1, 5, 0.0)])])
def test_nothing_shown_or_nothing_come_of_it_is_no_rows(nothing: Feedback) -> None:
    found = learning_rows(nothing, 9)
    assert len(found) == 0
    assert (found.lists.dtype, found.gains.dtype, found.reasons.dtype) == (
        np.int64,
        np.float32,
        np.int8,
    )


some_rows = st.lists(
    st.tuples(st.integers(0, 6), st.integers(1, 3), st.sampled_from([0.0, 0.0, 0.5, -1.0]))
).map(sorted)


@given(some_rows, st.integers(0, 5), st.integers(0, 3))
def test_whatever_was_shown_no_list_is_cut_and_none_is_without_a_grade(
    rows: list[Row], most: int, seed: int
) -> None:
    known = feedback(rows)
    found = learning_rows(known, most, seed)
    lists = set(found.lists.tolist())
    assert len(lists) <= most
    assert (np.diff(found.lists) >= 0).all()
    assert all((found.gains[found.lists == each] != 0).any() for each in lists)
    whole = np.isin(known.impressions.lists, list(lists))
    assert found.places.tolist() == np.flatnonzero(whole).tolist()
    np.testing.assert_array_equal(found.gains, known.impressions.grades[found.places])


@pytest.mark.slow
def test_a_million_rows_take_seconds() -> None:
    count, random = 1_000_000, np.random.default_rng(0)
    grades = np.where(random.random(count) < 0.05, 0.3, 0.0)
    rows = list(zip((np.arange(count) // 20).tolist(), [7] * count, grades.tolist(), strict=True))
    known = feedback(rows, [(0, place, 0, 8, PRICE) for place in range(0, count, 50)])
    before = time.process_time()
    found: Rows = learning_rows(known, 50_000)
    assert time.process_time() - before < 20
    assert len(found) > 100_000


def test_of_several_times_that_a_pair_was_shown_the_last_is_the_one_that_counts() -> None:
    found = shown([(0, 5, 0.3), (0, 5, 0.0), (1, 6, 0.3), (1, 6, 0.0), (2, 7, 0.0)])
    # The first outcome again, and the second, of which nothing ever came.
    again = replace(found, outcomes=np.array([0, 1, 0, 3, 1], np.int32))
    assert decided(again).tolist() == [False, True, True, True, True]


def test_what_was_shown_to_two_managers_counts_for_both() -> None:
    found = shown([(0, 5, 0.3), (1, 6, -0.2)])
    two = replace(found, outcomes=np.zeros(2, np.int32), managers=np.array([0, 1], np.int32))
    assert decided(two).tolist() == [True, True]
