"""Who gets a pair."""

import numpy as np
import pytest

from training.experiments import routing as module
from training.experiments.routing import routing
from training.experiments.stage import Stage


def test_a_plan_spreads_the_load_within_its_quotas(stage: Stage) -> None:
    found = routing(stage, stage.texts, stage.world.month(1)[0])
    assert 0 < found.after < found.before < 1
    assert found.over == 0
    assert 0.99 < found.of_bound <= 1 + 1e-6
    assert found.plain.shape == found.fair.shape
    assert 0.5 < found.fair.mean() <= 1


def test_whoever_is_chosen_stands_first() -> None:
    worth = np.array([[0.9, 0.5], [0.9, 0.5]])
    truth = np.array([[80, 40], [80, 40]])
    values = module._ndcg(worth, np.array([1, -1]), truth)
    ideal = 80 + 40 / np.log2(3)
    assert values.tolist() == pytest.approx([(40 + 80 / np.log2(3)) / ideal, 1.0])
