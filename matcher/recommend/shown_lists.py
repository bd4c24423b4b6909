"""Shown lists as one relation sees them: features of each row, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import Noun
from matcher.recommend.contrast import contrast
from matcher.recommend.decline_lessons import ALL, Lessons, lessons
from matcher.recommend.examination import Examination, row_weights, surely_seen
from matcher.recommend.facts import Standing
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Folds
from matcher.recommend.learning_lists import Rows
from matcher.recommend.pair_features import Askers, feature_names, pair_features
from matcher.recommend.ranker import Lists, Matrix

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Rows whose two records are in the models, for one who asks and the noun asked for.

    rows: of the lists. folds: int64[n], whose ties judge each. asking, asked: int64[n], the places
    of the two records in their models.
    """

    judged: Folds
    asker: Noun
    noun: Noun
    standing: Standing
    rows: Rows
    folds: Places
    asking: Places
    asked: Places

    @classmethod
    def of(cls, judged: Folds, feedback: Feedback, rows: Rows, asker: Noun, noun: Noun) -> Self:
        """Those of the rows that a fold judges."""
        shown = feedback.impressions.where(rows.places)
        models = judged.collections[0].models
        asking, asked = (
            # The last place is for nobody, whose code is -1.
            np.append(models[each].candidates.ids.find(feedback.ids[each]), -1)[shown.party(each)]
            for each in (asker, noun)
        )
        folds = judged.impressions[rows.places]
        kept = np.flatnonzero((asking >= 0) & (asked >= 0) & (folds >= 0))
        standing = Standing(on=feedback.last_day())
        every = cls(judged, asker, noun, standing, rows, folds, asking, asked)
        return every.where(kept)

    def where(self, kept: Places) -> Self:
        """These rows."""
        return replace(
            self,
            rows=self.rows.where(kept),
            folds=self.folds[kept],
            asking=self.asking[kept],
            asked=self.asked[kept],
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Of the features."""
        return feature_names(self.judged.collections[0].models[self.noun])

    def features(self, askers: Askers) -> Matrix:
        """float64[n, f]: each row's by the ties that weren't told of it. askers: who asks, read."""
        found = np.zeros((len(self.rows), len(self.names)))
        for fold, collections in enumerate(self.judged.collections):
            own = np.flatnonzero(self.folds == fold)
            asking, asked = self.asking[own], self.asked[own]
            found[own] = pair_features(collections, askers, self.noun, asking, asked, self.standing)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class ShownLists:
    """What is known of n rows. names: of the features of `lists`.

    lessons: what each teaches. went: bool[n], whether it went anywhere. seen: bool[n], whether it
    was surely looked at, since somebody acted there or below; what was only drawn never was.
    """

    names: tuple[str, ...]
    lists: Lists
    lessons: Lessons
    went: Mask
    seen: Mask

    def __len__(self) -> int:
        return len(self.lists)

    def where(self, kept: Mask | Places) -> ShownLists:
        """The rows of a mask, or these rows; their order has to stay."""
        own, told = self.lists, self.lessons
        lists = Lists(own.features[kept], own.lists[kept], own.gains[kept], own.weights[kept])
        taught = Lessons(told.gains[kept], told.says[kept], told.focus[kept])
        return ShownLists(self.names, lists, taught, self.went[kept], self.seen[kept])


def shown_lists(
    shown: Shown, features: Matrix, askers: Askers, examination: Examination, seed: int = 0
) -> ShownLists:
    """The rows and, behind those of each list, what is drawn to be compared with it (contrast.py).

    features: float64[n, f], of the rows that were shown; those of the others are computed. A
    decline counts as no less than what nobody touched, though it may name a feature: it was
    looked at, so it stood high, and held against the rest it would speak against whatever puts
    records high.
    """
    rows, names = shown.rows, shown.names
    taught = lessons(rows.gains, rows.reasons, names)
    gains = np.maximum(taught.gains, np.float32(0))
    weights = row_weights(rows.positions, rows.lists, gains, examination)
    seen = surely_seen(rows.positions, rows.lists, rows.gains != 0)
    records = len(shown.judged.collections[0].models[shown.noun].candidates)
    drawn = contrast(rows.lists, gains, records, seed)
    of = np.concatenate([np.arange(len(rows)), drawn.rows])
    order = np.argsort(rows.lists[of], kind="stable")
    of, own = of[order], order < len(rows)
    beside = replace(shown.where(drawn.rows), asked=drawn.places).features(askers)
    features = np.concatenate([features, beside])[order]
    gains, none = np.where(own, gains[of], np.float32(0)), np.zeros(len(of))
    return ShownLists(
        names,
        Lists(features, rows.lists[of], gains, np.where(own, weights[of], none)),
        Lessons(gains, np.where(own, taught.says[of], 1.0), np.where(own, taught.focus[of], ALL)),
        own & (gains > 0),
        own & seen[of],
    )
