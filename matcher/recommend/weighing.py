"""How to rank for each who asks: weights of the features from what became of proposals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matcher.domain.enums import Noun
from matcher.recommend.calibration import LEAST, Calibration, fit_calibration
from matcher.recommend.collections import NOUNS, Collections
from matcher.recommend.examination import Examination
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Folds
from matcher.recommend.learned import Learned
from matcher.recommend.learning_lists import learning_rows
from matcher.recommend.pair_features import Askers, prior_of
from matcher.recommend.ranker import fit_ranker
from matcher.recommend.shown_lists import Shown, shown_lists
from matcher.recommend.tying import NOUNS_ASKING

Say = Callable[[str], None]
CALIBRATED_LISTS = 1000
"""Newest lists that scores are held against; a likelihood is of these days."""


def weighed(
    collections: Collections,
    feedback: Feedback,
    examination: Examination,
    say: Say,
    folds: Folds,
    seed: int = 0,
) -> Collections:
    """The collections with weights, and calibration where enough is known, for each who asks.

    folds: ties that weren't told of the rows that they are judged by.
    """
    most = collections.recipe.ranker.lists
    told = learning_rows(feedback, most, seed)
    every = learning_rows(feedback, min(most, CALIBRATED_LISTS), seed, fruitless=True)
    if not (told.gains > 0).any():
        return collections
    learned: dict[Noun, dict[str, Learned]] = {noun: {} for noun in NOUNS}
    for asker in NOUNS:
        shown = {
            noun: [Shown.of(folds, feedback, rows, asker, noun) for rows in (told, every)]
            for noun in NOUNS
            if asker in NOUNS_ASKING[noun]
        }
        asking = [each.asking for both in shown.values() for each in both]
        askers = Askers.read(collections, asker, np.concatenate(asking))
        for noun, (fruitful, all_shown) in shown.items():
            say(f"Weights of {noun}s for {asker}s")
            own = _learned(fruitful, askers, examination, seed)
            calibration = _calibrated(all_shown, askers, own, examination)
            learned[noun][asker.value] = replace(own, calibration=calibration)
    models = {
        noun: replace(model, learned=learned[noun]) for noun, model in collections.models.items()
    }
    return replace(collections, models=models)


def _learned(shown: Shown, askers: Askers, examination: Examination, seed: int) -> Learned:
    model = shown.judged.collections[0].models[shown.noun]
    known = shown_lists(shown, askers, examination, seed)
    ranker = fit_ranker(
        known.lists,
        np.array(list(prior_of(model.recipe, persons=model.pooled).values())),
        model.recipe.ranker.strength,
        focus=known.lessons.focus,
        says=known.lessons.says,
        seed=seed,
    )
    weights = dict(zip(known.names, ranker.weights.tolist(), strict=True))
    return Learned(weights, ranker.labels, ranker.trust)


def _calibrated(
    shown: Shown, askers: Askers, learned: Learned, examination: Examination
) -> Calibration | None:
    """What a score promises to somebody who looks at the pair; None while too little is known.

    Of all lists, those of which nothing came too: only the fruitful ones, down to where something
    came, would make every pair look likely. A row that nobody touched counts as much as it was
    probably looked at.
    """
    rows = shown.rows
    acted = rows.gains != 0
    if int(acted.sum()) < LEAST:
        return None
    scores = shown.features(askers) @ np.array(list(learned.weights.values()))
    weights = np.where(acted, 1.0, examination.at(rows.positions))
    return fit_calibration(scores, rows.gains > 0, weights)
