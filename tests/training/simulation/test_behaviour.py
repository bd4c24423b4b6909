"""How people react: frequencies against the probabilities that they were drawn with."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from matcher.domain.enums import DeclineReason
from training.simulation.behaviour import (
    HABITS,
    OF_THE_MANAGER,
    REASONS,
    Habits,
    carry_on,
    draw_reasons,
    examination,
    react,
)
from training.simulation.population import NO_END
from training.simulation.reactions import CHAIN, END, Exit, Reactions
from training.simulation.truth import Cause
from training.simulation.world import World

LISTS, LENGTH = 3000, 10
REASON_PLACES = {reason: place for place, reason in enumerate(DeclineReason)}


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def shown(world: World, seed: int = 0, habits: Habits = HABITS) -> Reactions:
    """Lists of ten pairs, drawn by chance, one list after the other."""
    draw, count = rng(seed), LISTS * LENGTH
    return react(
        world,
        rng(seed),
        np.repeat(draw.integers(0, len(world.managers), LISTS), LENGTH),
        draw.integers(0, len(world.needs), count),
        draw.integers(0, len(world.outcomes), count),
        np.tile(np.arange(1, LENGTH + 1), LISTS),
        world.month(0)[0],
        habits=habits,
    )


@given(st.integers(1, 1000), st.floats(0, 3))
def test_examination_falls_with_the_position_from_one(position: int, eta: float) -> None:
    first, here, next_ = examination(np.array([1, position, position + 1]), eta)
    assert first == 1
    assert 0 < next_ <= here <= 1


def test_the_third_position_is_looked_at_a_third_or_a_ninth_of_the_time() -> None:
    assert examination(np.array([3]), 1.0) == pytest.approx([1 / 3])
    assert examination(np.array([3]), 2.0) == pytest.approx([1 / 9])


@pytest.mark.parametrize("eta", [0.0, 0.5, 1.0, 2.0])
def test_positions_are_examined_as_often_as_eta_says(world: World, eta: float) -> None:
    found = shown(world, habits=replace(HABITS, eta=eta))
    for position in (1, 2, 5, 10):
        seen = int(found.examined[found.positions == position].sum())
        assert binomtest(seen, LISTS, position**-eta).pvalue > 1e-4


def test_a_pair_that_is_examined_is_accepted_with_its_true_probability(world: World) -> None:
    count = 4000
    needs, outcomes = np.indices((len(world.needs), len(world.outcomes))).reshape(2, -1)
    best = np.argsort(world.pair_truth(needs, outcomes))[-50:]
    need, outcome = int(needs[best[0]]), int(outcomes[best[0]])
    one = np.ones(count, int)
    truth = world.pair_truth(one[:1] * need, one[:1] * outcome, 0)
    suited = world.manager_truth(one[:1] * 3, one[:1] * need, one[:1] * outcome)
    found = react(world, rng(), 3, one * need, one * outcome, one, 0)
    assert found.examined.all()
    assert binomtest(int(found.accepted.sum()), count, float(truth[0] * suited[0])).pvalue > 1e-4
    rest = ~found.accepted
    declines = int(found.declined_at_once[rest].sum())
    assert binomtest(declines, int(rest.sum()), HABITS.declines).pvalue > 1e-4


def test_what_is_not_examined_stays_untouched(world: World) -> None:
    found = shown(world)
    assert not found.touched[~found.examined].any()
    assert (found.reasons[found.exits != Exit.DECLINED] == -1).all()
    assert (found.reasons[found.exits == Exit.DECLINED] >= 0).all()


def test_one_seed_gives_the_same_bytes_and_another_does_not(world: World) -> None:
    one, same, other = shown(world, 1), shown(world, 1), shown(world, 2)
    assert all(
        getattr(one, each.name).tobytes() == getattr(same, each.name).tobytes()
        for each in fields(Reactions)
    )
    assert one.steps.tobytes() != other.steps.tobytes()


def test_steps_are_taken_one_after_the_other(world: World) -> None:
    found = shown(world)
    for row in np.flatnonzero(found.accepted):
        days = found.steps[row, : found.furthest[row] + 1].tolist()
        assert days[0] == found.days[row]
        assert days == sorted(set(days))
        assert (found.steps[row, found.furthest[row] + 1 : END] == NO_END).all()
        assert (found.steps[row, END] == NO_END) == (found.exits[row] == Exit.OPEN)
        assert found.exits[row] == Exit.OPEN or found.steps[row, END] > days[-1]


def test_a_list_begins_where_positions_fall_or_somebody_else_looks(world: World) -> None:
    found = react(
        world,
        rng(),
        np.array([1, 1, 1, 2, 2, 2]),
        np.zeros(6, int),
        np.zeros(6, int),
        np.array([1, 2, 1, 2, 3, 4]),
        np.array([5, 5, 5, 5, 5, 6]),
    )
    assert found.lists.tolist() == [0, 0, 1, 2, 2, 3]


def test_propensities_are_kept_as_they_were_logged(world: World) -> None:
    rows = np.zeros(2, int)
    found = react(
        world,
        rng(),
        0,
        rows,
        rows,
        rows + 1,
        0,
        propensities=np.array([0.9, 0.1]),
        explored=np.array([False, True]),
    )
    assert found.propensities.tolist() == [0.9, 0.1]
    assert found.explored.tolist() == [False, True]


def test_pairs_go_the_further_the_truer_they_are() -> None:
    count = 20_000
    days, ones = np.zeros(count, np.int32), np.ones(count)
    for truth, sure in ((0.0, 0.35), (1.0, 0.97)):
        walk = carry_on(rng(), ones * truth, ones, days, HABITS)
        contacted = int((walk.steps[:, 1] != NO_END).sum())
        assert binomtest(contacted, count, sure).pvalue > 1e-4
        signed = walk.steps[:, len(CHAIN) - 1] != NO_END
        assert binomtest(int(signed.sum()), count, sure**6).pvalue > 1e-4
        assert (walk.exits[signed] == Exit.OPEN).all()


def costs(**given: float) -> np.ndarray:
    """One pair's: the causes by name, and `manager`."""
    row = np.zeros(len(Cause) + 1)
    for name, cost in given.items():
        row[len(Cause) if name == "manager" else Cause[name.upper()]] = cost
    return row[None]


@pytest.mark.parametrize("cause", list(Cause))
def test_a_pair_with_one_fault_is_declined_for_it(cause: Cause) -> None:
    found = draw_reasons(rng(), costs(**{cause.name: 2.0}))
    assert found.tolist() == [REASON_PLACES[REASONS[cause]]]


def test_who_is_not_the_one_for_a_pair_has_no_capacity() -> None:
    assert draw_reasons(rng(), costs(manager=1.0)).tolist() == [REASON_PLACES[OF_THE_MANAGER]]


def test_without_any_fault_the_benefit_is_unclear() -> None:
    wanted = [REASON_PLACES[DeclineReason.BENEFIT_UNCLEAR]]
    assert draw_reasons(rng(), costs(quality=-2.0)).tolist() == wanted


def test_the_dearest_cause_is_named_by_the_square_of_its_cost() -> None:
    count = 5000
    found = draw_reasons(rng(), np.repeat(costs(trl=2.0, price=1.0), count, axis=0))
    early = int((found == REASON_PLACES[DeclineReason.TOO_EARLY]).sum())
    assert binomtest(early, count, 0.8).pvalue > 1e-4
    others = {REASON_PLACES[DeclineReason.TOO_EARLY], REASON_PLACES[DeclineReason.PRICE]}
    assert set(found.tolist()) == others
