"""A model as something that is measured: it ranks allowed candidates for records that ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matcher.domain.enums import Noun
from matcher.evaluate.metrics import Run
from matcher.evaluate.questions import DEPTH
from matcher.recommend.collections import Collections
from matcher.recommend.corpus import read_queries
from matcher.recommend.facts import Standing
from matcher.recommend.model import query_of
from matcher.recommend.pipeline import recommend
from matcher.recommend.rules import Request, Rules
from training.platform_split import Direction, Split, sides


@dataclass(frozen=True, slots=True, eq=False)
class ModelRank:
    """A model that was learned from what a split knows before its day; see `platform_systems.Rank`.

    Of the hard rules those on facts are applied, as on the day of the split; an asker that the
    model doesn't know has no answer.
    """

    collections: Collections
    split: Split

    def __call__(
        self,
        asker: Noun,
        candidate: Noun,
        asker_ids: Sequence[str],
        allowed: frozenset[str],
        weights: Mapping[str, float] | None,
        /,
    ) -> Run:
        """The best of `allowed` for each asker; see `Rank`."""
        askers, model = (self.collections.models[noun] for noun in (asker, candidate))
        standing = Standing(on=date.fromordinal(self.split.day))
        depth = DEPTH + self._most_known(Direction(asker, candidate))
        request = Request(k=depth, only=allowed, standing=standing)
        rules = Rules(model.candidates, request)
        items = [askers.candidates[place] for place in askers.candidates.places(asker_ids).tolist()]
        side = read_queries(model.text, items)
        run = {}
        for row, item in enumerate(items):
            query = query_of(item, side, row, model, asker.value)
            found = recommend(query, model, rules, request, weights, explain=False)
            run[item.id] = [(match.candidate_id, match.score) for match in found.matches]
        return run

    def _most_known(self, direction: Direction) -> int:
        """How many judged pairs, before the split or after it, an asker has at most."""
        counts = [
            np.bincount(pairs.askers).max(initial=0) for pairs in sides(self.split, direction)
        ]
        return int(sum(counts))
