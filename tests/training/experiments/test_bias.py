"""Lists whose order has little to do with worth."""

import pytest

from matcher.recommend.worklist import Row
from training.experiments.bias import bias, in_words, worst_first
from training.experiments.stage import Stage


def row(outcome: int, explored: bool = False) -> Row:
    return Row("0", str(outcome), 1.0, {}, 1, 1.0, explored)


def test_the_worst_stand_first_and_explored_rows_stay(stage: Stage) -> None:
    rows = [row(0), row(1, explored=True), row(2), row(3)]
    assert [each.outcome for each in worst_first(stage, rows)] == ["3", "1", "2", "0"]


@pytest.mark.slow
def test_both_ways_of_learning_are_measured_on_the_same_questions(stage: Stage) -> None:
    said: list[str] = []
    found = bias(stage, 1, said.append)
    assert found.debiased.shape == found.naive.shape == found.untaught.shape
    assert found.eta > 0
    assert said == [in_words(found)]
