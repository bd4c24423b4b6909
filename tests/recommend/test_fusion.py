"""Normalised scores and their convex sum, by hand and as algebra."""

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.recommend.fusion import Scores, available, fuse, within_unit

unit = st.floats(0, 1)


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Scores], dict[str, float]]:
    count = draw(st.integers(0, 8))
    row = st.lists(unit, min_size=count, max_size=count)
    legs = {name: np.array(draw(row), np.float64) for name in ("a", "b", "c")}
    return legs, {name: draw(unit) for name in legs}


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([0.25, 1.5, -0.5], [0.25, 1.0, 0.0]),
        ([math.nan, math.inf, -math.inf], [0.0, 1.0, 0.0]),
        ([1 + 1e-12], [1.0]),
        ([], []),
    ],
)
def test_scores_are_cut_to_the_unit_by_hand(scores: list[float], expected: list[float]) -> None:
    assert within_unit(np.array(scores)).tolist() == expected


@given(scores=st.lists(st.floats(), max_size=10))
def test_whatever_number_it_is_it_lies_between_0_and_1_then(scores: list[float]) -> None:
    found = within_unit(np.array(scores))
    assert ((found >= 0) & (found <= 1)).all()


@given(scores=st.lists(unit, min_size=1, max_size=10))
def test_a_score_is_not_relative_to_the_best(scores: list[float]) -> None:
    """What lies in [0, 1] stays, so that two queries can be compared."""
    assert within_unit(np.array(scores)).tolist() == scores


def test_scores_are_cut_in_a_copy() -> None:
    scores = np.array([2.0, -1.0])
    within_unit(scores)
    assert scores.tolist() == [2.0, -1.0]


def test_a_feature_that_is_not_there_gives_its_weight_to_the_others() -> None:
    assert available({"a": 0.2, "b": 0.5, "c": 0.3}, ["a", "c"]) == {"a": 0.4, "c": 0.6}


def test_a_feature_that_says_nothing_keeps_its_weight() -> None:
    """A query that nothing covers has low scores, not others' weights."""
    scores, parts = fuse({"a": np.array([0.5]), "b": np.zeros(1)}, {"a": 0.5, "b": 0.5})
    assert scores.tolist() == [0.25]
    assert {name: part.tolist() for name, part in parts.items()} == {"a": [0.25], "b": [0.0]}


def test_a_feature_without_weight_is_no_part() -> None:
    assert available({"a": 1.0, "b": 0.0}, ["a", "b"]) == {"a": 1.0}


def test_where_no_feature_is_there_no_weight_is_left() -> None:
    assert available({"a": 1.0}, []) == available({}, ["a"]) == available({"a": 0.0}, ["a"]) == {}


@given(case=cases())
def test_weights_are_never_negative_and_sum_to_1(
    case: tuple[dict[str, Scores], dict[str, float]],
) -> None:
    legs, weights = case
    used = available(weights, legs)
    assert all(weight >= 0 for weight in used.values())
    assert not used or math.isclose(math.fsum(used.values()), 1)


def test_fuse_by_hand() -> None:
    legs = {"concepts": np.array([1.0, 0.5, 0.0]), "content": np.array([0.5, 1.0, 0.0])}
    scores, parts = fuse(legs, {"concepts": 0.75, "content": 0.25})
    assert scores.tolist() == [0.875, 0.625, 0.0]
    assert parts["concepts"].tolist() == [0.75, 0.375, 0.0]
    assert parts["content"].tolist() == [0.125, 0.25, 0.0]


def test_fuse_without_a_weight_is_zero_without_parts() -> None:
    scores, parts = fuse({"concepts": np.ones(2)}, {"content": 1.0})
    assert scores.tolist() == [0.0, 0.0]
    assert parts == {}


@given(case=cases())
def test_a_score_lies_between_0_and_1(case: tuple[dict[str, Scores], dict[str, float]]) -> None:
    scores, _ = fuse(*case)
    assert ((scores >= 0) & (scores <= 1 + 1e-12)).all()


def test_fuse_of_nothing() -> None:
    scores, parts = fuse({}, {"concepts": 1.0})
    assert scores.shape == (0,)
    assert parts == {}


@given(case=cases())
def test_parts_sum_to_the_score_to_the_bit(
    case: tuple[dict[str, Scores], dict[str, float]],
) -> None:
    scores, parts = fuse(*case)
    assert np.isfinite(scores).all()
    for row, score in enumerate(scores.tolist()):
        assert math.fsum(part[row] for part in parts.values()) == score


@given(case=cases(), random=st.randoms(use_true_random=False))
def test_a_score_depends_on_no_order(
    case: tuple[dict[str, Scores], dict[str, float]], random: Random
) -> None:
    legs, weights = case
    order = np.arange(len(legs["a"]))
    random.shuffle(order)
    shuffled = {name: scores[order] for name, scores in reversed(legs.items())}
    np.testing.assert_array_equal(fuse(shuffled, weights)[0], fuse(legs, weights)[0][order])
