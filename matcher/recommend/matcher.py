"""The engine as a library: candidates and queries in, ranked matches with reasons out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from scipy import sparse

from matcher.domain.item import Item
from matcher.errors import DuplicateId, InvalidValue
from matcher.recommend.corpus import learn, read_queries
from matcher.recommend.known import taught
from matcher.recommend.model import Model, Query, model_of, query_of
from matcher.recommend.pipeline import recommend
from matcher.recommend.ranking import Ranking
from matcher.recommend.recipe import LEGS, TEXT_LEGS, Recipe, read_recipe
from matcher.recommend.rules import Request, Rules
from matcher.resources import data_path
from matcher.text.encoders.protocol import Encoder

Interaction = tuple[str, str, float]
Say = Callable[[str], None]


class Matcher:
    """Ranks candidates for queries.

    >>> coating = Item("o1", text="graphene coating for guideways")
    >>> breeding = Item("o2", text="rice breeding")
    >>> matcher = Matcher.fit([coating, breeding], [Item("n1", text="石墨烯耐磨涂层")])
    >>> [match.candidate_id for match in next(matcher.match(k=1)).matches]
    ['o1']
    """

    def __init__(self, model: Model, queries: list[Query]) -> None:
        self.model = model
        self.queries = queries

    @classmethod
    def fit(
        cls,
        candidates: Sequence[Item],
        queries: Sequence[Item],
        interactions: Sequence[Interaction] | sparse.csr_array | None = None,
        encoder: Encoder | None = None,
        recipe: Recipe | None = None,
        say: Say = lambda _: None,
    ) -> Matcher:
        """Learn from these candidates and queries, and index the candidates.

        interactions: (query id, candidate id, weight ≥ 0), or queries × candidates. encoder: one
        that is ready; None trains the default one on these texts. say: told each longer step.
        Raises DuplicateId, InvalidValue, TrainingDiverged.
        """
        if not candidates:
            raise InvalidValue("There are no candidates.", hint="Give at least one.")
        places = _places(candidates, "candidate"), _places(queries, "query")
        known = None
        if interactions is not None:
            if not sparse.issparse(interactions):
                interactions = _matrix(interactions, *places)
            known = _checked(interactions, len(queries), len(candidates))
        recipe = recipe or read_recipe(data_path("recipes", "default.toml"))
        text, side, asked = learn(candidates, queries, encoder)
        model = model_of(candidates, text, side, recipe, side.pooled)
        if known is not None and known.nnz:
            return cls(*taught(model, queries, asked, known, say))
        return cls(model, [query_of(item, asked, row) for row, item in enumerate(queries)])

    @property
    def legs(self) -> tuple[str, ...]:
        """The names of the legs that the fusion combines."""
        return LEGS if self.model.ties else TEXT_LEGS

    def match(
        self, k: int = 10, request: Request | None = None, *, explain: bool = True
    ) -> Iterator[Ranking]:
        """The rankings of the queries given to `fit`, in their order.

        `k` is the request's where one is given.
        """
        yield from self._rankings(self.queries, request or Request(k=k), None, explain)

    def search(self, queries: Sequence[Item], request: Request | None = None) -> Iterator[Ranking]:
        """The rankings of other queries.

        Of the words that were nowhere at `fit`, Chinese ones count as their senses, others don't.
        """
        side = read_queries(self.model.text, queries)
        ready = [query_of(item, side, row) for row, item in enumerate(queries)]
        yield from self._rankings(ready, request or Request(), None, True)

    def rank(
        self,
        k: int = 100,
        weights: Mapping[str, float] | None = None,
        request: Request | None = None,
    ) -> Iterator[tuple[str, list[tuple[str, float]]]]:
        """(query id, [(candidate id, score), …]) without reasons.

        weights: of the legs, the recipe's by default. Raises InvalidValue for an unknown leg, for a
        weight that is negative or no number, and where none is above 0.
        """
        if weights is not None:
            _check_weights(weights)
        for ranking in self._rankings(self.queries, request or Request(k=k), weights, False):
            yield ranking.query_id, [(match.candidate_id, match.score) for match in ranking.matches]

    def _rankings(
        self,
        queries: Sequence[Query],
        request: Request,
        weights: Mapping[str, float] | None,
        explain: bool,
    ) -> Iterator[Ranking]:
        rules = Rules(self.model.candidates, request)
        for query in queries:
            yield recommend(query, self.model, rules, request, weights, explain=explain)


def _check_weights(weights: Mapping[str, float]) -> None:
    unknown = sorted(weights.keys() - set(LEGS))
    if unknown:
        hint = f"The legs are {', '.join(LEGS)}."
        raise InvalidValue(f"There is no leg {unknown[0]!r}.", field="weights", hint=hint)
    usable = all(math.isfinite(weight) and weight >= 0 for weight in weights.values())
    if not usable or not any(weights.values()):
        hint = "Give numbers from 0 up, one of them above 0."
        raise InvalidValue("The legs can't be weighed like that.", field="weights", hint=hint)


def _places(items: Sequence[Item], what: str) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, item in enumerate(items):
        first = places.setdefault(item.id, place)
        if first != place:
            raise DuplicateId(
                f"The {what} id {item.id!r} is there twice, as items {first + 1} and {place + 1}.",
                rows=(first + 1, place + 1),
            )
    return places


def _matrix(
    interactions: Sequence[Interaction], candidates: dict[str, int], queries: dict[str, int]
) -> sparse.csr_array:
    """queries × candidates.

    Pairs of which either id is unknown are left out, equal pairs are summed.
    """
    known = [
        (queries[q], candidates[c], w)
        for q, c, w in interactions
        if q in queries and c in candidates
    ]
    rows, columns, weights = zip(*known, strict=True) if known else ((), (), ())
    shape = (len(queries), len(candidates))
    return sparse.csr_array((np.array(weights, np.float32), (rows, columns)), shape=shape)


def _checked(interactions: sparse.csr_array, queries: int, candidates: int) -> sparse.csr_array:
    """A copy as float32 without pairs of weight 0, which say nothing."""
    if interactions.shape != (queries, candidates):
        raise InvalidValue(
            f"The interactions have the shape {interactions.shape}, "
            f"for {queries} queries and {candidates} candidates.",
            field="interactions",
            hint="Give one row a query and one column a candidate.",
        )
    checked = sparse.csr_array(interactions, dtype=np.float32, copy=True)
    if not np.isfinite(checked.data).all() or checked.data.min(initial=0) < 0:
        hint = "Weights are numbers from 0 up; leave out the pairs that don't go together."
        raise InvalidValue("A weight is negative or no number.", field="interactions", hint=hint)
    checked.sum_duplicates()
    checked.eliminate_zeros()
    return checked
