"""One candidate for many queries: the scores that a ranking of each query has for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.domain.track import Track
from matcher.recommend.asking import Asking
from matcher.recommend.facts import Standing
from matcher.recommend.learned import Learned
from matcher.recommend.model import Model
from matcher.recommend.one_candidate import scores_of_one
from matcher.recommend.pipeline import recommend
from matcher.recommend.rules import Request, Rules
from tests.recommend.some_learning import taught
from tests.recommend.some_trees import NAMES, trees_by

STRANGERS = [Item("x", text="nothing that anybody knows zzqx"), Item("y", text="laser pump")]


def by_ranking(asking: Asking, place: int, standing: Standing) -> list[float]:
    [only] = asking.model.candidates.ids_at(asking.model.candidates.places([_id(asking, place)]))
    request = Request(k=1, only=[only], facts=False, standing=standing)
    rules = Rules(asking.model.candidates, request)
    found = [recommend(query, asking.model, rules, request).matches for query in asking.queries()]
    return [max((match.score for match in matches), default=0.0) for matches in found]


def _id(asking: Asking, place: int) -> str:
    return asking.model.candidates[place].id


def asked(asker: Noun, model: Model) -> Asking:
    there = taught().models[asker].candidates
    return Asking.of(model, [*there[0:8], *STRANGERS], asker.value)


@pytest.mark.parametrize(
    ("asker", "noun"),
    [(Noun.NEED, Noun.MANAGER), (Noun.OUTCOME, Noun.MANAGER), (Noun.NEED, Noun.OUTCOME)],
)
def test_the_scores_are_those_of_a_ranking_of_each(asker: Noun, noun: Noun) -> None:
    asking = asked(asker, taught().models[noun])
    own = {_id(asking, 0): Track(reached=4, response_hours=2)}
    standing = Standing(tracks=own)
    for place in range(3):
        assert scores_of_one(asking, place, standing).tolist() == by_ranking(
            asking, place, standing
        )


def test_where_trees_rank_the_scores_are_theirs() -> None:
    model = taught().models[Noun.OUTCOME]
    weights = {**dict.fromkeys(NAMES, 0.0), "concepts": 1.0}
    trees = Learned(weights, boosted=trees_by("concepts"))
    asking = asked(Noun.NEED, replace(model, learned={"need": trees}))
    for place in range(3):
        expected = by_ranking(asking, place, Standing())
        assert scores_of_one(asking, place).tolist() == expected


def test_only_concepts_find_whom_they_share() -> None:
    """A space of concepts lists nobody who has none of the query's, unlike one of contents."""
    model = taught().models[Noun.OUTCOME]
    alone = Learned({"concepts": 1.0, "fresh": 0.0})
    asking = asked(Noun.NEED, replace(model, learned={"need": alone}))
    scores = scores_of_one(asking, 0)
    assert scores.tolist() == by_ranking(asking, 0, Standing())
    assert scores[-2] == 0


def test_nobody_asks_nothing() -> None:
    assert scores_of_one(Asking.of(taught().models[Noun.OUTCOME], []), 0).tolist() == []
