"""Likelihoods: only from enough outcomes, rising, near the truth, and the same after JSON."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidValue
from matcher.recommend.calibration import (
    Calibration,
    fit_calibration,
)

BY_HAND = Calibration(np.array([0.2, 0.6]), np.array([0.1, 0.9]), 200)
GRID = np.linspace(0, 1, 201)


def outcomes(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Scores, and successes of which the likelihood is the score's sigmoid around one half."""
    random = np.random.default_rng(seed)
    scores = random.random(count)
    return scores, (random.random(count) < truth(scores)).astype(int)


def truth(scores: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-6 * (scores - 0.5))))


def fitted(scores: Any, labels: Any, weights: Any = None) -> Calibration:
    found = fit_calibration(scores, labels, weights)
    assert found is not None
    return found


def test_a_likelihood_by_hand() -> None:
    found = BY_HAND.likelihood([0.0, 0.2, 0.4, 0.6, 1.0])
    assert found.tolist() == pytest.approx([0.1, 0.1, 0.5, 0.9, 0.9])
    assert BY_HAND.likelihood(np.zeros(0)).shape == (0,)


@pytest.mark.parametrize(
    ("good", "bad", "known"),
    [(0, 0, False), (100, 99, False), (100, 100, True), (19, 300, False), (20, 300, True),
     (300, 19, False), (300, 20, True), (0, 5000, False), (5000, 0, False)],
)  # fmt: skip
def test_a_likelihood_needs_200_outcomes_and_20_of_the_rarer(
    good: int, bad: int, known: bool
) -> None:
    labels = np.repeat([1, 0], [good, bad])
    scores = np.random.default_rng(0).random(good + bad)
    assert (fit_calibration(scores, labels) is not None) == known


def test_rows_without_weight_are_no_outcomes() -> None:
    scores, labels = outcomes(300)
    weights = np.ones(300)
    weights[:101] = 0
    assert fit_calibration(scores, labels, weights) is None
    weights[100] = 1
    found = fitted(scores, labels, weights)
    assert found.labels == 200
    assert found.to_mapping() == fitted(scores[100:], labels[100:]).to_mapping()


def shown(acted: int, untouched: int, weight: float) -> tuple[np.ndarray, ...]:
    """Scores, labels, weights and who acted: half of those that did took it up."""
    scores = np.random.default_rng(0).random(acted + untouched)
    did = np.arange(acted + untouched) < acted
    labels = did & (scores > np.median(scores[did]))
    return scores, labels, np.where(did, 1.0, weight), did


@pytest.mark.parametrize("acted", [200, 999])
def test_rows_that_nobody_touched_are_no_outcomes(acted: int) -> None:
    """However many there are: it stays Platt's sigmoid, on its even grid."""
    assert fit_calibration(*shown(199, 9000, 0.3)) is None
    found = fit_calibration(*shown(acted, 9000, 0.3))
    assert found is not None
    assert found.labels == acted
    assert np.ptp(np.diff(found.scores)) < 1e-9


def test_a_thousand_outcomes_of_many_rows_are_isotonic() -> None:
    found = fit_calibration(*shown(1000, 9000, 0.3))
    assert found is not None
    assert found.labels == 1000
    assert np.ptp(np.diff(found.scores)) > 1e-3


def test_the_edge_is_of_the_rows_that_were_looked_at() -> None:
    """3,000 rows for 1,500 looks: below where any was taken up it is 1 / 1,502."""
    scores = np.repeat([0.1, 0.5, 0.9], [2000, 500, 500])
    labels, acted = scores == 0.9, scores > 0.1
    found = fit_calibration(scores, labels, np.where(acted, 1.0, 0.25), acted)
    assert found is not None
    low, high = found.likelihood([0.1, 0.9])
    assert (low, high) == pytest.approx((1 / 1502, 1 - 1 / 1502))


@pytest.mark.parametrize(("untouched", "known"), [(190, False), (210, True)])
def test_what_was_hardly_looked_at_is_no_rarer_kind(untouched: int, known: bool) -> None:
    """All that was acted upon was taken up; the others were looked at with one chance in ten."""
    scores, _, weights, acted = shown(300, untouched, 0.1)
    assert (fit_calibration(scores, acted, weights, acted) is not None) == known


@pytest.mark.parametrize(("count", "tolerance"), [(400, 0.12), (900, 0.08), (20_000, 0.05)])
def test_likelihoods_are_near_the_truth(count: int, tolerance: float) -> None:
    middle = GRID[10:-10]
    off = [
        np.abs(fitted(*outcomes(count, seed)).likelihood(middle) - truth(middle)).max()
        for seed in range(5)
    ]
    assert np.mean(off) < tolerance


def test_a_shape_that_is_no_sigmoid_is_found_from_a_thousand_outcomes() -> None:
    random = np.random.default_rng(1)
    scores = random.random(8000)
    labels = random.random(8000) < np.where(scores < 0.5, 0.1, 0.3)
    low, high = fitted(scores, labels).likelihood([0.3, 0.8])
    assert low == pytest.approx(0.1, abs=0.04)
    assert high == pytest.approx(0.3, abs=0.04)


@given(st.integers(200, 1200), st.integers(0, 1000), st.integers(1, 50))
def test_a_higher_score_is_never_less_likely(count: int, seed: int, values: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.integers(0, values, count) / values
    labels = np.arange(count) % 3 == 0
    found = fitted(scores, labels, random.random(count) + 0.01).likelihood(GRID)
    assert (np.diff(found) >= 0).all()
    assert found[0] > 0
    assert found[-1] < 1


@pytest.mark.parametrize("count", [300, 3000])
def test_scores_that_mean_the_contrary_say_nothing(count: int) -> None:
    scores, labels = outcomes(count)
    found = fitted(1 - scores, labels).likelihood(GRID)
    assert np.ptp(found) < 0.05
    assert found.mean() == pytest.approx(labels.mean(), abs=0.02)


@pytest.mark.parametrize("count", [300, 3000])
def test_one_score_for_all_has_the_share_of_successes(count: int) -> None:
    labels = np.arange(count) % 4 == 0
    assert fitted(np.full(count, 0.3), labels).likelihood(0.9) == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize("count", [300, 3000])
def test_perfectly_parted_outcomes_are_still_no_certainty(count: int) -> None:
    scores = np.linspace(0, 1, count)
    low, high = fitted(scores, scores > 0.5).likelihood([0, 1])
    assert 0 < low < 0.02
    assert 0.98 < high < 1


@pytest.mark.parametrize("count", [300, 3000])
def test_weights_make_an_outcome_count_more(count: int) -> None:
    scores, labels = outcomes(count)
    plain = fitted(scores, labels).likelihood(0.5)
    assert fitted(scores, labels, np.where(labels, 3.0, 1.0)).likelihood(0.5) > plain + 0.1


@pytest.mark.parametrize("count", [300, 3000])
def test_the_state_survives_json_to_the_last_bit(count: int) -> None:
    found = fitted(*outcomes(count))
    again = Calibration.from_mapping(json.loads(json.dumps(found.to_mapping())))
    assert again.likelihood(GRID).tobytes() == found.likelihood(GRID).tobytes()
    assert again.labels == found.labels == count


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"scores": None}, "scores"),
        ({"scores": "0.1"}, "scores"),
        ({"scores": [0.2, "x"]}, "scores"),
        ({"scores": [0.2, True]}, "scores"),
        ({"scores": [0.2, float("nan")]}, "scores"),
        ({"scores": [0.2, 10**400]}, "scores"),
        ({"scores": [0.6, 0.2]}, "scores"),
        ({"scores": [0.2, 0.2]}, "scores"),
        ({"scores": [0.2]}, "scores"),
        ({"scores": [], "likelihoods": []}, "scores"),
        ({"scores": [[0.2], [0.6]]}, "scores"),
        ({"likelihoods": [0.9, 0.1]}, "likelihoods"),
        ({"likelihoods": [-0.1, 0.1]}, "likelihoods"),
        ({"likelihoods": [0.1, 1.1]}, "likelihoods"),
        ({"likelihoods": {}}, "likelihoods"),
        ({"labels": 199}, "labels"),
        ({"labels": 300.0}, "labels"),
        ({"labels": True}, "labels"),
        ({"labels": None}, "labels"),
    ],
)
def test_a_broken_state_is_refused(change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Calibration.from_mapping({**BY_HAND.to_mapping(), **change})
    assert caught.value.where == {"field": field}
    assert caught.value.hint


@pytest.mark.parametrize("state", [None, [], "x", 3])
def test_a_state_that_is_no_mapping_is_refused(state: Any) -> None:
    with pytest.raises(InvalidValue):
        Calibration.from_mapping(state)


@pytest.mark.parametrize(
    ("scores", "labels", "weights", "field"),
    [
        ([np.nan], [1], None, "scores"),
        ([np.inf], [1], None, "scores"),
        ([[0.5]], [1], None, "scores"),
        ([0.5], [2], None, "labels"),
        ([0.5], [0.5], None, "labels"),
        ([0.5], [1, 0], None, "labels"),
        ([0.5], [1], [-1], "weights"),
        ([0.5], [1], [np.nan], "weights"),
        ([0.5], [1], [1, 1], "weights"),
    ],
)
def test_outcomes_that_are_none_are_refused(
    scores: Any, labels: Any, weights: Any, field: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        fit_calibration(scores, labels, weights)
    assert caught.value.where == {"field": field}


def test_who_acted_is_known_of_each_row() -> None:
    with pytest.raises(InvalidValue) as caught:
        fit_calibration([0.5, 0.6], [0, 1], None, [True])
    assert caught.value.where == {"field": "acted"}
