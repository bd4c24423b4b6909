"""Three models over one space of texts, of however few items."""

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.errors import InvalidValue
from matcher.recommend.collections import FEWEST, NOUNS, build_collections
from tests.recommend.some_collections import ITEMS, ROOM, built, found, of_noun, recipe


def test_the_models_share_what_was_learned_and_weigh_for_themselves() -> None:
    models = built().models
    assert tuple(models) == NOUNS
    assert len({id(model.text.space) for model in models.values()}) == 1
    assert len({id(model.text.encoder) for model in models.values()}) == 1
    assert len({id(model.text.weights) for model in models.values()}) == len(NOUNS)
    for noun, model in models.items():
        assert list(model.candidates) == list(ITEMS[noun])
        assert model.pooled == (noun is Noun.MANAGER)


@pytest.mark.parametrize(
    ("noun", "text", "first"),
    [
        (Noun.OUTCOME, "graphene coating", "o1"),
        (Noun.NEED, "钴回收", "n2"),
        (Noun.MANAGER, "shaft welding", "m1"),
        (Noun.MANAGER, "graphene film", "m3"),
    ],
)
def test_every_noun_is_searched(noun: Noun, text: str, first: str) -> None:
    assert next(iter(found(built().models[noun], text))) == first


def test_without_any_item_nothing_is_found() -> None:
    for model in build_collections({}, recipe(), room=ROOM).models.values():
        assert found(model, "graphene") == found(model, "") == {}


def test_a_single_manager_is_found() -> None:
    collections = of_noun(Noun.MANAGER, [Item("m1", text="Tea farming", portfolio=("茶园管理",))])
    assert list(found(collections.models[Noun.MANAGER], "tea")) == ["m1"]
    assert list(found(collections.models[Noun.MANAGER], "茶园")) == ["m1"]
    assert found(collections.models[Noun.OUTCOME], "tea") == {}


def test_items_without_a_word_are_there_and_not_found() -> None:
    model = of_noun(Noun.OUTCOME, [Item("o1"), Item("o2", text="。"), Item("o3", text="tea")])
    assert list(found(model.models[Noun.OUTCOME], "tea")) == ["o3"]


def test_without_wholes_a_whole_is_as_long_as_a_text() -> None:
    """Else the first manager to come would be a giant."""
    weights = of_noun(Noun.OUTCOME, ITEMS[Noun.OUTCOME]).models[Noun.MANAGER].text.weights
    assert weights.whole_length == weights.mean_length > 1


def test_a_word_that_all_who_ask_use_says_little_in_a_large_collection() -> None:
    offers = [Item(f"o{n}", text=f"pump w{n}x w{n % 3}y") for n in range(FEWEST)]
    asking = [Item(f"n{n}", text="w0y wanted") for n in range(200)]
    alone = build_collections({Noun.OUTCOME: offers}, recipe(), room=0).models[Noun.OUTCOME]
    asked = build_collections({Noun.OUTCOME: offers, Noun.NEED: asking}, recipe(), room=0)
    model = asked.models[Noun.OUTCOME]
    before, after = (
        each.text.weights.weights[list(each.text.space.names.terms).index("w0y")]
        for each in (alone, model)
    )
    assert after < before / 2


def test_portfolios_are_for_managers() -> None:
    with pytest.raises(InvalidValue, match="portfolio"):
        of_noun(Noun.NEED, [Item("n1", text="tea", portfolio=("steel",))])


def test_building_twice_gives_the_same() -> None:
    again = build_collections(ITEMS, recipe(), room=ROOM)
    for noun in NOUNS:
        one, other = built().models[noun].text, again.models[noun].text
        np.testing.assert_array_equal(one.weights.weights, other.weights.weights)
        assert one.encoder.fingerprint == other.encoder.fingerprint
