"""Paired comparison: known differences, known p, and the words for them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from matcher.errors import UsageError
from matcher.evaluate.comparison import Comparison, Verdict, compare, in_words


def test_p_is_exact_for_few_queries() -> None:
    """Of the 2⁴ exchanges of sign only the two extreme ones reach a mean difference of ±.25."""
    ours, theirs = np.array([0.9, 0.7, 0.6, 0.4]), np.array([0.5, 0.5, 0.3, 0.3])
    found = compare(ours, theirs)
    assert found.difference == pytest.approx(0.25)
    assert found.p == pytest.approx(2 / 16)
    assert found.verdict is Verdict.UNDECIDED


def test_a_clear_gain_is_better_and_its_mirror_worse() -> None:
    theirs = np.random.default_rng(0).random(60) / 2
    ours = theirs + np.random.default_rng(1).normal(0.1, 0.05, 60)
    gain, loss = compare(ours, theirs), compare(theirs, ours)
    assert gain.verdict is Verdict.BETTER
    assert 0 < gain.low < gain.difference < gain.high
    assert loss.verdict is Verdict.WORSE
    assert loss.difference == pytest.approx(-gain.difference)


def test_pairing_sees_what_the_spread_of_queries_hides() -> None:
    """A gain of .02 on each query, while queries differ by far more."""
    theirs = np.random.default_rng(0).random(50)
    found = compare(theirs + 0.02, theirs)
    assert found.verdict is Verdict.BETTER
    assert (found.low, found.high) == pytest.approx((0.02, 0.02))


def test_a_run_is_not_different_from_itself() -> None:
    values = np.random.default_rng(0).random(30)
    assert compare(values, values) == Comparison(0.0, 0.0, 0.0, 1.0, 30)


@settings(max_examples=15, deadline=None)
@given(arrays.arrays(np.float64, (2, 7), elements=st.floats(0, 1, width=16)))
def test_the_two_sides_are_mirror_images(values: np.ndarray) -> None:
    one, other = compare(values[0], values[1]), compare(values[1], values[0])
    assert one.difference == pytest.approx(-other.difference)
    assert one.p == pytest.approx(other.p)
    assert 0 <= one.p <= 1
    assert one.low <= one.difference + 1e-9
    assert one.difference <= one.high + 1e-9


def test_a_comparison_is_seeded() -> None:
    ours, theirs = np.random.default_rng(0).random((2, 40))
    assert compare(ours, theirs) == compare(ours, theirs)


@pytest.mark.parametrize("sizes", [(3, 2), (1, 1), (0, 0)])
def test_unequal_or_too_few_queries_are_refused(sizes: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="can't compare"):
        compare(np.zeros(sizes[0]), np.zeros(sizes[1]))


@pytest.mark.parametrize(
    ("comparison", "words"),
    [
        (
            Comparison(0.0124, 0.004, 0.02, 0.003, 155),
            "better by 0.012 [0.004, 0.020], p = 0.003, 155 queries",
        ),
        (
            Comparison(-0.03, -0.05, -0.01, 0.0002, 90),
            "worse by 0.030 [0.010, 0.050], p < 0.001, 90 queries",
        ),
        (
            Comparison(0.003, -0.004, 0.01, 0.41, 20),
            "no difference shown: +0.003 [-0.004, +0.010], p = 0.410, 20 queries",
        ),
    ],
)
def test_a_comparison_in_words(comparison: Comparison, words: str) -> None:
    assert in_words(comparison) == words
