"""Candidates from every space, then every feature of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    LEARNED_LEGS,
    LEGS,
    LISTING_FACTS,
    PERSON_FACTS,
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
        if not weights.get(leg):
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
    legs = [leg for leg in query.vectors if leg in wanted]
    texts = _Texts.of(model, candidates) if set(legs) - set(LEARNED_LEGS) else None
    found = {}
    for leg in legs:
        vector = query.vectors[leg]
        if leg in LEARNED_LEGS or texts is None:
            rows = model.starts[candidates]
            exact = model.index.score(space_of(leg, query.asker), vector, rows)[0]
            # LightFM's scores are log odds of nothing in particular: above 0 is likely.
            found[leg] = within_unit(expit(exact) if leg == COLLABORATIVE else exact)
        else:
            exact = model.index.score(leg, vector, texts.rows)[0].astype(np.float64)
            scores = within_unit(exact / max(_whole(leg, vector), 1e-9))
            if texts.pooled:
                scores = pool(scores, texts.starts, model.recipe.pooling)
            found[leg] = scores
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


class _Texts:
    """The index rows of the documents of some candidates, laid end to end."""

    def __init__(self, rows: Rows, starts: Rows, pooled: bool) -> None:
        self.rows, self.starts, self.pooled = rows, starts, pooled

    @classmethod
    def of(cls, model: Model, candidates: Rows) -> _Texts:
        documents = [model.documents(candidate) for candidate in candidates.tolist()]
        rows = np.concatenate([np.arange(each.start, each.stop) for each in documents])
        starts = np.cumsum([0, *(len(each) for each in documents)])[:-1]
        return cls(rows, starts, model.pooled)


def _whole(leg: str, vector: Vectors) -> float:
    """What a score is a share of: all that a query asks, in concepts; a cosine is one already."""
    return float(sparse.csr_array(vector).sum()) if leg == CONCEPTS else 1.0
