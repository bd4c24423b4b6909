"""Position bias: eta by hand, from simulated lists, and as weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.optimize import check_grad

from matcher.errors import InvalidValue
from matcher.recommend.examination import (
    USUAL_ETA,
    Examination,
    fit_examination,
    inverse_propensities,
    row_weights,
    surely_seen,
    surprise,
)

POSITIONS = arrays.arrays(np.int64, st.integers(1, 30), elements=st.integers(1, 200))


def shown(eta: float, rows: int, seed: int, worth: float = 0.4) -> tuple[np.ndarray, np.ndarray]:
    """Positions 1 to 10 drawn by chance, and whether they were acted upon."""
    random = np.random.default_rng(seed)
    positions = random.integers(1, 11, rows)
    return positions, random.random(rows) < worth * positions**-eta


def test_examination_by_hand() -> None:
    assert Examination(1.0).at([1, 2, 4]).tolist() == [1, 0.5, 0.25]
    assert Examination(2.0).at([1, 2, 4]).tolist() == [1, 0.25, 0.0625]
    assert Examination(0.0).at([1, 2, 4]).tolist() == [1, 1, 1]


def test_a_quarter_of_the_actions_at_position_2_is_an_eta_of_2() -> None:
    positions = np.repeat([1, 2], 100_000)
    acted = np.concatenate([np.arange(100_000) < 20_000, np.arange(100_000) < 5_000])
    found = fit_examination(positions, acted)
    assert found.eta == pytest.approx(2.0, abs=0.01)
    assert found.labels == 25_000


@pytest.mark.parametrize("eta", [0.0, 0.5, 1.0, 1.7, 2.5])
def test_a_known_eta_is_found(eta: float) -> None:
    found = [fit_examination(*shown(eta, 40_000, seed)).eta for seed in range(5)]
    assert np.mean(found) == pytest.approx(eta, abs=0.06)


def test_the_more_actions_the_less_the_prior_counts() -> None:
    etas = [
        np.mean([fit_examination(*shown(0.0, rows, seed)).eta for seed in range(10)])
        for rows in (5, 50, 500, 50_000)
    ]
    assert etas == sorted(etas, reverse=True)
    assert 0.8 < etas[0] < USUAL_ETA
    assert etas[-1] < 0.03


@pytest.mark.parametrize(
    ("positions", "acted"),
    [
        ([], []),
        ([1, 2, 3], [False, False, False]),
        ([3, 3, 3, 3, 3, 3], [True] + [False] * 5),
    ],
)
def test_what_tells_nothing_of_positions_gives_the_prior(
    positions: list[int], acted: list[bool]
) -> None:
    assert fit_examination(positions, acted).eta == pytest.approx(USUAL_ETA, abs=1e-6)


@given(POSITIONS, st.data())
def test_any_explored_rows_give_an_eta_in_its_bounds(
    positions: np.ndarray, data: st.DataObject
) -> None:
    acted = data.draw(arrays.arrays(bool, len(positions)))
    found = fit_examination(positions, acted)
    assert 0 <= found.eta <= 3
    assert found.labels == acted.sum()


@given(st.floats(-4, -0.1), st.floats(0, 3))
def test_the_gradient_is_that_of_the_surprise(log_theta: float, eta: float) -> None:
    columns = (np.log([1.0, 2.0, 7.0]), np.array([50.0, 40.0, 30.0]), np.array([9.0, 5.0, 1.0]))
    away = check_grad(
        lambda x: surprise(x, *columns)[0],
        lambda x: surprise(x, *columns)[1],
        np.array([log_theta, eta]),
    )
    assert away < 1e-3


def test_inverse_propensities_by_hand() -> None:
    # 1, 2 and 4, clipped at 3: 1, 2 and 3, whose mean is 2.
    found = inverse_propensities([1, 2, 4], Examination(1.0), clip=3.0)
    assert found.tolist() == [0.5, 1.0, 1.5]


@given(POSITIONS, st.floats(0, 3), st.floats(1, 50))
def test_inverse_propensities_have_mean_1_and_are_bounded(
    positions: np.ndarray, eta: float, clip: float
) -> None:
    found = inverse_propensities(positions, Examination(eta), clip)
    assert found.mean() == pytest.approx(1)
    assert found.max() <= found.min() * clip * (1 + 1e-9)
    assert (np.diff(found[np.argsort(positions)]) >= -1e-12).all()


def test_no_rows_have_no_weights() -> None:
    nothing = np.zeros(0, np.int64)
    assert inverse_propensities(nothing, Examination()).shape == (0,)
    assert surely_seen(nothing, nothing, nothing).shape == (0,)
    assert row_weights(nothing, nothing, nothing, Examination()).shape == (0,)


def test_what_stands_above_an_action_was_seen() -> None:
    positions = [2, 1, 3, 1, 2, 1, 2, 3]
    lists = np.array([4, 4, 4, 7, 7, 9, 9, 9])
    acted = [True, False, False, False, False, True, False, True]
    seen = surely_seen(positions, lists, acted)
    assert seen.tolist() == [True, True, False, False, False, True, True, True]


def test_row_weights_by_hand() -> None:
    # Acted upon at 2 and 4: 2 and 4 over their mean. Between them one was seen, below none.
    found = row_weights(
        [1, 2, 3, 4, 5], np.zeros(5, np.int64), [0, 1.0, 0, -0.5, 0], Examination(1.0)
    )
    assert found.tolist() == pytest.approx([1, 2 / 3, 1, 4 / 3, 0])


@pytest.mark.parametrize("positions", [[0], [-1], [np.nan], [np.inf], [[1]]])
def test_a_position_that_is_none_is_refused(positions: list[float]) -> None:
    with pytest.raises(InvalidValue, match="from 1"):
        Examination().at(positions)


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(InvalidValue, match="1 actions for 2 positions"):
        fit_examination([1, 2], [True])


@pytest.mark.parametrize("clip", [0.5, -1.0, np.nan])
def test_a_clip_below_1_is_refused(clip: float) -> None:
    with pytest.raises(InvalidValue, match="clipped"):
        inverse_propensities([1], Examination(), clip)
