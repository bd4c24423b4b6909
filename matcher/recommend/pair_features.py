"""Features of pairs of records of the platform, as columns: what a ranker learns from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.index.port import Vectors
from matcher.recommend.collections import Collections
from matcher.recommend.corpus import as_queries, read_bodies
from matcher.recommend.facts import Standing, facts
from matcher.recommend.features import documents_of, leg_scores, whole
from matcher.recommend.model import Model, asking_vectors, space_of
from matcher.recommend.recipe import CONCEPTS, CONTENT, FROM_VECTORS, TEXT_LEGS, Recipe
from matcher.text.concepts import Counts

Places = npt.NDArray[np.int64]
Features = npt.NDArray[np.float64]
# Queries whose vectors are held at once.
_BATCH = 1000
# Pairs whose documents are held at once.
_PAIRS = 5000


def feature_names(model: Model) -> tuple[str, ...]:
    """The features of a model's candidates, in the order of the ranker's columns."""
    return tuple(prior_of(model.recipe, persons=model.pooled))


def prior_of(recipe: Recipe, *, persons: bool) -> dict[str, float]:
    """What each feature counts before anything is learned."""
    return dict(recipe.persons if persons else recipe.listings)


@dataclass(frozen=True, slots=True, eq=False)
class Askers:
    """Records that ask, read once for all models. places: int64[k] in the model of their noun,
    ascending."""

    noun: Noun
    places: Places
    items: Sequence[Item]
    texts: Sequence[str]
    counts: Counts

    @classmethod
    def read(cls, collections: Collections, noun: Noun, places: Places) -> Askers:
        """The records at these places, in whatever order."""
        model = collections.models[noun]
        there = np.unique(places)
        items = [model.candidates[place] for place in there.tolist()]
        return cls(noun, there, items, *read_bodies(model.text, items))


def pair_features(
    collections: Collections,
    askers: Askers,
    noun: Noun,
    asking: Places,
    asked: Places,
    standing: Standing,
) -> Features:
    """float64[n, f] in [0, 1]: the features of n pairs of places; 0 for what there is none of.

    asking: each among the places of `askers`.
    """
    model = collections.models[noun]
    found = np.zeros((len(asking), len(feature_names(model))))
    distinct, inverse = np.unique(asking, return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    ends = np.searchsorted(inverse[order], np.arange(0, len(distinct) + _BATCH, _BATCH))
    for first, begin, end in zip(range(0, len(distinct), _BATCH), ends, ends[1:], strict=False):
        rows = order[begin:end]
        own = np.searchsorted(askers.places, distinct[first : first + _BATCH])
        asking_now = _Queries.of(askers, own, model)
        found[rows] = asking_now.features(inverse[rows] - first, asked[rows], standing)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Queries:
    """Records that ask a model. vectors: by leg, a row each."""

    items: Sequence[Item]
    model: Model
    asker: str
    vectors: Mapping[str, Vectors]

    @classmethod
    def of(cls, askers: Askers, rows: Places, model: Model) -> _Queries:
        items = [askers.items[row] for row in rows.tolist()]
        texts = [askers.texts[row] for row in rows.tolist()]
        side = as_queries(model.text, texts, askers.counts.rows(rows))
        vectors: dict[str, Vectors] = {CONCEPTS: side.concepts, CONTENT: side.content}
        asker = askers.noun.value
        if asker in model.ties:
            vectors |= asking_vectors(model, asker, items, side.concepts)
        return cls(items, model, asker, vectors)

    def features(self, of: Places, candidates: Places, standing: Standing) -> Features:
        """float64[n, f]. of: int64[n], which of the items asks for each of the candidates,
        ascending."""
        names = feature_names(self.model)
        found = np.zeros((len(of), len(names)))
        for first in range(0, len(of), _PAIRS):
            part = slice(first, first + _PAIRS)
            for leg, scores in self._legs(of[part], candidates[part]):
                found[part, names.index(leg)] = scores
        stated = [name for name in names if name not in FROM_VECTORS]
        columns = [names.index(name) for name in stated]
        ends = np.searchsorted(of, np.arange(len(self.items) + 1))
        for item, begin, end in zip(self.items, ends, ends[1:], strict=False):
            told = facts(
                *(item, self.model.candidates, candidates[begin:end], tuple(stated), standing),
                persons=self.model.pooled,
            )
            found[begin:end, columns] = np.stack(list(told.values()), axis=1)
        return found

    def _legs(self, of: Places, candidates: Places) -> Iterator[tuple[str, Features]]:
        model = self.model
        texts = documents_of(model, candidates)
        lengths = np.diff(np.append(texts.starts, len(texts.rows)))
        for leg, vectors in self.vectors.items():
            is_text = leg in TEXT_LEGS
            rows = texts.rows if is_text else model.starts[candidates]
            own = np.repeat(of, lengths) if is_text else of
            documents = model.index.vectors(space_of(leg, self.asker), rows)
            exact = _inner_products(vectors[own], documents)
            yield leg, leg_scores(model, leg, exact, whole(leg, vectors)[own], texts)


def _inner_products(left: Vectors, right: Vectors) -> Features:
    """float64[n]: of each row with the same row of the other."""
    if isinstance(left, np.ndarray):
        return np.asarray(np.einsum("ij,ij->i", left, right, dtype=np.float64))
    return np.asarray(left.multiply(right).sum(axis=1), np.float64).ravel()
