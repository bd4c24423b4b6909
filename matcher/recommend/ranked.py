"""Candidates in their order: by score, by trees, and spread out where that is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from matcher.recommend.boosted import Boosted
from matcher.recommend.diversify import marginal_order
from matcher.recommend.fusion import Scores
from matcher.recommend.model import Model
from matcher.recommend.recipe import CONTENT
from matcher.recommend.rules import Request

# Diversity chooses among this many times the wanted number.
_WIDER = 5


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Places of candidates, best first, with score and features."""

    places: npt.NDArray[np.int64]
    scores: Scores
    features: Mapping[str, Scores]

    def take(self, order: npt.NDArray[np.int64]) -> Ranked:
        """The rows at these positions, in their order."""
        features = {name: values[order] for name, values in self.features.items()}
        return Ranked(self.places[order], self.scores[order], features)

    def head(self, k: int) -> Ranked:
        """The first k, or as many as there are."""
        return self.take(np.arange(min(k, len(self.places))))


def by_score(ranked: Ranked, model: Model) -> Ranked:
    """Best first; equal scores by id. A score of 0 is no match."""
    order = np.argsort(-ranked.scores, kind="stable")
    order = order[ranked.scores[order] > 0]
    scores = ranked.scores[order]
    for tied in _ties(scores):
        ids = model.candidates.ids_at(ranked.places[order[tied]])
        order[tied] = order[tied][np.argsort(ids, kind="stable")]
    return ranked.take(order)


def _ties(scores: Scores) -> list[slice]:
    """Where the same score stands several times. scores: in order."""
    starts = np.append(np.flatnonzero(np.diff(scores, prepend=np.nan) != 0), len(scores))
    return [slice(start, end) for start, end in pairwise(starts.tolist()) if end - start > 1]


def by_trees(ranked: Ranked, trees: Boosted) -> Ranked:
    """What the trees can't tell apart stays in the order of the weights."""
    scores = trees.scores(trees.columns(ranked.features, len(ranked.places)))
    return replace(ranked, scores=scores).take(np.argsort(-scores, kind="stable"))


def spread_out(ranked: Ranked, model: Model, request: Request) -> Ranked:
    """The best few, those that are like a better one further down, as far as is asked for."""
    if not request.diversity or len(ranked.places) < 2:
        return ranked
    wider = ranked.head(_WIDER * request.k)
    vectors = model.index.vectors(CONTENT, model.starts[wider.places])
    order = marginal_order(wider.scores, vectors @ vectors.T, request.diversity, request.k)
    return wider.take(np.array(order, np.int64))
