"""The spine: one query in, its ranked candidates with reasons out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.recommend.bands import band
from matcher.recommend.diversify import marginal_order
from matcher.recommend.explain import evidence
from matcher.recommend.features import find, score
from matcher.recommend.fusion import Scores, fuse
from matcher.recommend.model import Model, Query
from matcher.recommend.ranking import Match, Ranking
from matcher.recommend.reasons import reasons
from matcher.recommend.recipe import COLLABORATIVE, CONTENT
from matcher.recommend.rules import Request, Rules
from matcher.text.repair import repair_text

# Diversity chooses among this many times the wanted number.
_WIDER = 5


@dataclass(frozen=True, slots=True, eq=False)
class _Ranked:
    """Places of candidates, best first, with score and parts."""

    places: npt.NDArray[np.int64]
    scores: Scores
    parts: Mapping[str, Scores]

    def take(self, order: npt.NDArray[np.int64]) -> _Ranked:
        parts = {leg: values[order] for leg, values in self.parts.items()}
        return _Ranked(self.places[order], self.scores[order], parts)

    def head(self, k: int) -> _Ranked:
        return self.take(np.arange(min(k, len(self.places))))


def recommend(
    query: Query,
    model: Model,
    rules: Rules,
    request: Request,
    weights: Mapping[str, float] | None = None,
    *,
    explain: bool = True,
) -> Ranking:
    """Rank the candidates of a model for one query.

    weights: of the legs, the recipe's by default.
    """
    left, removed = rules.apply(query.item, query.known)
    places = find(query, model, left, request.k)
    legs = score(query, model, places)
    scores, parts = fuse(legs, weights or _weights(query, model))
    ranked = _sorted(_Ranked(places, scores, parts), model)
    found = ranked.places
    ranked = _diverse(ranked, model, request).head(request.k)
    matches = [_match(ranked, row, model) for row in range(len(ranked.places))]
    if explain:
        matches = _explained(query, model, request, matches, ranked.places)
    return Ranking(query.item.id, tuple(matches), removed, found)


def _weights(query: Query, model: Model) -> Mapping[str, float]:
    known = COLLABORATIVE in query.vectors and len(query.known)
    return model.recipe.interactions if known else model.recipe.texts


def _sorted(ranked: _Ranked, model: Model) -> _Ranked:
    """Best first; equal scores by id. A score of 0 is no match."""
    ids = model.candidates.ids_at(ranked.places)
    order = (
        np.lexsort((np.argsort(np.argsort(ids)), -ranked.scores))
        if len(ids)
        else np.zeros(0, np.int64)
    )
    return ranked.take(order[ranked.scores[order] > 0])


def _diverse(ranked: _Ranked, model: Model, request: Request) -> _Ranked:
    if not request.diversity or len(ranked.places) < 2:
        return ranked
    wider = ranked.head(_WIDER * request.k)
    vectors = model.index.vectors(CONTENT, model.starts[wider.places])
    order = marginal_order(wider.scores, vectors @ vectors.T, request.diversity, request.k)
    return wider.take(np.array(order, np.int64))


def _match(ranked: _Ranked, row: int, model: Model) -> Match:
    parts = {leg: float(values[row]) for leg, values in ranked.parts.items()}
    candidate_id = str(model.candidates.ids_at(ranked.places[[row]])[0])
    return Match(candidate_id, row + 1, float(ranked.scores[row]), parts)


def _explained(
    query: Query,
    model: Model,
    request: Request,
    matches: list[Match],
    places: npt.NDArray[np.int64],
) -> list[Match]:
    body = repair_text(query.item.body)
    explained = []
    evidences = evidence(query, body, places.tolist(), model) if matches else []
    for match, place, found in zip(matches, places.tolist(), evidences, strict=True):
        why = reasons(
            query.item, model.candidates[place], found, request.on, priced=not model.pooled
        )
        terms = found.distinct if body else None
        strength = band(found.strength, terms, model.recipe.bands)
        explained.append(
            Match(match.candidate_id, match.rank, match.score, match.parts, strength, found, why)
        )
    return explained
