"""A history that a simple policy makes."""

from collections import Counter
from dataclasses import fields

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.errors import UsageError
from training.simulation.capacity import capacity
from training.simulation.history import make_history
from training.simulation.policy import EXPLORING, SLOTS
from training.simulation.reactions import Reactions
from training.simulation.size import Size
from training.simulation.world import World


def test_there_are_as_many_events_as_were_asked_for(history: Reactions) -> None:
    assert len(history) == 3000
    assert np.bincount(history.lists).max() <= SLOTS


@pytest.mark.parametrize("events", [0, 1, 7])
def test_a_short_history_is_as_short_as_was_asked_for(world: World, events: int) -> None:
    assert len(make_history(world, events)) == events


def test_the_same_world_gives_the_same_bytes(world: World, history: Reactions) -> None:
    again = make_history(world, 3000)
    for each in fields(Reactions):
        assert getattr(again, each.name).tobytes() == getattr(history, each.name).tobytes()


def test_positions_count_from_one_in_every_list(history: Reactions) -> None:
    for number in range(int(history.lists[-1]) + 1):
        found = history.positions[history.lists == number].tolist()
        assert found == list(range(1, len(found) + 1))


def test_a_manager_is_never_shown_a_pair_twice(history: Reactions) -> None:
    triples = Counter(zip(history.managers, history.needs, history.outcomes, strict=True))
    assert triples.most_common(1)[0][1] == 1


def test_only_what_is_alive_is_shown_over_the_whole_time(world: World, history: Reactions) -> None:
    assert world.alive_rows(Noun.NEED, history.needs, history.days).all()
    assert world.alive_rows(Noun.OUTCOME, history.outcomes, history.days).all()
    assert (np.diff(history.days) >= 0).all()
    assert history.days.min() < world.start.toordinal() + 10
    assert history.days.max() >= world.end.toordinal() - 10


def test_the_policy_is_better_than_chance_and_likes_the_famous(
    world: World, history: Reactions
) -> None:
    shown = world.pair_truth(history.needs, history.outcomes).mean()
    mixed = np.random.default_rng(0).permutation(history.outcomes)
    assert shown > 2 * world.pair_truth(history.needs, mixed).mean()
    assert world.outcomes.fame[history.outcomes].mean() > 3 * world.outcomes.fame.mean()


def test_about_a_tenth_is_explored_with_the_propensity_that_it_had(history: Reactions) -> None:
    assert history.explored.mean() == pytest.approx(EXPLORING, abs=0.03)
    assert history.propensities[~history.explored].min() == 1 - EXPLORING
    assert ((history.propensities > 0) & (history.propensities <= 1)).all()


def test_a_world_without_enough_pairs_says_how_many_there_were() -> None:
    with pytest.raises(UsageError, match="not enough pairs for 100 events: 6 can be shown"):
        make_history(World.make(Size(3, 2, 1), 0), 100)


@pytest.mark.parametrize(("size", "seed"), [(Size(3, 2, 1), 0), (Size(40, 20, 5), 1)])
def test_all_that_there_is_can_be_shown_and_not_one_more(size: Size, seed: int) -> None:
    world = World.make(size, seed)
    everything = capacity(world)
    full = make_history(world, everything)
    triples = {*zip(full.managers, full.needs, full.outcomes, strict=True)}
    assert len(triples) == len(full) == everything
    assert world.alive_rows(Noun.NEED, full.needs, full.days).all()
    assert world.alive_rows(Noun.OUTCOME, full.outcomes, full.days).all()
    assert ((full.propensities > 0) & (full.propensities <= 1)).all()
    with pytest.raises(UsageError, match=f"{everything} can be shown"):
        make_history(world, everything + 1)


def test_what_is_drawn_at_the_end_is_drawn_alike() -> None:
    """What comes of the same seed is the same, also where the policy ran out of pairs."""
    small = World.make(Size(40, 20, 5), 1)
    one, other = (make_history(small, capacity(small) - 7) for _ in range(2))
    assert one.outcomes.tobytes() == other.outcomes.tobytes()
    assert one.days.tobytes() == other.days.tobytes()


@pytest.mark.parametrize("events", [-1, 10**9])
def test_a_number_that_no_history_has_is_refused(world: World, events: int) -> None:
    with pytest.raises(UsageError, match=f"can't have {events} events"):
        make_history(world, events)


def test_what_a_few_more_lists_give_is_made_by_the_policy() -> None:
    """Four rounds of lists come to 2,928."""
    found = make_history(World.make(Size(400, 120, 12), 0), 3000)
    assert len(found) == 3000
    assert found.explored.mean() == pytest.approx(EXPLORING, abs=0.03)
