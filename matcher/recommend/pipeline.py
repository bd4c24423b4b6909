"""The spine: one query in, its ranked candidates with reasons out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.recommend.asking import Asking
from matcher.recommend.bands import band
from matcher.recommend.boosted import Boosted
from matcher.recommend.explain import evidence
from matcher.recommend.features import find, find_each, in_common, score
from matcher.recommend.fusion import Scores, fuse, parts_of
from matcher.recommend.model import Model, Query
from matcher.recommend.ranked import Ranked, by_score, by_trees, spread_out
from matcher.recommend.ranking import Match, Ranking
from matcher.recommend.reasons import reasons
from matcher.recommend.rules import Request, Rule, Rules


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

    weights: of the features; by default those learned for who asks, or else the recipe's. What they
    find is ranked by trees where there are any for who asks and no weights are given.
    """
    left, removed = rules.apply(query.item, query.known)
    trees = None if weights else model.trees_for(query)
    weights = weights or model.weights_for(query)
    places = find(query, model, left, weights, request.k)
    wanted = _Weighed(query, model, request, weights, trees)
    return _ranking(wanted, places, removed, explain=explain)


def recommend_each(
    asking: Asking, requests: Sequence[Request], among: npt.NDArray[np.bool_] | None = None
) -> list[Ranking]:
    """The same for many queries, each with its own request, without reasons.

    among: bool[candidates], those that may be ranked at all; it counts as no rule.
    """
    model, queries = asking.model, asking.queries()
    if not queries:
        return []
    ruled = [
        Rules(model.candidates, request).apply(query.item, query.known)
        for query, request in zip(queries, requests, strict=True)
    ]
    left = [own if among is None else own & among for own, _ in ruled]
    weights, trees = model.weights_for(queries[0]), model.trees_for(queries[0])
    found = find_each(asking, left, weights, max(request.k for request in requests))
    return [
        _ranking(_Weighed(query, model, request, weights, trees), places, removed, explain=False)
        for query, request, places, (_, removed) in zip(
            queries, requests, found, ruled, strict=True
        )
    ]


def with_reasons(query: Query, model: Model, request: Request, match: Match) -> Match:
    """A match of a query that was ranked before, with band, evidence and reasons.

    As it is where its candidate isn't there any more.
    """
    places = model.candidates.places([match.candidate_id])
    return _explained(query, model, request, [match], places)[0] if len(places) else match


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    """A query, and by what its candidates are ranked."""

    query: Query
    model: Model
    request: Request
    weights: Mapping[str, float]
    trees: Boosted | None


def _ranking(
    wanted: _Weighed, places: npt.NDArray[np.int64], removed: Counter[Rule], *, explain: bool
) -> Ranking:
    """The candidates that were found, ranked."""
    query, model, request = wanted.query, wanted.model, wanted.request
    weights, trees = wanted.weights, wanted.trees
    counting = (name for name, weight in weights.items() if weight > 0)
    names = {*counting, *(trees.names if trees else ())}
    features = score(query, model, places, names, request.standing)
    scores = np.where(in_common(features, weights), fuse(features, weights)[0], 0)
    ranked = by_score(Ranked(places, scores, features), model)
    ranked = by_trees(ranked, trees) if trees else ranked
    found = ranked.places
    ranked = spread_out(ranked, model, request).head(request.k)
    matches = _matches(ranked, _parts(ranked, weights, trees), query, model)
    if explain:
        matches = _explained(query, model, request, matches, ranked.places)
    return Ranking(query.item.id, tuple(matches), removed, found)


def _parts(
    ranked: Ranked, weights: Mapping[str, float], trees: Boosted | None
) -> Mapping[str, Scores]:
    if trees is None:
        return parts_of(ranked.features, weights)
    return trees.parts(trees.columns(ranked.features, len(ranked.places)))


def _matches(
    ranked: Ranked, parts: Mapping[str, Scores], query: Query, model: Model
) -> list[Match]:
    matches = []
    for row, id_ in enumerate(model.candidates.ids_at(ranked.places)):
        own = {name: float(values[row]) for name, values in parts.items()}
        score = float(ranked.scores[row])
        likelihood = model.likelihood(query, score)
        matches.append(Match(str(id_), row + 1, score, own, likelihood=likelihood))
    return matches


def _explained(
    query: Query,
    model: Model,
    request: Request,
    matches: list[Match],
    places: npt.NDArray[np.int64],
) -> list[Match]:
    explained = []
    asked = model.text.reading(query.item.body).text
    items = [model.candidates[place] for place in places.tolist()]
    evidences = evidence(query, places.tolist(), items, model) if matches else []
    for match, item, found in zip(matches, items, evidences, strict=True):
        why = reasons(query.item, item, found, request.on, priced=not model.pooled)
        terms = found.distinct if asked else None
        strength = band(found.strength, terms, model.recipe.bands)
        explained.append(replace(match, band=strength, evidence=found, reasons=why))
    return explained
