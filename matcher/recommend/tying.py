"""From feedback to ties: what was learned of two nouns, in the models of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.domain.enums import Noun
from matcher.index.embedded import EmbeddedRetriever
from matcher.index.port import Space, SpaceKind
from matcher.recommend.collaborative import Labels, fit_embeddings
from matcher.recommend.collections import NOUNS, Collections
from matcher.recommend.factors import Factors, Matrix, fit_factors
from matcher.recommend.feedback import Feedback
from matcher.recommend.model import Model, space_of
from matcher.recommend.recipe import COLLABORATIVE, CONCEPTS, FACTORS, UPTAKE, Recipe
from matcher.recommend.relations import Relation, Signals, signals
from matcher.recommend.terms import Terms
from matcher.recommend.tie import Tie, TieSide, labels_of
from matcher.recommend.uptake import UNKNOWN, uptakes

Say = Callable[[str], None]


def tied(
    collections: Collections,
    feedback: Feedback,
    examined: npt.NDArray[np.float64],
    say: Say,
    seed: int = 0,
    before: Collections | None = None,
) -> Collections:
    """The collections with ties for each relation of which something good is known.

    examined: float64[impressions] in [0, 1], the probability that each was looked at. before: the
    same collections, tied by less feedback, from which the ties go on. Raises TrainingDiverged.
    """
    models = dict(collections.models)
    fared = {noun: _fared(model, noun, feedback, examined) for noun, model in models.items()}
    for relation in Relation:
        # Of one training all ties look at the same two, whose texts are then read once.
        left, right = collections.models[relation.left], collections.models[relation.right]
        grades = _grades(signals(feedback, relation, examined), left, right)
        if grades.data.max(initial=0) <= 0:
            continue
        say(f"Factors of {relation.left}s and {relation.right}s")
        sides = tie_sides(left, right, grades, collections.recipe, seed, _known(before, relation))
        lefts, rights = (
            replace(side, uptake=fared[noun])
            for noun, side in zip(relation.value, sides, strict=True)
        )
        for noun, asker, tie in (
            (relation.left, relation.right, Tie(rights, lefts, collections.recipe.factors)),
            (relation.right, relation.left, Tie(lefts, rights, collections.recipe.factors)),
        ):
            models[noun] = with_tie(models[noun], asker.value, tie)
    return replace(collections, models=models)


def _known(before: Collections | None, relation: Relation) -> Factors | None:
    """The factors that there are of a relation."""
    if before is None:
        return None
    tie = before.models[relation.right].ties.get(relation.left.value)
    if tie is None:
        return None
    left, right = tie.askers, tie.candidates
    return Factors(left.factors, right.factors, left.folding, right.folding)


def tie_sides(
    left: Model,
    right: Model,
    grades: Matrix,
    recipe: Recipe,
    seed: int,
    start: Factors | None = None,
) -> tuple[TieSide, TieSide]:
    """Both sides of a relation. grades: lefts × rights in [-1, 1]. start: see `fit_factors`."""
    own = [_told(model, recipe.factors.terms) for model in (left, right)]
    factors = fit_factors(grades, own[0].told, own[1].told, recipe.factors, seed, start)
    embedded = fit_embeddings(grades, own[0].labels, own[1].labels, recipe.collaborative, seed)
    return (
        TieSide(
            left.candidates.ids, factors.lefts, factors.left_folding, own[0].terms, embedded.lefts
        ),
        TieSide(
            right.candidates.ids,
            factors.rights,
            factors.right_folding,
            own[1].terms,
            embedded.rights,
        ),
    )


class _Told(NamedTuple):
    """What a side is told of its records: the terms there are, those of each (n × t), labels."""

    terms: Terms
    told: Matrix
    labels: Labels


@lru_cache(maxsize=len(NOUNS))
def _told(model: Model, most: int) -> _Told:
    """The same for every tie of a model: a training fits a dozen of them to as many parts."""
    texts = wholes(model)
    terms = Terms.fit(texts, model.text.weights.weights, most)
    return _Told(terms, terms.of(texts), [labels_of(item) for item in model.candidates])


def _fared(
    model: Model, noun: Noun, feedback: Feedback, examined: npt.NDArray[np.float64]
) -> npt.NDArray[np.float32]:
    """float32[candidates]: how each fared."""
    found = np.full(len(model.candidates), UNKNOWN, np.float32)
    places = model.candidates.ids.find(feedback.ids[noun])
    there = places >= 0
    found[places[there]] = uptakes(feedback, noun, examined)[there]
    return found


def wholes(model: Model) -> Matrix:
    """candidates × concepts: of each candidate all its texts as one."""
    rows = [model.documents(place)[-1] for place in range(len(model.candidates))]
    return sparse.csr_array(model.index.vectors(CONCEPTS, np.array(rows, np.int64)))


def with_tie(model: Model, asker: str, tie: Tie) -> Model:
    """The model with what was learned of its candidates for one who asks."""
    own = tie.candidates
    vectors = {space_of(FACTORS, asker): own.factors}
    if own.embedded is not None:
        vectors[space_of(COLLABORATIVE, asker)] = own.embedded.vectors
    if own.uptake is not None:
        vectors[space_of(UPTAKE, asker)] = own.uptake[:, None]
    spaces = [Space(name, SpaceKind.DENSE, each.shape[1]) for name, each in vectors.items()]
    index = EmbeddedRetriever.of(model.index, spaces)
    index.upsert(model.starts, vectors)
    ties: Mapping[str, Tie] = {**model.ties, asker: tie}
    return replace(model, index=index.snapshot(), ties=ties)


def _grades(known: Signals, left: Model, right: Model) -> Matrix:
    """The signals of those that are in the models: lefts × rights, below 0 what was declined."""
    grades = sparse.csr_array(known.positives - known.negatives - known.weak)
    rows, columns = _selection(left, known.left_ids), _selection(right, known.right_ids)
    return sparse.csr_array(rows @ grades @ columns.T, dtype=np.float32)


def _selection(model: Model, ids: tuple[str, ...]) -> sparse.csr_array:
    """candidates × ids, 1 where a candidate has the id."""
    places = model.candidates.ids.find(ids)
    there = np.flatnonzero(places >= 0)
    shape = (len(model.candidates), len(ids))
    ones = np.ones(len(there), np.float32)
    return sparse.csr_array((ones, (places[there], there)), shape=shape)


NOUNS_ASKING: Mapping[Noun, tuple[Noun, ...]] = {
    Noun.OUTCOME: (Noun.NEED, Noun.MANAGER),
    Noun.NEED: (Noun.OUTCOME, Noun.MANAGER),
    Noun.MANAGER: (Noun.NEED, Noun.OUTCOME),
}
"""Who asks for the records of each noun."""
