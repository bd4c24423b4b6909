"""Normalised scores and their convex sum, by hand and as algebra."""

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.recommend.fusion import Scores, available, fuse, normalised

finite = st.floats(-1e6, 1e6)
unit = st.floats(0, 1)


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Scores], dict[str, float]]:
    count = draw(st.integers(0, 8))
    row = st.lists(unit, min_size=count, max_size=count)
    legs = {name: normalised(np.array(draw(row))) for name in ("a", "b", "c")}
    return legs, {name: draw(unit) for name in legs}


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([4.0, 2.0, 0.0, -2.0], [1.0, 0.5, 0.0, 0.0]),
        ([3.0], [1.0]),
        ([0.0], [0.0]),
        ([2.0, 2.0], [1.0, 1.0]),
        ([-1.0, -2.0], [0.0, 0.0]),
        ([], []),
    ],
)
def test_normalised_by_hand(scores: list[float], expected: list[float]) -> None:
    assert normalised(np.array(scores)).tolist() == expected


@given(scores=st.lists(finite, max_size=10))
def test_normalised_lies_between_0_and_1(scores: list[float]) -> None:
    found = normalised(np.array(scores))
    assert ((found >= 0) & (found <= 1)).all()


@given(score=finite, count=st.integers(1, 9))
def test_a_constant_list_is_all_1_or_all_0(score: float, count: int) -> None:
    assert normalised(np.full(count, score)).tolist() == [float(score > 0)] * count


def test_normalised_leaves_what_it_was_given() -> None:
    scores = np.array([2.0, -1.0])
    normalised(scores)
    assert scores.tolist() == [2.0, -1.0]


def test_a_silent_leg_gives_its_weight_to_the_others() -> None:
    legs = {"a": np.array([1.0, 0.5]), "b": np.zeros(2), "c": np.array([0.0, 1.0])}
    assert available({"a": 0.2, "b": 0.5, "c": 0.3}, legs) == {"a": 0.4, "c": 0.6}


def test_where_no_leg_speaks_no_weight_is_left() -> None:
    assert available({"a": 1.0}, {"a": np.zeros(3)}) == {}
    assert available({}, {"a": np.ones(3)}) == {}


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


def test_fuse_of_silence_is_zero_without_parts() -> None:
    scores, parts = fuse({"concepts": np.zeros(2)}, {"concepts": 1.0})
    assert scores.tolist() == [0.0, 0.0]
    assert parts == {}


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
