"""A world: the same for the same seed, and truths that follow their causes."""

import datetime as dt
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import Noun
from matcher.errors import UsageError
from training.simulation.population import EN, NO_END, ZH
from training.simulation.size import Size
from training.simulation.truth import Cause, ManagerWeights, PairWeights
from training.simulation.world import World

SIZE = Size(40, 30, 10, topics=5, months=2)
PARTIES = (Noun.OUTCOME, Noun.NEED, Noun.MANAGER)


def arrays(world: World) -> dict[str, bytes]:
    found = {}
    for party in (world.organisations, world.outcomes, world.needs, world.managers):
        for field in fields(party):
            found[f"{type(party).__name__}.{field.name}"] = getattr(party, field.name).tobytes()
    return found


def pairs(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Every need with every outcome."""
    needs, outcomes = np.indices((len(world.needs), len(world.outcomes))).reshape(2, -1)
    return needs, outcomes


def test_one_seed_makes_one_world_and_another_seed_another() -> None:
    assert arrays(World.make(SIZE, 1)) == arrays(World.make(SIZE, 1))
    assert arrays(World.make(SIZE, 1)) != arrays(World.make(SIZE, 2))


def test_another_first_day_shifts_the_days_and_nothing_else() -> None:
    early = World.make(SIZE, 1, dt.date(2025, 1, 1))
    late = World.make(SIZE, 1, dt.date(2025, 1, 11))
    assert late.outcomes.quality.tobytes() == early.outcomes.quality.tobytes()
    for noun in PARTIES:
        assert (late.party(noun).created - early.party(noun).created == 10).all()
    ends = early.needs.expires != NO_END
    assert (late.needs.expires[ends] - early.needs.expires[ends] == 10).all()
    assert late.end == dt.date(2025, 3, 12)


def test_a_seed_below_zero_is_refused() -> None:
    with pytest.raises(UsageError, match="-1 is no seed"):
        World.make(SIZE, -1)


def test_ids_say_that_they_are_synthetic_and_sort_as_their_rows(world: World) -> None:
    for noun in (*PARTIES, Noun.ORGANISATION):
        ids = world.ids(noun)
        assert len(ids) == world.count(noun)
        assert list(ids) == sorted(set(ids))
        assert all(id.startswith("sim-") for id in ids)


def test_months_follow_each_other(world: World) -> None:
    assert world.month(0)[0] == world.start.toordinal()
    assert world.month(1)[0] == world.month(0)[-1] + 1
    assert world.month(2)[-1] + 1 == world.end.toordinal()


def test_what_arrives_later_or_has_expired_is_not_alive(world: World) -> None:
    for noun in (Noun.OUTCOME, Noun.NEED):
        party = world.party(noun)
        row = int(np.argmax((party.expires != NO_END) & (party.created > world.month(0)[0])))  # type: ignore[attr-defined]
        born, dies = int(party.created[row]), int(party.expires[row])  # type: ignore[attr-defined]
        found = [world.alive(noun, day)[row] for day in (born - 1, born, dies, dies + 1)]
        assert found == [False, True, True, False]
    assert world.alive(Noun.MANAGER, world.month(0)[0]).all()


@given(st.integers(0, 10_000))
def test_truths_are_probabilities_of_which_few_are_high(seed: int) -> None:
    world = World.make(SIZE, seed)
    needs, outcomes = pairs(world)
    managers = needs % len(world.managers)
    for truth in (
        world.pair_truth(needs, outcomes, world.month(0)[0]),
        world.manager_truth(managers, needs, outcomes),
    ):
        assert ((truth > 0) & (truth < 1)).all()
        assert truth.mean() < 0.5


def test_a_pair_is_worth_what_its_causes_leave_of_the_ideal(world: World) -> None:
    needs, outcomes = np.array([3]), np.array([7])
    o, n, weights = world.outcomes, world.needs, PairWeights()
    costs = world.pair_costs(needs, outcomes)[0]
    assert costs[Cause.QUALITY] == pytest.approx(1 - o.quality[7])
    assert costs[Cause.DETAIL] == pytest.approx(weights.detail * (1 - o.detail[7]))
    cosine = float(n.schools[3] @ o.schools[7])
    assert costs[Cause.SCHOOL] == pytest.approx(weights.school * (1 - cosine), abs=1e-6)
    logit = weights.ideal - costs.sum()
    assert world.pair_truth(needs, outcomes) == pytest.approx([1 / (1 + np.exp(-logit))])


def test_a_higher_trl_never_makes_a_pair_less_likely(world: World) -> None:
    needs, outcomes = pairs(world)
    truths = []
    for level in range(1, 10):
        trl = np.full(len(world.outcomes), level, np.int8)
        risen = replace(world, outcomes=replace(world.outcomes, trl=trl))
        truths.append(risen.pair_truth(needs, outcomes))
    assert (np.diff(truths, axis=0) >= 0).all()
    assert (truths[-1] > truths[0]).any()


def test_a_pair_is_less_likely_from_the_day_its_listing_is_stale(world: World) -> None:
    day = int(world.outcomes.stale_from[0])
    needs, outcomes = np.zeros(1, int), np.zeros(1, int)
    fresh, stale = (world.pair_truth(needs, outcomes, each)[0] for each in (day - 1, day))
    assert fresh == world.pair_truth(needs, outcomes)[0]
    odds = np.log(fresh / (1 - fresh)) - np.log(stale / (1 - stale))
    assert odds == pytest.approx(PairWeights().stale)


def test_a_manager_without_the_language_or_with_a_lower_grade_is_less_likely() -> None:
    world = World.make(SIZE, 3)
    managers, rows = np.arange(10), np.zeros(10, int)

    def logits(**changed: np.ndarray) -> np.ndarray:
        other = replace(world, managers=replace(world.managers, **changed))
        truth = other.manager_truth(managers, rows, rows)
        return np.asarray(np.log(truth / (1 - truth)))

    both, none = np.full(10, ZH | EN, np.int8), np.zeros(10, np.int8)
    spoken = logits(languages=both) - logits(languages=none)
    assert spoken == pytest.approx(np.full(10, ManagerWeights().language))
    senior = logits(grades=none + 2) - logits(grades=none)
    assert senior == pytest.approx(np.full(10, ManagerWeights().grade))


def test_weights_of_the_truth_can_be_chosen() -> None:
    needs, outcomes = np.arange(30), np.arange(30)
    flat = World.make(SIZE, 1, pair_weights=PairWeights(0, 0, 0, 0, 0, 0, 0, 0, 0))
    assert (flat.pair_truth(needs, outcomes) == 0.5).all()
