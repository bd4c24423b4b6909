"""Candidates from every space, then every leg's exact score for all of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.index.bitmap import Allowed
from matcher.recommend.concept_vectors import heaviest
from matcher.recommend.fusion import Scores, normalised
from matcher.recommend.model import Model, Query
from matcher.recommend.portfolio import pool
from matcher.recommend.recipe import COLLABORATIVE, CONCEPTS
from matcher.text.encoders.protocol import FloatMatrix

Rows = npt.NDArray[np.int64]


def find(query: Query, model: Model, left: npt.NDArray[np.bool_], least: int = 0) -> Rows:
    """The candidates that any space puts among its best; ascending.

    left: those allowed. least: rows to take from each space where the recipe takes fewer.
    """
    settings = model.recipe.candidates
    allowed = None if left.all() else Allowed.of_ids(np.flatnonzero(left[model.owners]))
    most = max(settings.per_space, min(least, len(model.owners)))
    found = []
    for space, vector in query.vectors.items():
        asked = heaviest(vector, settings.query_concepts) if space == CONCEPTS else vector
        hits = model.index.search(space, asked, most, allowed).ids[0]
        found.append(hits[hits >= 0])
    return np.unique(model.owners[np.concatenate(found)]) if found else np.zeros(0, np.int64)


def score(query: Query, model: Model, candidates: Rows) -> dict[str, Scores]:
    """Every leg's score of every candidate, float64[n], 1 for the leg's best and 0 for nothing.

    A portfolio's texts are pooled; the collaborative leg knows candidates, not texts.
    """
    if not len(candidates):
        return {}
    documents = [model.documents(candidate) for candidate in candidates.tolist()]
    rows = np.concatenate([np.arange(each.start, each.stop) for each in documents])
    starts = np.cumsum([0, *(len(each) for each in documents)])[:-1]
    legs = {}
    for space, vector in query.vectors.items():
        if space == COLLABORATIVE:
            exact = model.index.score(space, vector, model.starts[candidates])[0]
            scores = np.where(exact > _noise(vector), exact, 0.0).astype(np.float64)
        else:
            exact = model.index.score(space, vector, rows)[0].astype(np.float64)
            scores = np.maximum(exact, 0)
            if model.pooled:
                scores = pool(scores, starts, model.recipe.pooling)
        legs[space] = normalised(np.nan_to_num(scores, neginf=0.0))
    return legs


def _noise(vector: sparse.csr_array | FloatMatrix) -> float:
    """What rounding alone can make of a collaborative score; candidates are at most 1 long."""
    return 1e-5 * float(np.linalg.norm(np.asarray(vector)))
