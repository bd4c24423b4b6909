"""A policy that needs no model: which pairs of a pool are shown, and in which order.

Pairs are drawn in a manager's topics, famous outcomes more often. The best by a noisy look at the
truth are shown, best first; now and then a slot goes to another pair of the pool, by chance.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from training.simulation.population import Topical
from training.simulation.truth import Array, Floats
from training.simulation.world import World

SLOTS = 10
"""Pairs in a list, at most."""

EXPLORING = 0.1
"""How often a slot goes to a pair drawn by chance."""

_ANY_TOPIC = 0.3
_NOISE = 1.5
_FAME = 0.3


class Picks(NamedTuple):
    """The slots of lists: [lists, SLOTS] each, or fewer in a smaller pool.

    places: in the pool. filled: whether there is one. propensities: given the pool.
    """

    places: npt.NDArray[np.int64]
    filled: npt.NDArray[np.bool_]
    explored: npt.NDArray[np.bool_]
    propensities: Floats


def pick(rng: np.random.Generator, scores: Floats) -> Picks:
    """Fill the slots of lists from their pools. scores: float64[lists, pool], −inf for no pair."""
    order = np.argsort(-scores, axis=1, kind="stable")
    there = np.isfinite(scores).sum(axis=1)
    rest = np.maximum(there - SLOTS, 0)
    places = order[:, :SLOTS].copy()
    filled = np.arange(places.shape[1]) < there[:, None]
    explored = filled & (rng.random(places.shape) < EXPLORING)
    nth = np.cumsum(explored, axis=1) - 1
    explored &= nth < rest[:, None]
    chance = _shuffled(rng, order[:, SLOTS:], rest)
    lists, slots = np.nonzero(explored)
    places[lists, slots] = chance[lists, nth[lists, slots]]
    by_chance = np.minimum(1.0, SLOTS * EXPLORING / np.maximum(rest, 1))
    ranked = np.where(rest > 0, 1 - EXPLORING, 1.0)
    propensities = np.where(explored, by_chance[:, None], ranked[:, None])
    return Picks(places, filled, explored, propensities)


def _shuffled(
    rng: np.random.Generator, places: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """The first so many of each row in an order by chance; what is behind them stays there."""
    keys = np.where(np.arange(places.shape[1]) < counts[:, None], rng.random(places.shape), np.inf)
    return np.take_along_axis(places, np.argsort(keys, axis=1, kind="stable"), axis=1)


def noisy_truth(
    world: World, rng: np.random.Generator, m: Array, needs: Array, outcomes: Array, days: Array
) -> Floats:
    """What each pair is ranked by: its truth as somebody sees it who errs and likes the famous."""
    truth = world.pair_truth(needs, outcomes, days) * world.manager_truth(m, needs, outcomes)
    fame = np.log(world.outcomes.fame[outcomes])
    return np.asarray(np.log(truth) + _FAME * fame + rng.gumbel(0, _NOISE, len(m)), np.float64)


def draw_pairs(world: World, rng: np.random.Generator, m: Array) -> tuple[Array, Array]:
    """A need and an outcome for each row of a manager, mostly of one of their topics."""
    party = world.managers
    which = rng.integers(0, party.topics.shape[1], len(m))
    topics = party.topics[m, which].astype(np.int64)
    needs = _draw_in_topic(rng, world.needs, topics, np.ones(len(world.needs)))
    fame = world.outcomes.fame.astype(np.float64)
    return needs, _draw_in_topic(rng, world.outcomes, topics, fame)


def _draw_in_topic(
    rng: np.random.Generator, party: Topical, topics: npt.NDArray[np.int64], weights: Array
) -> Array:
    """A row for each topic that it is mainly about; any row for a topic without, or now and then.

    Rows are drawn in proportion to their weights.
    """
    order = np.argsort(party.topics[:, 0], kind="stable")
    sums = np.concatenate([[0.0], np.cumsum(weights[order])])
    bounds = np.searchsorted(party.topics[order, 0], np.arange(topics.max() + 2))
    first, last = bounds[topics], bounds[topics + 1]
    anywhere = (first == last) | (rng.random(len(topics)) < _ANY_TOPIC)
    low = np.where(anywhere, 0.0, sums[first])
    high = np.where(anywhere, sums[-1], sums[last])
    drawn = low + rng.random(len(topics)) * (high - low)
    places = np.searchsorted(sums, drawn, side="right") - 1
    return np.asarray(order[np.clip(places, 0, len(order) - 1)])
