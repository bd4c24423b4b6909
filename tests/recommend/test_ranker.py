"""Learned weights: by hand, known ones found again, and never further than the labels carry."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import check_grad

from matcher.errors import InvalidValue
from matcher.recommend.examination import Examination, row_weights
from matcher.recommend.ranker import Lists, Ranker, fit_ranker, pairwise_loss

PRIOR = np.array([0.4, 0.4, 0.2])
TRUTH = np.array([0.6, 0.1, 0.3])


def lists_of(features: Any, numbers: Any, gains: Any, weights: Any = None) -> Lists:
    rows = np.asarray(features, np.float64)
    weighed = np.ones(len(rows)) if weights is None else np.asarray(weights, np.float64)
    return Lists(rows, np.asarray(numbers, np.int64), np.asarray(gains, np.float32), weighed)


def chosen(count: int, seed: int, truth: np.ndarray = TRUTH, beta: float = 8.0) -> Lists:
    """Lists of two rows, of which one is preferred with the chance that the loss assumes."""
    random = np.random.default_rng(seed)
    rows = random.random((count, 2, len(truth)))
    utility = beta * rows @ truth + random.gumbel(size=(count, 2))
    gains = (utility == utility.max(axis=1, keepdims=True)).ravel()
    return lists_of(rows.reshape(-1, len(truth)), np.repeat(np.arange(count), 2), gains)


def away(ranker: Ranker, other: np.ndarray = PRIOR) -> float:
    return float(np.abs(ranker.weights - other).sum())


def test_the_loss_by_hand() -> None:
    # Margins 2 · 0.5 - 4 · 0.25 = 0 and 2 · 1 = 2, the second weighing 3.
    differences = np.array([[0.5, -0.25], [1.0, 0.0]])
    value, gradient = pairwise_loss(np.array([2.0, 4.0]), differences, np.array([1.0, 3.0]))
    assert value == pytest.approx(math.log(2) + 3 * math.log(1 + math.exp(-2)))
    sigma = 1 / (1 + math.exp(2))
    assert gradient.tolist() == pytest.approx([-0.25 - 3 * sigma, 0.125])


@given(st.integers(0, 1000), st.floats(0, 20))
def test_the_gradient_is_that_of_the_loss(seed: int, size: float) -> None:
    random = np.random.default_rng(seed)
    columns = random.uniform(-1, 1, (20, 3)), random.random(20)
    start = size * random.random(3)
    error = check_grad(
        lambda weights: pairwise_loss(weights, *columns)[0],
        lambda weights: pairwise_loss(weights, *columns)[1],
        start,
    )
    assert error < 1e-4


def test_known_weights_lie_in_the_interval_of_what_is_found() -> None:
    found = np.array([fit_ranker(chosen(1500, seed), PRIOR, 1.0).weights for seed in range(20)])
    interval = stats.t.interval(0.99, 19, found.mean(axis=0), stats.sem(found, axis=0))
    assert (interval[0] < TRUTH).all()
    assert (interval[1] > TRUTH).all()
    assert (interval[1] - interval[0] < 0.03).all()


def test_a_feature_that_misleads_gets_no_weight_and_none_a_negative_one() -> None:
    lists = chosen(2000, 3, truth=np.array([0.8, -0.5, 0.2]))
    found = fit_ranker(lists, PRIOR, 10.0).weights
    assert found[1] == 0
    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1)


def test_every_feature_speaking_against_itself_gives_the_prior() -> None:
    lists = chosen(2000, 3, truth=np.array([-0.5, -0.3, -0.2]))
    assert fit_ranker(lists, PRIOR, 1.0).weights.tolist() == PRIOR.tolist()


def clicked(lists: int, seed: int) -> tuple[Lists, Lists]:
    """Clicks on lists of ten that were ordered by the second feature; the first alone matters.

    Once with every click weighing the same, once by inverse propensity.
    """
    random = np.random.default_rng(seed)
    rows = random.random((lists, 10, 2))
    noisy = rows[:, :, 1] + random.normal(0, 0.2, (lists, 10))
    rows = np.take_along_axis(rows, np.argsort(-noisy, axis=1)[:, :, np.newaxis], axis=1)
    positions = np.tile(np.arange(1, 11), lists)
    numbers = np.repeat(np.arange(lists), 10)
    worth = 0.3 * rows[:, :, 0].ravel() ** 3
    gains = (random.random(len(worth)) < worth / positions).astype(np.float32)
    features = rows.reshape(-1, 2)
    weights = row_weights(positions, numbers, gains, Examination(1.0), clip=20)
    return lists_of(features, numbers, gains), lists_of(features, numbers, gains, weights)


def test_position_bias_misleads_plain_clicks_and_not_weighted_ones() -> None:
    prior = np.array([0.5, 0.5])
    found = np.array([
        [fit_ranker(lists, prior, 10.0).weights[1] for lists in clicked(5000, seed)]
        for seed in range(5)
    ])  # fmt: skip
    plain, weighted = found.mean(axis=0)
    assert plain > 0.25
    assert weighted < 0.06


def test_labels_carry_the_weights_from_the_prior_to_the_data() -> None:
    lists = chosen(4000, 11)
    rows = [2 * count for count in (0, 4, 40, 400, 4000)]
    path = [
        fit_ranker(
            Lists(lists.features[:n], lists.lists[:n], lists.gains[:n], lists.weights[:n]),
            PRIOR,
            50.0,
        )
        for n in rows
    ]
    far = [away(ranker) for ranker in path]
    assert far == sorted(far)
    assert far[0] == 0
    assert far[1] < 0.1
    assert away(path[-1], TRUTH) < 0.06
    assert [ranker.labels for ranker in path] == [0, 4, 40, 400, 4000]
    assert [ranker.trust for ranker in path] == [n / (n + 50) for n in (0, 4, 40, 400, 4000)]


@given(st.integers(0, 10_000), st.integers(1, 40))
def test_a_stronger_prior_is_left_less(seed: int, count: int) -> None:
    lists = chosen(count, seed)
    far = [away(fit_ranker(lists, PRIOR, strength)) for strength in (10.0, 100.0, 1e4, 1e7)]
    assert far[3] < 1e-3
    assert far[2] < 0.1
    assert all(later <= earlier + 0.02 for earlier, later in pairwise(far))


@given(st.data())
def test_any_lists_give_weights_that_sum_to_1(data: st.DataObject) -> None:
    count = data.draw(st.integers(0, 25))
    unit = st.sampled_from([0.0, 0.3, 1.0])
    column = st.lists(unit, min_size=count, max_size=count)
    features = np.array([data.draw(column) for _ in range(3)]).T
    numbers = np.sort(
        np.array(data.draw(st.lists(st.integers(0, 4), min_size=count, max_size=count)))
    )
    gains = 2 * np.array(data.draw(column)) - 1
    found = fit_ranker(lists_of(features, numbers, gains, data.draw(column)), PRIOR, 5.0)
    assert (found.weights >= 0).all()
    assert found.weights.sum() == pytest.approx(1)
    assert 0 <= found.trust < 1


def test_one_label_moves_little_whatever_it_says() -> None:
    lists = lists_of([[0, 0, 1], [1, 1, 0]], [0, 0], [1, 0])
    assert away(fit_ranker(lists, PRIOR, 100.0)) < 0.15


def test_what_was_declined_ranks_below_what_was_seen() -> None:
    """An action tells the first feature, a decline the second: two lists, many times."""
    rows = [[0.8, 0.5], [0.4, 0.5], [0.5, 0.9], [0.5, 0.2]] * 200
    numbers, gains = np.repeat(np.arange(400), 2), [0.5, 0.0, 0.0, -0.5] * 200
    prior = np.array([0.9, 0.1])
    seen = fit_ranker(lists_of(rows, numbers, gains, [1, 0, 1, 1] * 200), prior, 5.0)
    unseen = fit_ranker(lists_of(rows, numbers, gains, [1, 0, 0, 1] * 200), prior, 5.0)
    assert seen.weights[1] > 1.4 * prior[1]
    assert unseen.weights[1] < prior[1]


@pytest.mark.parametrize(
    ("features", "numbers", "gains"),
    [
        (np.zeros((0, 3)), [], []),
        ([[1, 0, 0], [0, 1, 0]], [0, 0], [0, 0]),
        ([[1, 0, 0], [0, 1, 0]], [0, 0], [-1, 0]),
        ([[1, 0, 0], [0, 1, 0]], [0, 0], [-1, -0.5]),
        ([[1, 0, 0]], [0], [1]),
        ([[1, 0, 0], [0, 1, 0]], [0, 1], [1, 0]),
        ([[1, 0, 0], [0, 1, 0]], [0, 0], [1, 1]),
        ([[0.5, 0.5, 0.5]] * 3, [0, 0, 0], [1, 0, -1]),
    ],
    ids=[
        "no rows",
        "no labels",
        "all negative, one untouched",
        "all negative",
        "one row",
        "nobody in the same list",
        "all alike",
        "constant features",
    ],
)
def test_where_nothing_can_be_learned_the_prior_comes_back(
    features: Any, numbers: Any, gains: Any
) -> None:
    lists = lists_of(features, numbers, gains)
    assert fit_ranker(lists, PRIOR, 10.0).weights.tolist() == PRIOR.tolist()


def test_rows_without_weight_teach_nothing() -> None:
    lists = lists_of([[0, 0, 1], [1, 1, 0]], [0, 0], [1, 0], [0, 0])
    assert fit_ranker(lists, PRIOR, 1.0).weights.tolist() == PRIOR.tolist()


def test_a_focus_teaches_one_feature_alone() -> None:
    """The declined rows have the better first feature, but it is the third that they are about."""
    rows = [[0, 0.5, 0.9], [1, 0.5, 0.2]] * 200
    lists = lists_of(rows, np.repeat(np.arange(200), 2), [1, -1] * 200)
    focus = np.tile([-1, 2], 200)
    told = fit_ranker(lists, PRIOR, 10.0, focus=focus).weights
    assert told[2] > PRIOR[2] + 0.04
    assert told[0] == pytest.approx(told[1], abs=1e-4)
    assert fit_ranker(lists, PRIOR, 10.0).weights[0] < 0.1


def test_what_a_row_says_scales_its_lesson() -> None:
    rows = [[0.2, 0.5, 0.9], [0.2, 0.5, 0.1], [0.1, 0.5, 0.9]] * 50
    lists = lists_of(rows, np.repeat(np.arange(50), 3), [1, -1, 0] * 50)
    third = [
        fit_ranker(lists, PRIOR, 10.0, says=np.tile([1, says, 1], 50)).weights[2]
        for says in (0.0, 0.3, 1.0)
    ]
    assert third == sorted(set(third))


def test_the_same_lists_give_the_same_bytes() -> None:
    lists = chosen(500, 1)
    one, other = (fit_ranker(lists, PRIOR, 10.0, seed=3).weights for _ in range(2))
    assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1.5, -0.5])
def test_features_outside_of_0_and_1_are_refused(bad: float) -> None:
    with pytest.raises(InvalidValue, match="features aren't all from 0 to 1"):
        lists_of([[bad, 0, 0]], [0], [1])


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: lists_of([0.5], [0], [1]), "features"),
        (lambda: lists_of([[0.5]], [0, 1], [1]), "lists"),
        (lambda: lists_of([[0.5], [0.5]], [1, 0], [1, 0]), "lists"),
        (lambda: lists_of([[0.5]], [0], [2]), "gains"),
        (lambda: lists_of([[0.5]], [0], [np.nan]), "gains"),
        (lambda: lists_of([[0.5]], [0], [1], [-1]), "weights"),
        (lambda: lists_of([[0.5]], [0], [1], [np.inf]), "weights"),
    ],
)
def test_broken_lists_are_refused(make: Callable[[], Lists], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        make()
    assert caught.value.where == {"field": field}


@pytest.mark.parametrize(
    ("given_", "field"),
    [
        ({"prior": [0.5, 0.5]}, "prior"),
        ({"prior": [0.5, 0.4, 0.0]}, "prior"),
        ({"prior": [1.2, -0.2, 0.0]}, "prior"),
        ({"prior": [np.nan, 0.5, 0.5]}, "prior"),
        ({"strength": 0.0}, "strength"),
        ({"strength": np.nan}, "strength"),
        ({"strength": np.inf}, "strength"),
        ({"focus": np.array([3, 0])}, "focus"),
        ({"focus": np.array([0])}, "focus"),
        ({"says": np.array([-1.0, 0.0])}, "says"),
        ({"says": np.array([np.nan, 0.0])}, "says"),
        ({"says": np.array([1.0])}, "says"),
    ],
)
def test_a_setting_that_is_none_is_refused(given_: dict[str, Any], field: str) -> None:
    settings = {"prior": PRIOR, "strength": 1.0, **given_}
    lists = lists_of([[1, 0, 0], [0, 1, 0]], [0, 0], [1, 0])
    with pytest.raises(InvalidValue) as caught:
        fit_ranker(lists, np.array(settings.pop("prior")), settings.pop("strength"), **settings)
    assert caught.value.where == {"field": field}


@pytest.mark.slow
def test_a_million_rows_are_learned_from() -> None:
    random = np.random.default_rng(0)
    features = random.random((1_000_000, 10))
    truth = np.arange(1, 11) / 55
    scores = features @ truth + random.normal(0, 0.1, 1_000_000)
    gains = np.where(scores > 0.65, 0.5, 0.0)
    lists = lists_of(features, np.repeat(np.arange(50_000), 20), gains)
    found = fit_ranker(lists, np.full(10, 0.1), 100.0)
    np.testing.assert_allclose(found.weights, truth, atol=0.005)
