"""How to rank for each who asks: weights of the features from what became of proposals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import Noun
from matcher.recommend.calibration import LEAST, Calibration, fit_calibration
from matcher.recommend.collections import NOUNS, Collections
from matcher.recommend.examination import Examination
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Folds
from matcher.recommend.learned import Learned
from matcher.recommend.learning_lists import Rows, newest, rows_at
from matcher.recommend.pair_features import Askers, prior_of
from matcher.recommend.ranker import Matrix, fit_ranker
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
    known = _Known.of(collections, feedback, examination, seed)
    if not known.tells:
        return collections
    learned: dict[Noun, dict[str, Learned]] = {noun: {} for noun in NOUNS}
    for asker in NOUNS:
        shown = [Shown.of(folds, feedback, known.rows, asker, noun) for noun in _asked_by(asker)]
        # All who ask are read once, whatever they ask for.
        asking = np.concatenate([own.asking for own in shown])
        askers = Askers.read(collections, asker, asking)
        for own in shown:
            say(f"Weights of {own.noun}s for {asker}s")
            learned[own.noun][asker.value] = known.learned(own, askers)
    return _with(collections, learned)


def _asked_by(asker: Noun) -> list[Noun]:
    return [noun for noun in NOUNS if asker in NOUNS_ASKING[noun]]


def _with(collections: Collections, learned: Mapping[Noun, Mapping[str, Learned]]) -> Collections:
    models = {
        noun: replace(model, learned=learned[noun]) for noun, model in collections.models.items()
    }
    return replace(collections, models=models)


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """The newest lists. rows: of all of them, since most are in both parts.

    fruitful, recent: int64[n], places in the impressions: of lists of which something came, that
    weights are learned from, and of those that scores are held against.
    """

    rows: Rows
    fruitful: npt.NDArray[np.int64]
    recent: npt.NDArray[np.int64]
    examination: Examination
    seed: int

    @classmethod
    def of(
        cls, collections: Collections, feedback: Feedback, examination: Examination, seed: int
    ) -> Self:
        most = collections.recipe.ranker.lists
        fruitful = newest(feedback, most, seed)
        recent = newest(feedback, min(most, CALIBRATED_LISTS), seed, fruitless=True)
        rows = rows_at(feedback, np.union1d(fruitful, recent))
        return cls(rows, fruitful, recent, examination, seed)

    @property
    def tells(self) -> bool:
        """Whether anything that was shown went somewhere."""
        return bool((self.rows.gains[np.isin(self.rows.places, self.fruitful)] > 0).any())

    def learned(self, shown: Shown, askers: Askers) -> Learned:
        """How to rank one noun for one who asks."""
        features = shown.features(askers)
        fruitful, recent = (
            np.flatnonzero(np.isin(shown.rows.places, places))
            for places in (self.fruitful, self.recent)
        )
        own = self._weights(shown.where(fruitful), features[fruitful], askers)
        scores = features[recent] @ np.array(list(own.weights.values()))
        return replace(own, calibration=self._promise(shown.rows.where(recent), scores))

    def _weights(self, shown: Shown, features: Matrix, askers: Askers) -> Learned:
        model = shown.judged.collections[0].models[shown.noun]
        known = shown_lists(shown, features, askers, self.examination, self.seed)
        ranker = fit_ranker(
            known.lists,
            np.array(list(prior_of(model.recipe, persons=model.pooled).values())),
            model.recipe.ranker.strength,
            focus=known.lessons.focus,
            says=known.lessons.says,
            seed=self.seed,
        )
        weights = dict(zip(known.names, ranker.weights.tolist(), strict=True))
        return Learned(weights, ranker.labels, ranker.trust)

    def _promise(self, rows: Rows, scores: npt.NDArray[np.float64]) -> Calibration | None:
        """What a score promises to somebody who looks at the pair; None while too little is known.

        Of all lists, those of which nothing came too: only the fruitful ones, down to where
        something came, would make every pair look likely. A row that nobody touched counts as much
        as it was probably looked at.
        """
        acted = rows.gains != 0
        if int(acted.sum()) < LEAST:
            return None
        weights = np.where(acted, 1.0, self.examination.at(rows.positions))
        return fit_calibration(scores, rows.gains > 0, weights, acted)
