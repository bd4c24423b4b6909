"""Small collections of all three nouns, built once for all tests of a process."""

from collections.abc import Sequence
from functools import cache

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.recommend.collections import Collections, build_collections
from matcher.recommend.corpus import read_queries
from matcher.recommend.model import Model, query_of
from matcher.recommend.pipeline import recommend
from matcher.recommend.ranking import Ranking
from matcher.recommend.recipe import Recipe, read_recipe
from matcher.recommend.rules import Request, Rules
from matcher.resources import data_path
from matcher.text.encoders.protocol import Encoder
from tests.recommend.conftest import NEEDS, OUTCOMES

RECIPE = data_path("recipes", "default.toml")
MANAGERS = (
    Item("m1", text="Laser cladding of shafts", portfolio=("Shaft repair", "激光焊接工艺")),
    Item("m2", text="Tea farming"),
    Item("m3", portfolio=("Bridge paint", "石墨烯导电膜")),
)
ITEMS = {Noun.OUTCOME: OUTCOMES, Noun.NEED: NEEDS, Noun.MANAGER: MANAGERS}
ROOM = 400


def recipe() -> Recipe:
    return read_recipe(RECIPE)


@cache
def built() -> Collections:
    return build_collections(ITEMS, recipe(), room=ROOM)


def ranking(model: Model, text: str, request: Request | None = None) -> Ranking:
    """What a model says to a text, explained."""
    item, request = Item("", text=text), request or Request(k=50)
    query = query_of(item, read_queries(model.text, [item]), 0)
    return recommend(query, model, Rules(model.candidates, request), request)


def found(model: Model, text: str) -> dict[str, float]:
    """The ids that a text finds, best first, with their scores."""
    return {match.candidate_id: match.score for match in ranking(model, text).matches}


def live_ids(model: Model) -> set[str]:
    """The ids that can be searched."""
    return set(model.candidates.ids_at(model.candidates.live.nonzero()[0]))


def of_noun(noun: Noun, items: Sequence[Item], encoder: Encoder | None = None) -> Collections:
    """Collections that hold items of one noun alone."""
    return build_collections({noun: items}, recipe(), encoder=encoder, room=ROOM)
