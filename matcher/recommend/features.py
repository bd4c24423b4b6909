"""Candidates from every space, then every feature of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import expit

from matcher.domain.item import Item
from matcher.index.bitmap import Allowed
from matcher.index.port import Vectors
from matcher.recommend.asking import Asking, row_of
from matcher.recommend.concept_vectors import heaviest
from matcher.recommend.facts import NOTHING_STANDS, Standing, facts
from matcher.recommend.fusion import Scores, available, within_unit
from matcher.recommend.model import Model, Query, space_of
from matcher.recommend.portfolio import pool
from matcher.recommend.recipe import (
    COLLABORATIVE,
    CONCEPTS,
    LEGS,
    LISTING_FACTS,
    PERSON_FACTS,
    TEXT_LEGS,
    UPTAKE,
)

Rows = npt.NDArray[np.int64]


def find(
    query: Query,
    model: Model,
    left: npt.NDArray[np.bool_],
    weights: Mapping[str, float],
    least: int = 0,
) -> Rows:
    """The candidates that any space puts among its best; ascending.

    left: those allowed. weights: a space whose leg has none isn't looked into. least: rows to take
    from each space where the recipe takes fewer.
    """
    allowed = None if left.all() else Allowed.of_mask(left[model.owners])
    most = _most(model, least)
    found = []
    for leg in _searched(query.vectors, weights):
        asked = _asked(model, leg, query.vectors[leg])
        hits = model.index.search(space_of(leg, query.asker), asked, most, allowed).ids[0]
        found.append(hits[hits >= 0])
    return np.unique(model.owners[np.concatenate(found)]) if found else np.zeros(0, np.int64)


def find_each(
    asking: Asking, left: Sequence[npt.NDArray[np.bool_]], weights: Mapping[str, float], least: int
) -> list[Rows]:
    """The same for many queries at once. left: those allowed, of each query."""
    model = asking.model
    allowed = [Allowed.of_mask(own[model.owners]) for own in left]
    found: list[list[Rows]] = [[] for _ in left]
    for leg in _searched(asking.vectors, weights):
        space, asked = space_of(leg, asking.asker), _asked(model, leg, asking.vectors[leg])
        hits = model.index.search_each(space, asked, _most(model, least), allowed).ids
        for own, row in zip(found, hits, strict=True):
            own.append(row[row >= 0])
    nothing = np.zeros(0, np.int64)
    return [np.unique(model.owners[np.concatenate([nothing, *own])]) for own in found]


def _most(model: Model, least: int) -> int:
    return max(model.recipe.candidates.per_space, min(least, len(model.owners)))


def _searched(vectors: Mapping[str, Vectors], weights: Mapping[str, float]) -> list[str]:
    return [leg for leg in vectors if weights.get(leg) and leg != UPTAKE]


def _asked(model: Model, leg: str, vectors: Vectors) -> Vectors:
    if leg != CONCEPTS:
        return vectors
    most = model.recipe.candidates.query_concepts
    rows = [heaviest(row_of(vectors, row), most) for row in range(vectors.shape[0])]
    return rows[0] if len(rows) == 1 else sparse.csr_array(sparse.vstack(rows, format="csr"))


def score(
    query: Query,
    model: Model,
    candidates: Rows,
    wanted: Iterable[str],
    standing: Standing = NOTHING_STANDS,
) -> dict[str, Scores]:
    """Those of the wanted features that there are for this query, float64[n] in [0, 1] each.

    A portfolio's texts are pooled; what was learned of a candidate knows no single texts.
    """
    wanted = set(wanted)
    if not len(candidates):
        return {}
    texts = documents_of(model, candidates)
    found = {}
    for leg in (leg for leg in query.vectors if leg in wanted):
        vector = query.vectors[leg]
        rows = texts.rows if leg in TEXT_LEGS else model.starts[candidates]
        exact = model.index.score(space_of(leg, query.asker), vector, rows)[0]
        found[leg] = leg_scores(model, leg, exact, whole(leg, vector)[0], texts)
    return {**found, **stated(model, query.item, candidates, wanted, standing)}


def stated(
    model: Model, item: Item, candidates: Rows, wanted: Iterable[str], standing: Standing
) -> dict[str, Scores]:
    """Those of the wanted features that are facts, float64[n] in [0, 1] each."""
    names = PERSON_FACTS if model.pooled else LISTING_FACTS
    named = tuple(name for name in names if name in wanted)
    return facts(item, model.candidates, candidates, named, standing, persons=model.pooled)


def in_common(
    features: Mapping[str, Scores], weights: Mapping[str, float]
) -> npt.NDArray[np.bool_]:
    """bool[n]: who has anything in common with the query beside facts.

    Facts say how well two go together, not that they do.
    """
    legs = {name: own for name, own in features.items() if name in LEGS}
    found = np.zeros(len(next(iter(features.values()), ())), bool)
    for name, weight in available(weights, legs).items():
        found |= weight * legs[name] > 0
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Documents:
    """The index rows of the documents of some candidates, laid end to end; starts: of each."""

    rows: Rows
    starts: Rows


def documents_of(model: Model, candidates: Rows) -> Documents:
    """The documents of candidates, of which one may be named several times."""
    ends = np.append(model.starts[1:], len(model.owners))
    lengths = ends[candidates] - model.starts[candidates]
    starts = np.cumsum(lengths) - lengths
    shifts = np.repeat(model.starts[candidates] - starts, lengths)
    return Documents(shifts + np.arange(int(lengths.sum())), starts)


def whole(leg: str, vectors: Vectors) -> Scores:
    """float64[n]: what a score is a share of: all that a query asks, in concepts; else 1."""
    if leg != CONCEPTS:
        return np.ones(vectors.shape[0])
    return np.maximum(np.asarray(sparse.csr_array(vectors).sum(axis=1), np.float64), 1e-9)


def leg_scores(
    model: Model, leg: str, exact: npt.NDArray[np.floating], whole: Scores, texts: Documents
) -> Scores:
    """float64[candidates] in [0, 1]: what a leg's inner products say.

    exact: float[documents] of a leg of texts, else float[candidates]. whole: what they are shares
    of. texts: of the candidates.
    """
    if leg not in TEXT_LEGS:
        # LightFM's scores are log odds of nothing in particular: above 0 is likely.
        return within_unit(expit(exact) if leg == COLLABORATIVE else exact)
    scores = within_unit(exact.astype(np.float64) / whole)
    return pool(scores, texts.starts, model.recipe.pooling) if model.pooled else scores
