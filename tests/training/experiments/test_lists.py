"""The lists of a month, and what people do with them."""

import numpy as np
import pytest

from matcher.recommend.worklist import Slots
from training.experiments.lists import Handled, Month, month_of, show
from training.experiments.stage import Stage
from training.simulation.reactions import Reactions, joined

SLOTS = Slots(10)


@pytest.fixture(scope="module")
def month(stage: Stage) -> Month:
    return month_of(stage, stage.texts, stage.world.month(0)[0])


def shown(stage: Stage, month: Month, days: int) -> tuple[Handled, Reactions]:
    handled, rng = Handled(), np.random.default_rng(3)
    first = stage.world.month(0)[0]
    parts = [show(stage, month, first + day, SLOTS, handled, rng) for day in range(days)]
    return handled, joined(parts)


def test_each_manager_gets_a_list_with_positions_from_one(stage: Stage, month: Month) -> None:
    _, reactions = shown(stage, month, 1)
    assert np.unique(reactions.managers).tolist() == list(range(stage.world.size.managers))
    for one in np.unique(reactions.lists):
        positions = reactions.positions[reactions.lists == one]
        assert positions.tolist() == list(range(1, len(positions) + 1))


def test_some_slots_explore_and_say_how_likely_that_was(stage: Stage, month: Month) -> None:
    _, reactions = shown(stage, month, 3)
    assert reactions.explored.any()
    assert (reactions.propensities[~reactions.explored] == 1).all()
    assert (reactions.propensities[reactions.explored] < 1).any()


def test_what_was_taken_up_or_declined_does_not_come_back(stage: Stage, month: Month) -> None:
    handled, reactions = shown(stage, month, 6)
    assert handled.taken
    assert handled.declined
    taken = reactions.where(reactions.accepted)
    for need, outcome, day in zip(taken.needs, taken.outcomes, taken.days, strict=True):
        later = reactions.where(reactions.days > day)
        assert not ((later.needs == need) & (later.outcomes == outcome)).any()


def test_a_pair_that_one_declined_may_be_shown_to_others() -> None:
    handled = Handled(declined={(0, 1, 2)}, taken={(5, 6)})
    needs, outcomes = np.array([1, 5]), np.array([2, 6])
    assert handled.free(0, needs, outcomes).tolist() == [False, False]
    assert handled.free(3, needs, outcomes).tolist() == [True, False]
