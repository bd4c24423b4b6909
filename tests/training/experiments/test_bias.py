"""Lists whose order has little to do with worth."""

import numpy as np
import pytest

from matcher.recommend.worklist import Row
from training.experiments.bias import bias, in_words, longest_first
from training.experiments.stage import Stage


def row(outcome: int, explored: bool = False) -> Row:
    return Row("0", str(outcome), 1.0, {}, 1, 1.0, explored)


def test_the_longest_texts_stand_first_and_explored_rows_stay(stage: Stage) -> None:
    rows = [row(0), row(1, explored=True), row(2), row(3)]
    found = longest_first(stage, rows)
    assert found[1] is rows[1]
    detail = [stage.world.outcomes.detail[int(each.outcome)] for each in found if not each.explored]
    assert (np.diff(detail) <= 0).all()
    assert sorted(each.outcome for each in found) == ["0", "1", "2", "3"]


@pytest.mark.slow
def test_both_ways_of_learning_are_measured_on_the_same_questions(stage: Stage) -> None:
    said: list[str] = []
    found = bias(stage, 1, said.append)
    assert found.debiased.shape == found.naive.shape == found.untaught.shape
    assert found.eta > 0
    assert all(0 <= weight <= 1 for weight in found.weights)
    assert said == [in_words(found)]
