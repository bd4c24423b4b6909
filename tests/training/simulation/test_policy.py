"""Which pairs a policy without a model shows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.simulation.policy import EXPLORING, SLOTS, draw_pairs, noisy_truth, pick
from training.simulation.size import Size
from training.simulation.world import World

POOL = 30


def test_pairs_are_shown_as_often_as_their_propensity_says() -> None:
    """The same pool many times over: each pair's share of the lists is what was logged."""
    lists = 20_000
    scores = np.repeat(-np.arange(POOL, dtype=float)[None], lists, axis=0)
    scores[:, 25:] = -np.inf
    picks = pick(np.random.default_rng(0), scores)
    assert picks.filled.all()
    share = np.bincount(picks.places.ravel(), minlength=POOL) / lists
    assert share[:SLOTS] == pytest.approx(1 - EXPLORING, abs=0.01)
    assert share[SLOTS:25] == pytest.approx(SLOTS * EXPLORING / 15, abs=0.01)
    assert (share[25:] == 0).all()
    for place in (0, 9, 10, 24):
        logged = picks.propensities[picks.places == place].mean()
        assert logged == pytest.approx(share[place], abs=0.01)


@given(st.integers(0, POOL), st.integers(0, 100))
def test_a_pool_fills_a_list_without_repeating_or_inventing(pairs: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(4, POOL))
    scores[:, pairs:] = -np.inf
    picks = pick(rng, scores)
    for places, filled in zip(picks.places, picks.filled, strict=True):
        shown = places[filled].tolist()
        assert len(shown) == len(set(shown)) == min(pairs, SLOTS)
        assert max(shown, default=-1) < pairs


def test_the_best_come_first_where_nothing_is_explored() -> None:
    scores = np.array([[0.1, 0.9, -np.inf, 0.5]])
    picks = pick(np.random.default_rng(0), scores)
    assert picks.places[0, :3].tolist() == [1, 3, 0]
    assert picks.filled.tolist() == [[True] * 3 + [False]]
    assert not picks.explored.any()
    assert (picks.propensities[0, :3] == 1).all()


def test_most_pairs_are_of_the_managers_topics_and_famous_ones_come_more_often(
    world: World,
) -> None:
    managers = np.repeat(np.arange(len(world.managers)), 500)
    needs, outcomes = draw_pairs(world, np.random.default_rng(0), managers)
    own = world.managers.topics[managers]
    for party, rows in ((world.needs, needs), (world.outcomes, outcomes)):
        share = (own == party.topics[rows, :1]).any(axis=1).mean()
        assert 0.7 < share < 0.95
    drawn = np.bincount(outcomes, minlength=len(world.outcomes))
    famous = np.argsort(-world.outcomes.fame)[:60]
    assert drawn[famous].sum() > 0.25 * drawn.sum()


def test_pairs_are_drawn_even_where_a_topic_has_none() -> None:
    world = World.make(Size(1, 1, 3, topics=300), 0)
    needs, outcomes = draw_pairs(world, np.random.default_rng(0), np.arange(3))
    assert needs.tolist() == outcomes.tolist() == [0, 0, 0]


def test_what_is_true_is_ranked_higher_more_often_than_not(world: World) -> None:
    rng = np.random.default_rng(0)
    rows = [rng.integers(0, len(party), 5000) for party in (world.managers, world.needs)]
    outcomes, day = rng.integers(0, len(world.outcomes), 5000), world.month(0)[0]
    seen = noisy_truth(world, rng, *rows, outcomes, np.full(5000, day))
    truth = world.pair_truth(rows[1], outcomes, day) * world.manager_truth(*rows, outcomes)
    assert 0.3 < np.corrcoef(seen, np.log(truth))[0, 1] < 0.95
