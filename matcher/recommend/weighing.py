"""How to rank for each who asks: weights of the features from what became of proposals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import Noun
from matcher.recommend.calibration import LEAST, Calibration, fit_calibration
from matcher.recommend.collections import Collections
from matcher.recommend.contrast import contrast
from matcher.recommend.corpus import read_queries
from matcher.recommend.decline_lessons import ALL, Lessons, lessons
from matcher.recommend.examination import Examination, row_weights
from matcher.recommend.facts import Standing
from matcher.recommend.features import score
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Folds
from matcher.recommend.learned import Learned
from matcher.recommend.learning_lists import Rows, learning_rows
from matcher.recommend.model import Model, query_of
from matcher.recommend.ranker import Lists, fit_ranker
from matcher.recommend.recipe import Recipe
from matcher.recommend.tying import NOUNS_ASKING

Say = Callable[[str], None]
Places = npt.NDArray[np.int64]
Features = npt.NDArray[np.float64]
# Queries read at once, which bounds the memory.
_BATCH = 1000
CALIBRATED_LISTS = 3000
"""Newest lists that scores are held against; a likelihood is of these days."""


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """Rows of shown lists, their parties as places in the models, and the day it is.

    folds: int64[n], the fold of each row.
    """

    rows: Rows
    parties: dict[Noun, Places]
    folds: Places
    standing: Standing

    def where(self, kept: npt.NDArray[np.bool_] | Places) -> _Told:
        parties = {noun: places[kept] for noun, places in self.parties.items()}
        return _Told(self.rows.where(kept), parties, self.folds[kept], self.standing)

    def instead(self, rows: Places, noun: Noun, others: Places) -> _Told:
        """These rows with other records of a noun."""
        told = self.where(rows)
        return replace(told, parties={**told.parties, noun: others})


def weighed(
    collections: Collections,
    feedback: Feedback,
    examination: Examination,
    say: Say,
    seed: int = 0,
    folds: Folds | None = None,
) -> Collections:
    """The collections with weights, and calibration where enough is known, for each who asks.

    folds: ties that weren't told of the rows that they are judged by; the collections' own if none
    are given.
    """
    most = collections.recipe.ranker.lists
    told = _told(collections, feedback, folds, learning_rows(feedback, most, seed))
    every = learning_rows(feedback, min(most, CALIBRATED_LISTS), seed, fruitless=True)
    looked_at = _told(collections, feedback, folds, every)
    judged = folds.collections if folds else (collections,)
    models = dict(collections.models)
    if not (told.rows.gains > 0).any():
        return collections
    for noun, askers in NOUNS_ASKING.items():
        learned = {}
        for asker in askers:
            say(f"Weights of {noun}s for {asker}s")
            own = _learned(judged, told, asker, noun, examination, seed)
            calibration = _calibrated(judged, looked_at, asker, noun, own, examination)
            learned[asker.value] = replace(own, calibration=calibration)
        models[noun] = replace(models[noun], learned=learned)
    return replace(collections, models=models)


def feature_names(model: Model) -> tuple[str, ...]:
    """The features of a model's candidates, in the order of the ranker's columns."""
    return tuple(prior_of(model.recipe, persons=model.pooled))


def prior_of(recipe: Recipe, *, persons: bool) -> dict[str, float]:
    """What each feature counts before anything is learned."""
    return dict(recipe.persons if persons else recipe.listings)


def pair_features(
    collections: Collections,
    asker: Noun,
    noun: Noun,
    asking: Places,
    asked: Places,
    standing: Standing,
) -> Features:
    """float64[n, f] in [0, 1]: the features of n pairs of places; 0 for what there is none of."""
    model, askers = collections.models[noun], collections.models[asker]
    names = feature_names(model)
    found = np.zeros((len(asking), len(names)))
    distinct, inverse = np.unique(asking, return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    ends = np.cumsum(np.bincount(inverse, minlength=len(distinct)))
    for first in range(0, len(distinct), _BATCH):
        items = [askers.candidates[place] for place in distinct[first : first + _BATCH].tolist()]
        side = read_queries(model.text, items)
        for row, item in enumerate(items):
            place = first + row
            rows = order[ends[place - 1] if place else 0 : ends[place]]
            candidates, back = np.unique(asked[rows], return_inverse=True)
            query = query_of(item, side, row, model, asker.value)
            features = score(query, model, candidates, names, standing)
            for column, name in enumerate(names):
                if name in features:
                    found[rows, column] = features[name][back]
    return found


def _told(collections: Collections, feedback: Feedback, folds: Folds | None, rows: Rows) -> _Told:
    """Those of the rows whose records are all in the models."""
    shown = feedback.impressions.where(rows.places)
    parties = {}
    for noun, model in collections.models.items():
        ids = feedback.ids[noun]
        places = np.append(model.candidates.ids.find(ids), -1)
        # The last place is for nobody, whose code is -1.
        parties[noun] = places[shown.party(noun)]
    on = feedback.last_day()
    fold = folds.impressions[rows.places] if folds else np.zeros(len(rows), np.int64)
    told = _Told(rows, parties, fold, Standing(on=on))
    there = np.logical_and.reduce([places >= 0 for places in parties.values()])
    return told.where(there)


def _learned(
    judged: Sequence[Collections],
    told: _Told,
    asker: Noun,
    noun: Noun,
    examination: Examination,
    seed: int,
) -> Learned:
    model = judged[0].models[noun]
    names = feature_names(model)
    features = _features(judged, told, asker, noun)
    lists, lessons = _lists(judged, told, asker, noun, features, examination, seed)
    prior = np.array(list(prior_of(model.recipe, persons=model.pooled).values()))
    strength = model.recipe.ranker.strength
    ranker = fit_ranker(lists, prior, strength, focus=lessons.focus, says=lessons.says, seed=seed)
    weights = dict(zip(names, ranker.weights.tolist(), strict=True))
    return Learned(weights, ranker.labels, ranker.trust)


def _calibrated(
    judged: Sequence[Collections],
    told: _Told,
    asker: Noun,
    noun: Noun,
    learned: Learned,
    examination: Examination,
) -> Calibration | None:
    """What a score promises to somebody who looks at the pair; None while too little is known.

    Of all lists, those of which nothing came too: only the fruitful ones, down to where something
    came, would make every pair look likely. A row that nobody touched counts as much as it was
    probably looked at.
    """
    rows = told.rows
    acted = rows.gains != 0
    if int(acted.sum()) < LEAST:
        return None
    scores = _features(judged, told, asker, noun) @ np.array(list(learned.weights.values()))
    weights = np.where(acted, 1.0, examination.at(rows.positions))
    return fit_calibration(scores, rows.gains > 0, weights)


def _lists(
    judged: Sequence[Collections],
    told: _Told,
    asker: Noun,
    noun: Noun,
    features: Features,
    examination: Examination,
    seed: int,
) -> tuple[Lists, Lessons]:
    """What was shown and, at the end of each list, what is drawn to be compared with it.

    A decline counts as no less than what nobody touched, though it may name a feature: it was
    looked at, so it stood high, and held against the rest it would speak against whatever puts
    records high.
    """
    rows, model = told.rows, judged[0].models[noun]
    taught = lessons(rows.gains, rows.reasons, feature_names(model))
    gains = np.maximum(taught.gains, np.float32(0))
    weights = row_weights(rows.positions, rows.lists, gains, examination)
    drawn = contrast(rows.lists, gains, len(model.candidates), seed)
    beside = told.instead(drawn.rows, noun, drawn.places)
    order = np.argsort(np.concatenate([rows.lists, beside.rows.lists]), kind="stable")
    none = np.zeros(len(drawn.rows), np.float32)

    def both(shown: npt.NDArray[Any], other: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.concatenate([shown, other])[order]

    return (
        Lists(
            both(features, _features(judged, beside, asker, noun)),
            both(rows.lists, beside.rows.lists),
            both(gains, none),
            both(weights, none),
        ),
        Lessons(
            both(gains, none),
            both(taught.says, np.ones(len(none))),
            both(taught.focus, np.full(len(none), ALL)),
        ),
    )


def _features(judged: Sequence[Collections], told: _Told, asker: Noun, noun: Noun) -> Features:
    """Each row's by the ties that weren't told of it."""
    found = np.zeros((len(told.rows), len(feature_names(judged[0].models[noun]))))
    for fold, collections in enumerate(judged):
        rows = np.flatnonzero(told.folds == fold)
        asking, asked = told.parties[asker][rows], told.parties[noun][rows]
        found[rows] = pair_features(collections, asker, noun, asking, asked, told.standing)
    return found
