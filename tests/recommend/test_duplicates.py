"""Duplicates by text: copies and translations are found, siblings and later phases aren't."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.recommend.collections import build_collections
from matcher.recommend.duplicates import Near, near_duplicates, terms_alike
from matcher.recommend.live import changed
from matcher.recommend.model import Model
from matcher.recommend.recipe import read_recipe
from matcher.resources import data_path
from tests.recommend.some_duplicates import (
    LISTINGS,
    PUMP_BOTH,
    PUMP_COPY,
    PUMP_EN,
    PUMP_LARGER,
    PUMP_ZH,
)

LIKELY = 0.62


@pytest.fixture(scope="module")
def model() -> Model:
    recipe = read_recipe(data_path("recipes", "default.toml"))
    return build_collections({Noun.OUTCOME: LISTINGS}, recipe).models[Noun.OUTCOME]


def likely(model: Model, ids: Sequence[str] | None = None) -> dict[tuple[str, ...], Near]:
    found = near_duplicates(model, LIKELY, ids)
    return {tuple(sorted((near.one, near.other))): near for near in found}


def odds(model: Model, one: str, other: str) -> float:
    near = near_duplicates(model, -100.0)
    pairs = {frozenset((each.one, each.other)): each.odds for each in near}
    return pairs.get(frozenset((one, other)), -100.0)


def test_a_translation_is_found_and_no_two_others(model: Model) -> None:
    found = likely(model)
    assert list(found) == [("pump-en", "pump-zh")]
    assert found["pump-en", "pump-zh"].translated


def test_the_same_words_under_another_title_are_a_sibling(model: Model) -> None:
    assert odds(model, "gun", "cavity") < LIKELY


def test_a_later_phase_of_a_project_is_no_duplicate(model: Model) -> None:
    assert odds(model, "gun", "gun-later") < 0


def test_a_copy_that_came_later_is_found(model: Model) -> None:
    found = likely(changed(model, [PUMP_COPY]), ["pump-copy"])
    near = found["pump-copy", "pump-zh"]
    assert not near.translated
    assert min(near.covered) > 0.85
    assert near.figures()[0] == ("45", "8600", "12000")


def test_the_same_template_with_other_figures_is_another_product(model: Model) -> None:
    grown = changed(model, [PUMP_LARGER])
    assert odds(grown, "pump-larger", "pump-zh") < 0
    assert ("pump-larger", "pump-zh") not in likely(grown)


def test_a_record_in_both_languages_is_compared_by_halves(model: Model) -> None:
    found = likely(changed(model, [PUMP_BOTH]), ["pump-both"])
    for half in ("pump-en", "pump-zh"):
        near = found["pump-both", half]
        assert not near.translated
        assert min(near.covered) > 0.8


def test_only_pairs_with_one_of_the_ids_are_returned(model: Model) -> None:
    assert list(likely(model, ["pump-zh"])) == [("pump-en", "pump-zh")]
    assert likely(model, ["rice"]) == likely(model, []) == {}


def test_what_is_gone_is_no_duplicate(model: Model) -> None:
    assert likely(changed(model, [], ["pump-en"])) == {}


def test_words_of_both_languages_are_named(model: Model) -> None:
    near = likely(model)["pump-en", "pump-zh"]
    terms = {frozenset(words) for words in terms_alike(model, near)}
    assert terms
    assert any(any("泵" in word for word in words) or "12000" in words for words in terms)


@pytest.mark.parametrize("items", [(), (PUMP_ZH,), (PUMP_ZH, PUMP_EN), (Item("a"), Item("b"))])
def test_the_smallest_collections_are_searched_too(model: Model, items: tuple[Item, ...]) -> None:
    small = changed(model, items, [item.id for item in LISTINGS if item not in items])
    ids = {id_ for pair in likely(small) for id_ in pair}
    assert ids <= {item.id for item in items if item.text}
