"""A search says which filter was in the way, and shows what passes without it."""

from __future__ import annotations

import pytest

from matcher.actions.answer import Wish
from matcher.actions.nearest import names_set, nearest, without
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun, TransferMode, Visibility
from matcher.domain.visibility import PUBLIC, Viewer
from matcher.recommend.filters import NO_FILTERS, Filters
from tests.platforms import outcome, put

ANYONE = Viewer(None, frozenset({PUBLIC}))


@pytest.fixture
def platform(platform: Platform) -> Platform:
    """With one graphene coating in Hangzhou, TRL 7."""
    put(
        platform,
        Noun.OUTCOME,
        outcome("o9", "Graphene coating", "Graphene coating.", region="330100", trl=7),
    )
    return platform


def found(platform: Platform, **filters: object) -> tuple[list[str], tuple[str, ...]]:
    wish = Wish(filters=Filters(**filters))  # type: ignore[arg-type]
    one = nearest(platform, ANYONE, Noun.OUTCOME, "graphene coating", wish)
    return [row.candidate_id for row in one.page.answer.matches], one.relaxed


def test_what_passes_is_left_as_it_is(platform: Platform) -> None:
    assert found(platform, region="330000", trl_min=7) == (["o9"], ())


def test_the_filter_in_the_way_is_left_aside_and_named(platform: Platform) -> None:
    assert found(platform, region="330000", trl_min=8) == (["o9"], ("trl_min",))
    assert found(platform, region="610000", trl_min=7) == (["o9"], ("region",))


def test_where_several_are_in_the_way_all_are_left_aside(platform: Platform) -> None:
    ids, relaxed = found(platform, region="610000", trl_min=9, pay_after_use=True)
    assert relaxed == ("region", "trl_min", "pay_after_use")
    assert "o9" in ids


def test_words_that_nobody_says_find_nothing_whatever_is_left_aside(platform: Platform) -> None:
    one = nearest(platform, ANYONE, Noun.OUTCOME, "qwertyzx", Wish(filters=Filters(trl_min=9)))
    assert (one.page.answer.found, one.relaxed) == (0, ())


def test_what_is_hidden_doesnt_tell_which_filter_is_in_the_way(platform: Platform) -> None:
    before = found(platform, region="610000", trl_min=9)
    hidden = {"visibility": Visibility.NAMED, "owner": "somebody"}
    put(
        platform,
        Noun.OUTCOME,
        outcome("o8", "Graphene coating", "Graphene coating.", trl=9, **hidden),
    )
    assert found(platform, region="610000", trl_min=9) == before


def test_the_restrictions_that_are_set_are_named_in_order() -> None:
    filters = Filters(field="04", modes=(TransferMode.LICENSE,), price_max=0, currency="USD")
    assert names_set(filters) == ("field", "modes", "price_max")
    assert names_set(NO_FILTERS) == ()
    assert names_set(without(filters, "field", "modes")) == ("price_max",)
