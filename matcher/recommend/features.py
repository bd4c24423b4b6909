"""Candidates from every space, then every feature of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import expit

from matcher.index.bitmap import Allowed
from matcher.index.port import Vectors
from matcher.recommend.concept_vectors import heaviest
from matcher.recommend.facts import NOTHING_STANDS, Standing, facts
from matcher.recommend.fusion import Scores, fuse, within_unit
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
    settings = model.recipe.candidates
    allowed = None if left.all() else Allowed.of_ids(np.flatnonzero(left[model.owners]))
    most = max(settings.per_space, min(least, len(model.owners)))
    found = []
    for leg, vector in query.vectors.items():
        if not weights.get(leg) or leg == UPTAKE:
            continue
        asked = heaviest(vector, settings.query_concepts) if leg == CONCEPTS else vector
        hits = model.index.search(space_of(leg, query.asker), asked, most, allowed).ids[0]
        found.append(hits[hits >= 0])
    return np.unique(model.owners[np.concatenate(found)]) if found else np.zeros(0, np.int64)


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
    names = PERSON_FACTS if model.pooled else LISTING_FACTS
    stated = tuple(name for name in names if name in wanted)
    return {
        **found,
        **facts(query.item, model.candidates, candidates, stated, standing, persons=model.pooled),
    }


def in_common(
    features: Mapping[str, Scores], weights: Mapping[str, float]
) -> npt.NDArray[np.bool_]:
    """bool[n]: who has anything in common with the query beside facts.

    Facts say how well two go together, not that they do.
    """
    return fuse({name: own for name, own in features.items() if name in LEGS}, weights)[0] > 0


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
