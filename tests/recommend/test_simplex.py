"""The best convex weights: planted ones are found, and what says nothing gets nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.recommend.simplex import best_weights, discounted, gain, nearest_as_good


def lists(count: int, size: int, features: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Random features, and where each list of so many rows begins."""
    random = np.random.default_rng(seed)
    return random.random((count * size, features)), np.arange(count) * size


def best_by(score: np.ndarray, size: int) -> np.ndarray:
    """The row of each list that scores highest."""
    by_list = score.reshape(-1, size)
    return np.arange(len(by_list)) * size + by_list.argmax(axis=1)


def mean_gain(features: np.ndarray, weights: np.ndarray, right: np.ndarray, size: int) -> float:
    scores = (features @ weights).reshape(-1, size)
    own = scores[np.arange(len(scores)), right % size]
    return float(discounted((scores >= own[:, None]).sum(axis=1)).mean())


def test_gains_by_hand() -> None:
    np.testing.assert_allclose(discounted(np.array([1, 3, 7])), [1, 1 / 2, 1 / 3])
    assert discounted(np.array([2]))[0] == pytest.approx(1 / math.log2(3))


@pytest.mark.parametrize("planted", [0, 1, 2])
def test_the_feature_that_decides_is_found(planted: int) -> None:
    features, starts = lists(100, 30, 3, planted)
    found = best_weights(features, starts, best_by(features[:, planted], 30))
    assert found[planted] > 0.9


def test_a_mixture_that_decides_is_found() -> None:
    features, starts = lists(300, 50, 3, 5)
    truth = np.array([0.2, 0.5, 0.3])
    found = best_weights(features, starts, best_by(features @ truth, 50))
    np.testing.assert_allclose(found, truth, atol=0.08)
    # Never worse than any corner, the middle and the truth.
    right = best_by(features @ truth, 50)
    for other in (*np.eye(3), np.full(3, 1 / 3)):
        assert mean_gain(features, found, right, 50) >= mean_gain(features, other, right, 50)


def test_a_feature_that_is_0_for_all_gets_no_weight() -> None:
    features, starts = lists(50, 20, 3, 1)
    right = best_by(features[:, 0], 20)
    features[:, 1] = 0
    found = best_weights(features, starts, right)
    assert found[1] == 0
    assert found.sum() == pytest.approx(1)


def test_where_all_is_0_no_feature_is_better_than_another() -> None:
    np.testing.assert_allclose(
        best_weights(np.zeros((4, 2)), np.array([0, 2]), np.array([1, 2])), [0.5, 0.5]
    )


def test_of_equally_good_weights_the_most_even_are_taken() -> None:
    """Both features put the right row first, whatever they are weighed."""
    features = np.array([[1, 1], [0, 0], [0.9, 0.8], [0.1, 0.2]])
    found = best_weights(features, np.array([0, 2]), np.array([0, 2]))
    np.testing.assert_allclose(found, [0.5, 0.5])


def test_a_tie_is_a_place_lost() -> None:
    """The first feature puts the right row level with all others, the second right behind one."""
    features = np.array([[0.5, 0.5], [0.5, 0.9], [0.5, 0.1], [0.5, 0.0]])
    found = best_weights(features, np.array([0]), np.array([0]))
    scores = features @ found
    assert (scores >= scores[0]).sum() == 2
    assert found[1] > 0


def test_lists_of_one_row_and_a_single_feature() -> None:
    rows = np.array([[0.3], [0.8]])
    np.testing.assert_allclose(best_weights(rows, np.array([0, 1]), np.array([0, 1])), [1])


def test_a_misleading_feature_gets_little() -> None:
    features, starts = lists(200, 20, 2, 3)
    right = best_by(features[:, 0], 20)
    features[:, 1] = 1 - features[:, 0]
    assert best_weights(features, starts, right)[0] > 0.5


@settings(max_examples=20)
@given(st.integers(0, 1000), st.integers(1, 4), st.integers(1, 6))
def test_weights_are_convex_and_no_worse_than_any_feature_alone(
    seed: int, count: int, lists_: int
) -> None:
    features, starts = lists(lists_, 5, count, seed)
    right = starts + np.random.default_rng(seed).integers(0, 5, lists_)
    found = best_weights(features, starts, right)
    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1)
    gain = mean_gain(features, found, right, 5)
    for alone in np.eye(count):
        assert gain >= mean_gain(features, alone, right, 5) - 1e-9


def test_what_one_list_says_moves_nothing() -> None:
    """One list has no spread to tell an accident from more, but its best is no worse than usual."""
    features, usual = np.array([[0.9, 0.1], [0.1, 0.2]]), np.array([0.8, 0.2])
    found = nearest_as_good(np.array([1.0, 0.0]), usual, features, np.array([0]), np.array([0]))
    np.testing.assert_array_equal(found, usual)


def test_what_many_lists_say_moves_as_far_as_it_pays() -> None:
    features, starts = lists(300, 30, 2, 3)
    right = best_by(features[:, 0], 30)
    best, usual = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    found = nearest_as_good(best, usual, features, starts, right)
    assert found[0] >= 0.9
    some = 0.5 * best + 0.5 * usual
    assert gain(found, features, starts, right) > gain(some, features, starts, right)


def test_a_best_that_is_an_accident_is_left_alone() -> None:
    """Both features are noise; whichever happens to be ahead is within the error."""
    features, starts = lists(40, 30, 2, 8)
    right = starts + np.random.default_rng(1).integers(0, 30, 40)
    best, usual = best_weights(features, starts, right), np.array([0.5, 0.5])
    found = nearest_as_good(best, usual, features, starts, right)
    assert abs(found - usual).sum() < abs(best - usual).sum()
