"""A model that doesn't find what it found when it was built isn't served."""

import json
from typing import Any

import pytest

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.errors import BrokenBundle
from matcher.recommend.collections import NOUNS, Collections
from matcher.recommend.golden import check_golden, golden_queries
from matcher.recommend.live import changed
from tests.recommend.some_collections import built, found, of_noun

GOLDEN: list[dict[str, Any]] = json.loads(json.dumps(list(golden_queries(built()))))


def test_every_noun_with_items_is_asked() -> None:
    assert {query["noun"] for query in GOLDEN} == {noun.value for noun in NOUNS}
    assert all(query["found"] for query in GOLDEN)
    assert len(GOLDEN) < 25


def test_what_was_built_passes() -> None:
    check_golden(built(), GOLDEN)
    check_golden(built(), [])


def test_without_items_there_is_nothing_to_ask() -> None:
    assert list(golden_queries(of_noun(Noun.NEED, []))) == []
    [query] = golden_queries(of_noun(Noun.MANAGER, [Item("m1", text="tea")]))
    assert query["found"][0][0] == "m1"


def test_a_rounding_passes_and_more_does_not() -> None:
    def moved(by: float) -> list[dict[str, Any]]:
        return [
            {**query, "found": [[id_, score + by] for id_, score in query["found"]]}
            for query in GOLDEN
        ]

    check_golden(built(), moved(1e-5))
    for by in (0.01, -0.01):
        with pytest.raises(BrokenBundle, match="golden"):
            check_golden(built(), moved(by))


def test_those_that_tie_may_change_places() -> None:
    twins = [Item(f"o{number}", text="steel pump") for number in range(8)]
    collections = of_noun(Noun.OUTCOME, twins)
    scores = found(collections.models[Noun.OUTCOME], "steel pump")
    last = [[f"o{7 - i}", scores[f"o{7 - i}"]] for i in range(5)]
    check_golden(collections, [{"noun": "outcome", "text": "steel pump", "found": last}])


@pytest.mark.parametrize("noun", [Noun.OUTCOME, Noun.MANAGER])
def test_another_model_does_not_pass(noun: Noun) -> None:
    models = dict(built().models)
    gone = [query["found"][0][0] for query in GOLDEN if query["noun"] == noun.value]
    models[noun] = changed(models[noun], (), gone)
    with pytest.raises(BrokenBundle, match="where it found") as refused:
        check_golden(Collections(models, built().recipe), GOLDEN)
    assert refused.value.hint


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"noun": "planet", "text": "tea", "found": []},
        {"noun": "need", "text": "tea", "found": [["n1"]]},
        {"noun": "need", "text": "tea", "found": 5},
        {"noun": "need", "found": [["n1", 1.0]]},
    ],
)
def test_a_query_that_is_none_is_refused(query: dict[str, Any]) -> None:
    with pytest.raises(BrokenBundle, match="can't be read"):
        check_golden(built(), [query])
