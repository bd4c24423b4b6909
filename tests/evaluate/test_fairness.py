"""Exposure worked out by hand, and what its figures must do."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import auc

from matcher.errors import InvalidValue, UsageError
from matcher.evaluate import fairness
from matcher.evaluate.fairness import Spread, coverage, discounts, exposures, gini, lorenz, share

amounts = st.lists(st.floats(0, 100, width=16), min_size=1, max_size=9).filter(any)


def shown(*values: float) -> np.ndarray:
    return np.array(values, np.float64)


def test_a_place_counts_by_the_discount_of_ndcg() -> None:
    assert discounts(np.array([1, 2, 3])) == pytest.approx([1, 1 / math.log2(3), 0.5])


def test_exposure_adds_up_and_counts_those_who_were_never_shown() -> None:
    found = exposures(np.array([0, 2, 0]), np.array([1, 3, 3]), 4)
    assert found == pytest.approx([1.5, 0, 0.5, 0])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((1, 1, 1, 1), 0.0),
        ((0, 0, 0, 5), 0.75),
        ((1, 3), 0.25),
        # The mean difference of all pairs, 20/16, over twice the mean, 2.5.
        ((1, 2, 3, 4), 0.25),
        ((7,), 0.0),
    ],
)
def test_gini_worked_out_by_hand(values: tuple[float, ...], expected: float) -> None:
    assert gini(shown(*values)).value == pytest.approx(expected)


@given(amounts)
def test_gini_is_half_the_relative_mean_difference(values: list[float]) -> None:
    found = shown(*values)
    differences = np.abs(found[:, None] - found[None, :]).mean()
    assert gini(found).value == pytest.approx(differences / (2 * found.mean()), abs=1e-9)


@given(amounts)
def test_gini_is_that_of_the_area_below_the_lorenz_curve(values: list[float]) -> None:
    lorenz = np.array([0.0, *np.cumsum(sorted(values)) / sum(values)])
    area = auc(np.linspace(0, 1, len(lorenz)), lorenz)
    assert gini(shown(*values)).value == pytest.approx(1 - 2 * area, abs=1e-9)


@given(amounts, st.floats(0.1, 9))
def test_gini_knows_no_unit_and_no_order(values: list[float], unit: float) -> None:
    found = gini(shown(*values)).value
    assert gini(shown(*sorted(values, reverse=True)) * unit).value == pytest.approx(found, abs=1e-9)
    assert -1e-9 <= found <= 1 - 1 / len(values) + 1e-9


def test_someone_who_could_have_been_shown_makes_it_less_even() -> None:
    assert gini(shown(1, 1, 0)).value > gini(shown(1, 1)).value


def test_coverage_is_the_share_shown_at_all() -> None:
    values, fresh = shown(0.1, 0, 5, 0), np.array([True, True, False, True])
    assert coverage(values) == Spread(0.5, None, None, 4)
    assert coverage(values, fresh) == Spread(pytest.approx(1 / 3), None, None, 3)


def test_share_is_of_the_exposure_and_not_of_the_parties() -> None:
    assert share(shown(1, 0, 3), np.array([True, True, False])).value == pytest.approx(0.25)


def test_the_intervals_hold_their_figures_and_are_seeded() -> None:
    rng = np.random.default_rng(0)
    values = np.where(rng.random(200) < 0.6, rng.exponential(1, 200), 0.0)
    fresh = rng.random(200) < 0.3
    for found, again in (
        (gini(values), gini(values)),
        (coverage(values), coverage(values)),
        (coverage(values, fresh), coverage(values, fresh)),
        (share(values, fresh), share(values, fresh)),
    ):
        assert found == again
        assert found.low is not None
        assert found.high is not None
        assert 0 < found.low < found.value < found.high < 1
    assert gini(values, seed=1) != gini(values, seed=2)


def test_the_interval_of_coverage_is_that_of_a_share() -> None:
    found = coverage(shown(*[1.0] * 300, *[0.0] * 200))
    half = 1.96 * math.sqrt(0.6 * 0.4 / 500)
    assert (found.low, found.high) == pytest.approx((0.6 - half, 0.6 + half), abs=half / 5)


def test_with_few_parties_shown_there_is_no_interval() -> None:
    assert gini(shown(*[1.0] * 9, *[0.0] * 90)).low is None
    assert gini(shown(*[1.0] * 10, *[0.0] * 90)).low is not None


@settings(max_examples=10)
@given(st.integers(10, 40))
def test_the_same_for_all_has_an_interval_without_width(parties: int) -> None:
    found = gini(np.full(parties, 0.5))
    assert (found.value, found.low, found.high) == pytest.approx((0, 0, 0), abs=1e-12)


def test_an_interval_over_very_many_is_drawn_in_bounded_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = np.random.default_rng(0).exponential(1, 2000)
    whole = gini(values)
    monkeypatch.setattr(fairness, "WORK", 1)
    monkeypatch.setattr(fairness, "CELLS", 1)
    few = gini(values)
    assert few.value == whole.value
    assert (few.low, few.high) == pytest.approx((whole.low, whole.high), abs=0.01)
    assert few != whole


def test_where_nobody_was_shown_there_is_no_figure() -> None:
    for figure in (gini, coverage):
        with pytest.raises(UsageError, match="none of 3 parties was shown"):
            figure(np.zeros(3))


@pytest.mark.parametrize("values", [(1, -1), (1, math.nan), (math.inf, 1)])
def test_what_is_no_exposure_is_refused(values: tuple[float, float]) -> None:
    with pytest.raises(InvalidValue, match="from 0 up"):
        gini(shown(*values))


def test_masks_that_fit_nothing_are_refused() -> None:
    with pytest.raises(UsageError, match="no such party"):
        coverage(shown(1, 2), np.zeros(2, np.bool_))
    with pytest.raises(InvalidValue, match="A mask of 3"):
        share(shown(1, 2), np.ones(3, np.bool_))


def test_rows_that_fit_nothing_are_refused() -> None:
    with pytest.raises(InvalidValue, match="below 1"):
        discounts(np.array([0]))
    with pytest.raises(InvalidValue, match="none of 2"):
        exposures(np.array([2]), np.array([1]), 2)
    with pytest.raises(InvalidValue, match="1 parties were shown at 2"):
        exposures(np.array([0]), np.array([1, 2]), 2)


def test_the_curve_is_what_the_least_shown_have() -> None:
    assert lorenz(shown(3, 1, 0)).tolist() == [0, 0, 0.25, 1]
    with pytest.raises(UsageError):
        lorenz(shown(0, 0))
