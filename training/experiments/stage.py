"""A synthetic platform made ready for models: its records as items, its texts learned and read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.domain.listing import item_of
from matcher.domain.organisation import Organisation
from matcher.recommend.collections import NOUNS, Collections, build_collections
from matcher.recommend.corpus import Side, read_queries
from matcher.recommend.facts import Standing
from matcher.recommend.features import score
from matcher.recommend.fusion import fuse
from matcher.recommend.model import Query, query_of
from matcher.recommend.pipeline import recommend
from matcher.recommend.recipe import Recipe
from matcher.recommend.rules import Request, Rules
from training.simulation.records import records_of
from training.simulation.size import Size
from training.simulation.world import World

Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
Ranked = tuple[Rows, Scores]
Asked = tuple[Noun, Noun]
"""Who asks, and for whom."""

TO_OUTCOMES = (Noun.NEED, Noun.OUTCOME)
_ASKED: tuple[Asked, ...] = (
    TO_OUTCOMES,
    (Noun.NEED, Noun.MANAGER),
    (Noun.OUTCOME, Noun.MANAGER),
)


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A world, its texts learned once, and its records read once as queries.

    texts: the models before anything is learned from feedback. A record's place in its model is
    its row in the world.
    """

    world: World
    texts: Collections
    sides: Mapping[Asked, Side]

    @classmethod
    def make(cls, size: Size, seed: int, recipe: Recipe) -> Self:
        """Draw a world and learn its texts."""
        world = World.make(size, seed)
        items = {noun: _items(world, noun) for noun in NOUNS}
        texts = build_collections(items, recipe, room=1)
        sides = {
            asked: read_queries(texts.models[asked[1]].text, items[asked[0]]) for asked in _ASKED
        }
        return cls(world, texts, sides)

    def query(self, collections: Collections, asked: Asked, row: int) -> Query:
        """A record as a query to one of these models."""
        asker, noun = asked
        item = self.texts.models[asker].candidates[row]
        return query_of(item, self.sides[asked], row, collections.models[noun], asker.value)

    def outcomes(self, collections: Collections, day: int, k: int) -> dict[int, Ranked]:
        """By need that is there on a day: the best `k` outcomes that are there, and their scores.

        As the product ranks them, hard rules and all.
        """
        model = collections.models[Noun.OUTCOME]
        there = np.flatnonzero(self.world.alive(Noun.OUTCOME, day))
        on = dt.date.fromordinal(day)
        ids = model.candidates.ids_at(there).tolist()
        request = Request(k=k, only=ids, on=on, standing=Standing(on=on))
        rules = Rules(model.candidates, request)
        found = {}
        for need in np.flatnonzero(self.world.alive(Noun.NEED, day)).tolist():
            query = self.query(collections, TO_OUTCOMES, need)
            matches = recommend(query, model, rules, request, explain=False).matches
            rows = model.candidates.places([match.candidate_id for match in matches])
            found[need] = (rows, np.array([match.score for match in matches], np.float64))
        return found

    def suitabilities(
        self, collections: Collections, asker: Noun, rows: Rows, day: int
    ) -> npt.NDArray[np.float64]:
        """float64[rows, managers] in [0, 1]: how well each manager goes with each record."""
        model = collections.models[Noun.MANAGER]
        everyone = np.arange(len(model.candidates))
        standing = Standing(on=dt.date.fromordinal(day))
        found = np.zeros((len(rows), len(everyone)))
        for place, row in enumerate(rows.tolist()):
            query = self.query(collections, (asker, Noun.MANAGER), row)
            weights = model.weights_for(query)
            found[place], _ = fuse(score(query, model, everyone, weights, standing), weights)
        return np.clip(found, 0.0, 1.0)


def _items(world: World, noun: Noun) -> list[Item]:
    records = records_of(world, noun)
    return [item_of(one) for one in records if not isinstance(one, Organisation)]
