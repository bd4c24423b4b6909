"""Months go by, and a model learns."""

import numpy as np
import pytest

from matcher.domain.enums import Noun
from training.experiments.monthly import LISTS, SLOTS, Story, in_words
from training.experiments.stage import Stage

pytestmark = pytest.mark.slow


def test_each_month_shows_lists_and_adds_to_what_is_known(stage: Stage, told: Story) -> None:
    first, second = told.steps
    assert (first.month, second.month) == (1, 2)
    most = LISTS * SLOTS.count * stage.world.size.managers
    assert 0 < first.shown <= most
    assert first.shown < second.shown <= 2 * most
    assert 0 < first.accepted < second.accepted
    assert 0 < first.taken_up < 1


def test_models_are_compared_on_the_same_questions(told: Story) -> None:
    for step in told.steps:
        assert step.following.shape == step.untaught.shape
        assert step.last.shape == told.start.shape
        assert step.biased[0].shape == step.biased[1].shape
    # The month after the last one is the next month of the last step.
    np.testing.assert_array_equal(told.steps[-1].last, told.steps[-1].following)
    np.testing.assert_array_equal(told.steps[-1].untaught, told.start)


def test_the_final_model_has_learned_from_what_was_accepted(told: Story) -> None:
    learned = told.final.models[Noun.OUTCOME].learned[Noun.NEED.value]
    # Of those some were declined later.
    assert 0 < learned.labels <= told.steps[-1].accepted
    assert learned.trust > 0


def test_progress_names_seed_and_month(told: Story) -> None:
    assert in_words(4, told.steps[1]).startswith("seed 4, month 2: ")
