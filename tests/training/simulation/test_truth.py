"""The formulas of the truth, by hand and by their properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.regions import proximity
from training.simulation.drawing import prefectures
from training.simulation.truth import (
    Cause,
    Lack,
    ManagerWeights,
    PairWeights,
    distance,
    nearness,
    overrun,
    probability,
    topic_match,
    trl_gap,
)

CODES = st.sampled_from(prefectures())


def test_a_weight_stands_for_every_cause_and_lack() -> None:
    assert PairWeights(trl=9.0).row()[Cause.TRL] == 9.0
    assert len(PairWeights().row()) == len(Cause)
    assert ManagerWeights(grade=9.0).row()[Lack.GRADE] == 9.0
    assert len(ManagerWeights().row()) == len(Lack)


def test_an_ideal_pair_has_the_ideal_probability_and_costs_lower_it() -> None:
    costs = np.array([[0.0, 0.0], [1.0, 1.0]])
    assert probability(2.0, costs) == pytest.approx([0.880797, 0.5])


def test_mixtures_match_by_the_topics_that_they_share() -> None:
    topics, shares = np.array([[1, 2, 3]]), np.array([[0.8, 0.6, 0.0]])
    others, other_shares = np.array([[2, 1, 9]]), np.array([[0.6, 0.0, 0.8]])
    assert topic_match(topics, shares, topics, shares) == pytest.approx([1.0])
    assert topic_match(topics, shares, others, other_shares) == pytest.approx([0.36])
    assert topic_match(topics, shares, others + 10, other_shares) == pytest.approx([0.0])


def test_schools_are_apart_from_nothing_to_twice() -> None:
    east, north = np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])
    assert distance(east, east) == pytest.approx([0.0])
    assert distance(east, north) == pytest.approx([1.0])
    assert distance(east, -east) == pytest.approx([2.0])


def test_a_trl_falls_short_by_quarters() -> None:
    trl, least = np.array([5, 4, 1, 9, 1], np.int8), np.array([5, 5, 9, 3, 0], np.int8)
    assert trl_gap(trl, least).tolist() == [0.0, 0.25, 1.0, 0.0, 0.0]


@given(st.integers(1, 8), st.integers(1, 9))
def test_a_higher_trl_never_falls_shorter(trl: int, least: int) -> None:
    both = trl_gap(np.array([trl, trl + 1]), np.array([least, least]))
    assert both[1] <= both[0]


def test_a_budget_is_overrun_by_doublings() -> None:
    price = np.array([100, 200, 1600, 50, 0, 100])
    budget = np.array([100, 100, 100, 100, 100, 0])
    assert overrun(price, budget) == pytest.approx([0, 1 / 3, 1, 0, 0, 0])


@given(CODES, CODES)
def test_regions_are_as_near_as_the_domain_says(one: int, other: int) -> None:
    found = nearness(np.array([one, one]), np.array([other, one]))
    assert found.tolist() == [proximity(str(one), str(other)), 1.0]
