"""One candidate's scores for many queries at once, as a ranking of each would give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from matcher.index.port import NO_SCORE
from matcher.recommend.asking import Asking
from matcher.recommend.concept_vectors import heaviest
from matcher.recommend.facts import NOTHING_STANDS, Standing
from matcher.recommend.features import documents_of, in_common, leg_scores, stated, whole
from matcher.recommend.fusion import Scores, fuse
from matcher.recommend.model import Model, Query, space_of
from matcher.recommend.recipe import CONCEPTS, TEXT_LEGS, UPTAKE


def scores_of_one(asking: Asking, place: int, standing: Standing = NOTHING_STANDS) -> Scores:
    """float64[n], by what was learned for who asks; 0 where they have nothing in common.

    place: of the candidate, which no rule removes.
    """
    if not len(asking):
        return np.zeros(0)
    model, first = asking.model, asking.query(0)
    weights, trees = model.weights_for(first), model.trees_for(first)
    wanted = {*weights, *(trees.names if trees else ())}
    features = {**_legs(asking, place, wanted), **_facts(asking, place, wanted, standing)}
    scores = np.where(in_common(features, weights), fuse(features, weights)[0], 0)
    scores[~_found(asking, place, weights)] = 0
    met = scores > 0
    if trees:
        scores[met] = trees.scores(trees.columns(features, len(asking))[met])
    return scores


def _legs(asking: Asking, place: int, wanted: Iterable[str]) -> dict[str, Scores]:
    """float64[n] for each wanted leg."""
    model, count = asking.model, len(asking)
    texts = documents_of(model, np.full(count, place, np.int64))
    own = np.array(model.documents(place), np.int64)
    found = {}
    for leg in (leg for leg in asking.vectors if leg in wanted):
        vectors = asking.vectors[leg]
        rows = own if leg in TEXT_LEGS else own[:1]
        exact = model.index.score(space_of(leg, asking.asker), vectors, rows).ravel()
        shares = np.repeat(whole(leg, vectors), len(rows))
        found[leg] = leg_scores(model, leg, exact, shares, texts)
    return found


def _facts(
    asking: Asking, place: int, wanted: Iterable[str], standing: Standing
) -> dict[str, Scores]:
    own = np.array([place], np.int64)
    told = [stated(asking.model, item, own, wanted, standing) for item in asking.items]
    return {name: np.concatenate([each[name] for each in told]) for name in told[0]}


def _found(asking: Asking, place: int, weights: Mapping[str, float]) -> np.ndarray:
    """bool[n]: for which queries a search of the spaces comes upon the candidate.

    A space of dense vectors ranks whoever has one in it; that of concepts those with a score.
    """
    model = asking.model
    rows = np.array(model.documents(place), np.int64)
    for leg in asking.vectors:
        if weights.get(leg) and leg not in (CONCEPTS, UPTAKE):
            space = space_of(leg, asking.asker)
            there = model.index.score(space, asking.vectors[leg][:1], rows) > NO_SCORE
            if there.any():
                return np.ones(len(asking), bool)
    if not weights.get(CONCEPTS):
        return np.zeros(len(asking), bool)
    return np.array([_shares_a_concept(query, model, rows) for query in asking.queries()], bool)


def _shares_a_concept(query: Query, model: Model, rows: np.ndarray) -> bool:
    most = model.recipe.candidates.query_concepts
    asked = heaviest(query.vectors[CONCEPTS], most)
    return bool((model.index.score(CONCEPTS, asked, rows) > 0).any())
