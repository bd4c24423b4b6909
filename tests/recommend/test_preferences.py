"""Pairs of a list, by hand, as a property, and bounded where there are many."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.recommend.preferences import MOST_EACH, MOST_PAIRS, Preferences, draw

GAINS = st.sampled_from([-1.0, -0.5, 0.0, 0.3, 1.0])
WEIGHTS = st.sampled_from([0.0, 0.25, 1.0, 3.0])
ROWS = st.lists(st.tuples(st.integers(0, 4), GAINS, WEIGHTS), max_size=30)


def columns(rows: list[tuple[int, float, float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    ordered = sorted(rows, key=lambda row: row[0])
    lists, gains, weights = zip(*ordered, strict=True) if ordered else ((), (), ())
    return np.array(lists, np.int64), np.array(gains, np.float32), np.array(weights, float)


def pairs(found: Preferences) -> list[tuple[int, int]]:
    return sorted(zip(found.better.tolist(), found.worse.tolist(), strict=True))


def test_pairs_by_hand() -> None:
    lists, gains = np.array([1, 1, 1, 2, 2]), np.array([1.0, 0.0, -0.5, 0.0, 0.5], np.float32)
    found = draw(lists, gains, np.array([3.0, 1.0, 1.0, 0.0, 1.0]))
    by_pair = dict(zip(zip(found.better, found.worse, strict=True), found.weights, strict=True))
    # The row with gain 1 has two pairs, so each weighs half; the declined one has one of its own.
    assert by_pair == {(0, 1): 3 * 1 / 2, (0, 2): 3 * 1.5 / 2, (1, 2): 0.5, (4, 3): 0.5}
    assert found.labels == 3


@given(ROWS)
def test_every_pair_of_one_list_with_different_gains_comes_once(
    rows: list[tuple[int, float, float]],
) -> None:
    lists, gains, weights = columns(rows)
    every = range(len(lists))
    wanted = [
        (one, other)
        for one in every
        for other in every
        if lists[one] == lists[other] and gains[one] > gains[other] and weights[one] > 0
    ]
    found = draw(lists, gains, weights)
    assert pairs(found) == wanted
    assert (found.weights > 0).all()


@given(ROWS, st.integers(2, 5))
def test_a_longer_list_of_the_same_weighs_no_more(
    rows: list[tuple[int, float, float]], times: int
) -> None:
    lists, gains, weights = columns([row for row in rows if row[1] >= 0])
    untouched = gains == 0
    again = np.repeat(np.arange(len(lists)), np.where(untouched, times, 1))
    short, long = draw(lists, gains, weights), draw(lists[again], gains[again], weights[again])
    # Rows above 0 are compared with more than the untouched ones, so only those of one gain.
    if len(np.unique(gains[gains > 0])) <= 1:
        assert long.weights.sum() == pytest.approx(short.weights.sum())
    assert long.labels == short.labels


def test_an_untouched_row_without_weight_is_better_than_nothing() -> None:
    gains = np.array([0.0, 0.0, -1.0], np.float32)
    found = draw(np.zeros(3, np.int64), gains, np.array([1.0, 0.0, 0.0]))
    assert pairs(found) == [(0, 2)]
    assert found.weights.tolist() == [1.0]


def test_a_row_that_says_half_weighs_half_as_the_worse_one() -> None:
    gains = np.array([1.0, -1.0], np.float32)
    says = np.array([0.0, 0.5])
    found = draw(np.zeros(2, np.int64), gains, np.ones(2), says=says)
    assert found.weights.tolist() == [1.0]
    assert draw(np.zeros(2, np.int64), gains, np.ones(2), says=1 - says * 2).labels == 0


def test_of_many_pairs_an_even_choice_is_drawn() -> None:
    gains = np.concatenate([[1.0], np.zeros(900), np.full(100, -1.0)]).astype(np.float32)
    found = draw(np.zeros(1001, np.int64), gains, np.eye(1001)[0])
    assert len(found.better) == MOST_EACH == len(set(found.worse.tolist()))
    assert (gains[found.worse] < 0).sum() == 5


def test_the_choice_misses_nobody_in_the_long_run() -> None:
    gains = np.array([1.0] + [0.0] * 75, np.float32)
    seen = [draw(np.zeros(76, int), gains, np.ones(76), seed=seed).worse for seed in range(300)]
    shares = np.bincount(np.concatenate(seen), minlength=76)[1:] / 300
    np.testing.assert_allclose(shares, MOST_EACH / 75, atol=0.13)


def test_the_seed_fixes_the_choice() -> None:
    gains = np.array([1.0] + [0.0] * 200, np.float32)
    one, same, other = (
        draw(np.zeros(201, int), gains, np.ones(201), seed=seed).worse.tolist()
        for seed in (1, 1, 2)
    )
    assert one == same != other


@pytest.mark.slow
def test_a_million_rows_make_a_bounded_number_of_pairs() -> None:
    random = np.random.default_rng(0)
    lists = np.sort(random.integers(0, 10_000, 1_000_000))
    gains = random.choice(np.array([-1, 0, 0.5, 1], np.float32), 1_000_000, p=[0.1, 0.5, 0.2, 0.2])
    tracemalloc.start()
    found = draw(lists, gains, np.ones(1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 500_000 < len(found.better) <= MOST_PAIRS
    assert (lists[found.better] == lists[found.worse]).all()
    assert (gains[found.better] > gains[found.worse]).all()
    assert peak < 400e6
