"""How good a ranking is against the truth."""

import numpy as np
import pytest

from matcher.domain.enums import Noun
from training.experiments.stage import Stage
from training.experiments.yardstick import Yardstick, accepted_grades, ndcg
from training.simulation.behaviour import react


def test_grades_are_the_truth_in_per_cent(stage: Stage) -> None:
    world, day = stage.world, stage.world.month(1)[0]
    found = Yardstick.at(stage, day)
    need = int(np.flatnonzero(world.alive(Noun.NEED, day))[0])
    for outcome, grade in found.grades[str(need)].items():
        truth = world.pair_truth(np.array([need]), np.array([int(outcome)]), day)
        assert grade == round(100 * float(truth[0])) > 0


def test_the_best_order_is_worth_one_and_what_is_left_out_costs() -> None:
    grades = {"0": {"1": 50, "2": 10}}
    best = {0: (np.array([1, 2]), np.array([0.9, 0.8]))}
    half = {0: (np.array([2]), np.array([0.9]))}
    assert ndcg(best, grades).tolist() == [1.0]
    gain = 50 + 10 / np.log2(3)
    assert ndcg(half, grades)[0] == pytest.approx(10 / gain)
    assert ndcg({}, grades).tolist() == [0.0]


def test_a_ranking_by_texts_is_measured_for_every_need_that_is_there(stage: Stage) -> None:
    found = Yardstick.at(stage, stage.world.month(1)[0])
    values = found.ndcg(stage.texts)
    assert len(values) == len(found.grades)
    assert 0.2 < values.mean() < 1


def test_what_was_taken_up_is_graded_one(stage: Stage) -> None:
    needs = np.repeat(np.arange(20), 20)
    outcomes = np.tile(np.arange(20), 20)
    day = stage.world.month(0)[0]
    reactions = react(
        stage.world, np.random.default_rng(0), 0, needs, outcomes, np.ones(400, np.int32), day
    )
    found = accepted_grades(reactions)
    pairs = {(int(need), int(outcome)) for need, row in found.items() for outcome in row}
    kept = reactions.where(reactions.accepted)
    assert pairs == set(zip(kept.needs.tolist(), kept.outcomes.tolist(), strict=True))
    assert pairs
