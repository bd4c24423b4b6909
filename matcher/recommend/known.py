"""A file that tells what goes with what: learned as a tie, and weighed on pairs held out of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.domain.item import Item
from matcher.recommend.collaborative import Embeddings, fit_embeddings
from matcher.recommend.corpus import Side
from matcher.recommend.factors import Matrix, fit_factors
from matcher.recommend.features import find, score
from matcher.recommend.ids import Ids
from matcher.recommend.learned import Learned
from matcher.recommend.model import Model, Query, query_of
from matcher.recommend.recipe import COLLABORATIVE, CONCEPTS, CONTENT, FACTORS, LEGS
from matcher.recommend.simplex import best_weights, gain, nearest_as_good
from matcher.recommend.terms import Terms
from matcher.recommend.tie import Tie, TieSide, labels_of
from matcher.recommend.tying import wholes, with_tie

Say = Callable[[str], None]
Places = npt.NDArray[np.int64]

ASKER = "query"
HELD_OUT, LEAST_KNOWN = 0.1, 3
"""The share of the known pairs that the weights are fitted on; of queries with so many at least."""
MOST_HELD_OUT, MOST_WEIGHED = 20_000, 1000
"""Pairs held out, and queries whose rankings are looked at; the first has to leave enough known."""
SIZES_TRIED = (1.0, 0.25, 0.125)
"""Shares of the recipe's dimension of factors: where little is known of each, fewer tell more."""
LEAST_WEIGHT = 0.01
"""A leg that would count for less isn't worth learning."""


def taught(
    model: Model, items: Sequence[Item], asked: Side, known: Matrix, say: Say, seed: int = 0
) -> tuple[Model, list[Query]]:
    """The model and its queries with what is known of both. known: queries × candidates, ≥ 0.

    Raises TrainingDiverged.
    """
    grades = _grades(known)
    held_out = _held_out(grades, seed)
    if held_out.nnz:
        say("Weighing texts and interactions on pairs held out")
        rest = sparse.csr_array(grades - grades.multiply(held_out))
        rest.eliminate_zeros()
        told = _Told.of(model, items, asked, rest, seed)
        tried = (_with_factors(model, share) for share in SIZES_TRIED)
        weighed = [_weighed(each, told, held_out) for each in tried]
        model = max(weighed, key=lambda each: each.gain).model
    else:
        model = replace(model, learned={ASKER: Learned(model.recipe.interactions)})
    say("Learning from all interactions")
    counts = model.learned[ASKER].weights[COLLABORATIVE] > 0
    return _tied(model, _Told.of(model, items, asked, grades, seed, embedded=counts))


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """What is learned from. embeddings: LightFM's of the same grades, where they count."""

    items: Sequence[Item]
    asked: Side
    grades: Matrix
    seed: int
    embeddings: Embeddings | None

    @classmethod
    def of(
        cls,
        model: Model,
        items: Sequence[Item],
        asked: Side,
        grades: Matrix,
        seed: int,
        *,
        embedded: bool = True,
    ) -> _Told:
        """Raises TrainingDiverged."""
        settings = model.recipe.collaborative.of_file()
        labels = [[labels_of(one) for one in each] for each in (items, model.candidates)]
        found = fit_embeddings(grades, labels[0], labels[1], settings, seed) if embedded else None
        return cls(items, asked, grades, seed, found)


def _grades(known: Matrix) -> Matrix:
    """Weights as grades in (0, 1]: the order stays, and what is usual is a half or more."""
    grades = sparse.csr_array(known, dtype=np.float32, copy=True)
    middle = float(np.median(grades.data))
    if grades.data.max() > grades.data.min():
        grades.data = grades.data / (grades.data + middle)
        grades.data /= grades.data.max()
    else:
        grades.data[:] = 1.0
    return grades


def _held_out(grades: Matrix, seed: int) -> Matrix:
    """1 where a pair is held out, of queries of which enough is known."""
    counts = np.diff(grades.indptr)
    rows = np.repeat(np.arange(len(counts)), counts)
    may = np.flatnonzero(counts[rows] >= LEAST_KNOWN)
    random = np.random.default_rng(seed)
    count = min(MOST_HELD_OUT, round(HELD_OUT * len(may)))
    drawn = random.choice(may, count, replace=False) if count else may[:0]
    places = (rows[drawn], grades.indices[drawn])
    return sparse.csr_array((np.ones(count, np.float32), places), shape=grades.shape)


def _with_factors(model: Model, share: float) -> Model:
    """The model with factors of a share of the recipe's dimension.

    A round of fewer is quicker by more than their share, so that there is time for more of them.
    """
    factors = model.recipe.factors
    dimension = max(1, round(share * factors.file_dimension))
    rounds = round(factors.file_iterations / math.sqrt(share))
    factors = replace(factors, file_dimension=dimension, file_iterations=rounds)
    return replace(model, recipe=replace(model.recipe, factors=factors))


class _Weighed(NamedTuple):
    """A model with weights, and the mean gain of the held-out pairs under them."""

    model: Model
    gain: float


def _weighed(model: Model, told: _Told, held_out: Matrix) -> _Weighed:
    """The weights of the legs under which held-out pairs rank highest, drawn to the recipe's.

    No further from those than is worth it.
    """
    lists = _lists(*_tied(model, told), held_out, told.seed)
    labels, strength = len(lists.starts), model.recipe.ranker.strength
    trust = labels / (labels + strength)
    prior = np.array([model.recipe.interactions[leg] for leg in LEGS])
    weights = trust * best_weights(*lists) + (1 - trust) * prior
    weights = nearest_as_good(weights, prior, *lists)
    weights[weights < LEAST_WEIGHT] = 0
    weights /= weights.sum()
    learned = Learned(dict(zip(LEGS, weights.tolist(), strict=True)), labels, trust)
    return _Weighed(replace(model, learned={ASKER: learned}), gain(weights, *lists))


class _Lists(NamedTuple):
    """What would be ranked for some queries, as `best_weights` takes it."""

    features: npt.NDArray[np.float64]
    starts: Places
    right: Places


def _lists(tied: Model, queries: Sequence[Query], held_out: Matrix, seed: int) -> _Lists:
    rows = np.flatnonzero(np.diff(held_out.indptr))
    rows = np.random.default_rng(seed).choice(rows, min(MOST_WEIGHED, len(rows)), replace=False)
    features, right = [], []
    sizes: list[int] = []
    for row in rows.tolist():
        own = held_out.indices[held_out.indptr[row] : held_out.indptr[row + 1]]
        places = _list(tied, queries[row], own)
        found = score(queries[row], tied, places, LEGS)
        none = np.zeros(len(places))
        features.append(np.stack([found.get(leg, none) for leg in LEGS], axis=1))
        right.append(sum(sizes) + int(np.searchsorted(places, own[0])))
        sizes.append(len(places))
    starts = np.cumsum([0, *sizes[:-1]])
    return _Lists(np.concatenate(features), starts, np.array(right, np.int64))


def _list(model: Model, query: Query, held_out: npt.NDArray[np.integer]) -> Places:
    """What would be ranked for a query, and of what was held out the first."""
    left = np.ones(len(model.candidates), bool)
    left[query.known] = False
    found = find(query, model, left, dict.fromkeys(query.vectors, 1.0))
    return np.union1d(np.setdiff1d(found, held_out), held_out[:1]).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Sides:
    """Both sides of the tie, and what was learned of the queries."""

    tie: Tie
    vectors: dict[str, npt.NDArray[np.float32]]


def _tied(model: Model, told: _Told) -> tuple[Model, list[Query]]:
    sides = _sides(model, told)
    return with_tie(model, ASKER, sides.tie), _queries(model, told, sides.vectors)


def _sides(model: Model, told: _Told) -> _Sides:
    recipe, weights = model.recipe, model.text.weights.weights
    settings = recipe.factors.of_file()
    counted = sparse.csr_array(told.asked.concepts, copy=True)
    counted.data = counted.data / np.maximum(weights[counted.indices], 1e-9)
    sides = counted, wholes(model)
    terms = [Terms.fit(texts, weights, settings.terms) for texts in sides]
    texts = [one.of(own) for one, own in zip(terms, sides, strict=True)]
    factors = fit_factors(told.grades, texts[0], texts[1], settings, told.seed)
    vectors = {FACTORS: factors.lefts}
    left = right = None
    if told.embeddings is not None:
        left, right = told.embeddings.lefts, told.embeddings.rights
        vectors[COLLABORATIVE] = left.vectors
    ids = Ids.of([item.id for item in told.items])
    askers = TieSide(ids, factors.lefts, factors.left_folding, terms[0], left)
    own = TieSide(model.candidates.ids, factors.rights, factors.right_folding, terms[1], right)
    return _Sides(Tie(askers, own, settings), vectors)


def _queries(model: Model, told: _Told, vectors: dict[str, npt.NDArray[np.float32]]) -> list[Query]:
    """One without text takes the mean of the texts that it goes with."""
    grades = told.grades
    rows = np.array([model.documents(place)[-1] for place in range(len(model.candidates))])
    weights = sparse.diags_array(model.text.weights.weights)
    concepts = profiles(grades, model.index.vectors(CONCEPTS, rows)) @ weights
    content = profiles(grades, sparse.csr_array(model.index.vectors(CONTENT, rows)))
    made = []
    for row, item in enumerate(told.items):
        own = query_of(item, told.asked, row).vectors
        if not item.body:
            own[CONCEPTS] = sparse.csr_array(concepts[[row]], dtype=np.float32)
            own[CONTENT] = content[[row]].toarray().astype(np.float32)
        for leg, learned in vectors.items():
            own[leg] = learned[[row]]
        known = grades.indices[grades.indptr[row] : grades.indptr[row + 1]]
        made.append(Query(item, own, known.astype(np.int64), ASKER))
    return made


def profiles(grades: Matrix, documents: Matrix) -> Matrix:
    """queries × features: the mean of the documents of what each query is known to go with."""
    total = np.maximum(np.asarray(grades.sum(axis=1)).ravel(), 1e-9)
    return sparse.csr_array(sparse.diags_array(1 / total) @ grades @ documents)
