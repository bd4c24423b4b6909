"""Maximal marginal relevance, by hand and at its ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.recommend.diversify import marginal_order

# The second repeats the first; the third is something else.
SCORES = np.array([1.0, 0.9, 0.5])
LIKENESS = np.array([[1.0, 0.9, 0.1], [0.9, 1.0, 0.0], [0.1, 0.0, 1.0]])


@pytest.mark.parametrize(
    ("diversity", "order"),
    [
        (0.0, [0, 1, 2]),
        # .9 · .9 - .1 · .9 = .72 against .9 · .5 - .1 · .1 = .44
        (0.1, [0, 1, 2]),
        # .5 · .9 - .5 · .9 = 0 against .5 · .5 - .5 · .1 = .2
        (0.5, [0, 2, 1]),
        (1.0, [0, 2, 1]),
    ],
)
def test_by_hand(diversity: float, order: list[int]) -> None:
    assert marginal_order(SCORES, LIKENESS, diversity, 3) == order


@pytest.mark.parametrize(("k", "order"), [(0, []), (1, [0]), (2, [0, 2]), (9, [0, 2, 1])])
def test_at_most_k(k: int, order: list[int]) -> None:
    assert marginal_order(SCORES, LIKENESS, 0.5, k) == order


def test_of_nothing_is_nothing() -> None:
    assert marginal_order(np.zeros(0), np.zeros((0, 0)), 0.5, 3) == []


vectors = st.lists(st.lists(st.floats(-1, 1), min_size=2, max_size=2), min_size=1, max_size=8)


@given(vectors=vectors, diversity=st.floats(0, 1))
def test_every_place_once_and_the_best_first(vectors: list[list[float]], diversity: float) -> None:
    rows = np.array(vectors)
    scores = np.linspace(1, 0.1, len(rows))
    order = marginal_order(scores, rows @ rows.T, diversity, len(rows))
    assert sorted(order) == list(range(len(rows)))
    assert order[0] == 0


@given(vectors=vectors)
def test_without_diversity_the_order_stays(vectors: list[list[float]]) -> None:
    rows = np.array(vectors)
    scores = np.linspace(1, 0.1, len(rows))
    assert marginal_order(scores, rows @ rows.T, 0.0, len(rows)) == list(range(len(rows)))
