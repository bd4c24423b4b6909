"""A synthetic platform made ready for models."""

import numpy as np

from matcher.domain.enums import Noun
from training.experiments.stage import Stage


def test_a_place_in_a_model_is_a_row_of_the_world(stage: Stage) -> None:
    for noun in (Noun.OUTCOME, Noun.NEED, Noun.MANAGER):
        candidates = stage.texts.models[noun].candidates
        ids = candidates.ids_at(np.arange(len(candidates))).tolist()
        assert tuple(ids) == stage.world.ids(noun)


def test_outcomes_are_proposed_to_needs_that_are_there_best_first(stage: Stage) -> None:
    world, day = stage.world, stage.world.month(1)[3]
    found = stage.outcomes(stage.texts, day, 5)
    assert list(found) == np.flatnonzero(world.alive(Noun.NEED, day)).tolist()
    there = set(np.flatnonzero(world.alive(Noun.OUTCOME, day)).tolist())
    for rows, scores in found.values():
        assert len(rows) == len(scores) <= 5
        assert set(rows.tolist()) <= there
        assert (np.diff(scores) <= 0).all()


def test_texts_alone_rank_better_than_chance(stage: Stage) -> None:
    world, day = stage.world, stage.world.month(1)[3]
    there = np.flatnonzero(world.alive(Noun.OUTCOME, day))
    best, usual = [], []
    for need, (rows, _) in stage.outcomes(stage.texts, day, 3).items():
        best += world.pair_truth(np.full(len(rows), need), rows, day).tolist()
        usual += world.pair_truth(np.full(len(there), need), there, day).tolist()
    assert np.mean(best) > 2 * np.mean(usual)


def test_every_manager_has_a_suitability_for_every_record(stage: Stage) -> None:
    found = stage.suitabilities(stage.texts, Noun.NEED, np.arange(7), stage.world.month(0)[0])
    assert found.shape == (7, stage.world.size.managers)
    assert ((found >= 0) & (found <= 1)).all()
    assert found.std() > 0
