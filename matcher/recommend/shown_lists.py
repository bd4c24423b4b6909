"""Shown lists as one relation sees them: features of each row, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import Noun
from matcher.recommend.collections import Collections
from matcher.recommend.contrast import contrast
from matcher.recommend.examination import Examination, row_weights, surely_seen
from matcher.recommend.facts import Standing
from matcher.recommend.feedback import Feedback, Impressions
from matcher.recommend.folds import Folds
from matcher.recommend.learning_lists import Rows, learning_rows
from matcher.recommend.ranker import Lists, Matrix
from matcher.recommend.weighing import feature_names, pair_features

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ShownLists:
    """What is known of n rows. names: of the features of `lists`.

    went: bool[n], whether it went anywhere. seen: bool[n], whether it was surely looked at, since
    somebody acted there or below; what was only drawn never was.
    """

    names: tuple[str, ...]
    lists: Lists
    went: Mask
    seen: Mask

    def __len__(self) -> int:
        return len(self.lists)

    def where(self, kept: Mask | Places) -> ShownLists:
        """The rows of a mask, or these rows; their order has to stay."""
        own = self.lists
        lists = Lists(own.features[kept], own.lists[kept], own.gains[kept], own.weights[kept])
        return ShownLists(self.names, lists, self.went[kept], self.seen[kept])


def shown_lists(
    judged: Folds,
    feedback: Feedback,
    examination: Examination,
    asker: Noun,
    noun: Noun,
    seed: int = 0,
) -> ShownLists:
    """The rows whose two records are in the models, of the newest lists of which something came.

    Behind those of each list stand the ones drawn to be compared with it (see contrast.py).
    judged: whose ties a row's features come of, by fold.
    """
    one = judged.collections[0]
    model = one.models[noun]
    rows, asking, asked = _known(one, feedback, asker, noun, seed)
    # As the weights learn it: a decline is no worse than what nobody touched (see weighing.py).
    gains = np.maximum(rows.gains, np.float32(0))
    weights = row_weights(rows.positions, rows.lists, gains, examination)
    seen = surely_seen(rows.positions, rows.lists, rows.gains != 0)
    drawn = contrast(rows.lists, gains, len(model.candidates), seed)
    of = np.concatenate([np.arange(len(rows)), drawn.rows])
    order = np.argsort(rows.lists[of], kind="stable")
    of, shown = of[order], order < len(rows)
    features = _features(
        *(judged, asker, noun, judged.impressions[rows.places[of]], asking[of]),
        *(np.concatenate([asked, drawn.places])[order], Standing(on=feedback.last_day())),
    )
    lists = Lists(
        features,
        rows.lists[of],
        np.where(shown, gains[of], np.float32(0)),
        np.where(shown, weights[of], 0.0),
    )
    return ShownLists(feature_names(model), lists, shown & (gains[of] > 0), shown & seen[of])


def _known(
    collections: Collections, feedback: Feedback, asker: Noun, noun: Noun, seed: int
) -> tuple[Rows, Places, Places]:
    """Rows whose two records are in the models, and the places of these."""
    rows = learning_rows(feedback, collections.recipe.ranker.lists, seed)
    shown = feedback.impressions.where(rows.places)
    asking, asked = (_places(collections, feedback, shown, each) for each in (asker, noun))
    kept = (asking >= 0) & (asked >= 0)
    return rows.where(kept), asking[kept], asked[kept]


def _features(
    judged: Folds,
    asker: Noun,
    noun: Noun,
    folds: Places,
    asking: Places,
    asked: Places,
    standing: Standing,
) -> Matrix:
    """float64[n, f], each row's by the ties of its fold."""
    found = np.zeros((len(folds), len(feature_names(judged.collections[0].models[noun]))))
    for fold, collections in enumerate(judged.collections):
        own = np.flatnonzero(folds == fold)
        found[own] = pair_features(collections, asker, noun, asking[own], asked[own], standing)
    return found


def _places(collections: Collections, feedback: Feedback, shown: Impressions, noun: Noun) -> Places:
    """int64[n], -1 for nobody, whose code is -1, and for who isn't in the model."""
    found = collections.models[noun].candidates.ids.find(feedback.ids[noun])
    return np.append(found, -1)[shown.party(noun)]
