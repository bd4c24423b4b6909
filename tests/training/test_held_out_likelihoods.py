"""Likelihoods of a model beside what came of lists that it didn't know."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.recommend.calibration import Calibration
from matcher.recommend.collections import Collections
from matcher.recommend.feedback import Feedback, Impressions
from matcher.recommend.learned import Learned
from matcher.recommend.pair_features import feature_names
from tests.training.some_training import DAY, TOPICS, accepted, topical
from training import held_out_likelihoods
from training.held_out_likelihoods import LEAST, held_out_reliability
from training.platform_split import Direction

NEED_OUTCOME = Direction(Noun.NEED, Noun.OUTCOME)
PLACES = 6


def told(likely: float) -> Collections:
    """Ranks by the concepts alone and calls all that shares a word as likely as this, else not."""
    made = topical()
    model = made.models[Noun.OUTCOME]
    weights = dict.fromkeys(feature_names(model), 0.0) | {"concepts": 1.0}
    calibration = Calibration(np.array([0.0, 0.01]), np.array([0.0, likely]), LEAST)
    learned = {Noun.NEED.value: Learned(weights, calibration=calibration)}
    models = {**made.models, Noun.OUTCOME: replace(model, learned=learned)}
    return replace(made, models=models)


def shown(day: int, taken: int = TOPICS, at: int = 1, needs: int = TOPICS) -> Feedback:
    """To each need its own outcome at a place, which so many took, among those of other topics."""
    rows = [
        (need, need if place == at else (need + place + (place < at)) % TOPICS)
        for need in range(needs)
        for place in range(1, PLACES + 1)
    ]
    asking, outcomes = np.array(rows, np.int32).T
    count, lists = len(rows), np.repeat(np.arange(needs), PLACES)
    grades = ((asking == outcomes) & (asking < taken)).astype(np.float32)
    impressions = Impressions(
        asking,
        outcomes,
        np.full(count, -1, np.int32),
        np.full(count, day, np.int32),
        lists,
        np.tile(np.arange(1, PLACES + 1, dtype=np.int32), needs),
        np.ones(count),
        np.zeros(count, bool),
        grades,
    )
    return replace(accepted([], []), impressions=impressions)


def test_what_is_called_sure_and_is_taken_is_well_calibrated() -> None:
    found = held_out_reliability(told(1.0), shown(DAY), DAY, NEED_OUTCOME)
    assert found is not None
    assert (found.ece, found.brier) == (pytest.approx(0), pytest.approx(0))
    assert found.count == TOPICS * PLACES


def test_what_is_called_half_as_likely_as_it_is_has_an_error_of_half_its_share() -> None:
    """One of six rows is called .5 likely and always taken; the others are called never and are."""
    found = held_out_reliability(told(0.5), shown(DAY), DAY, NEED_OUTCOME)
    assert found is not None
    assert found.ece == pytest.approx(0.5 / PLACES)
    assert found.brier == pytest.approx(0.25 / PLACES)


def test_lists_of_which_nothing_came_count_as_well() -> None:
    found = held_out_reliability(told(0.5), shown(DAY, TOPICS // 2), DAY, NEED_OUTCOME)
    assert found is not None
    assert found.count == TOPICS * PLACES
    assert found.ece == pytest.approx(0, abs=1e-6)


def test_a_row_far_down_is_looked_at_less_often() -> None:
    """At the last of six places one in six looks; whoever does, takes it."""
    found = held_out_reliability(
        told(1.0), shown(DAY, TOPICS // PLACES, at=PLACES), DAY, NEED_OUTCOME
    )
    assert found is not None
    assert found.ece == pytest.approx(0, abs=1e-6)


def test_lists_from_before_the_day_do_not_count() -> None:
    assert held_out_reliability(told(1.0), shown(DAY - 1), DAY, NEED_OUTCOME) is None


def test_a_model_that_says_no_likelihood_has_no_table() -> None:
    assert held_out_reliability(topical(), shown(DAY), DAY, NEED_OUTCOME) is None
    other = Direction(Noun.OUTCOME, Noun.NEED)
    assert held_out_reliability(told(1.0), shown(DAY), DAY, other) is None


def test_few_rows_have_no_table() -> None:
    assert (
        held_out_reliability(told(1.0), shown(DAY, needs=LEAST // PLACES), DAY, NEED_OUTCOME)
        is None
    )


def test_of_many_rows_a_seeded_sample_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_out_likelihoods, "MOST", 205)
    one, other = (held_out_reliability(told(0.5), shown(DAY), DAY, NEED_OUTCOME) for _ in range(2))
    assert one is not None
    assert one.count == 205
    assert one == other
