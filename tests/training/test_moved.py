"""The needs that two models differ about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.domain.visibility import PUBLIC
from matcher.recommend.collections import Collections, build_collections
from matcher.recommend.recipe import read_recipe
from tests.platforms import NOW
from tests.training.some_training import (
    DAY,
    RECIPE,
    ROOM,
    methods,
    rightly,
    topical,
    topical_platform,
)
from training import moved as module
from training.build import build
from training.held_out import ranked
from training.moved import DEPTH, moved, moved_most


def test_one_model_differs_from_itself_in_nothing() -> None:
    assert moved(topical(), topical(), DAY) == ()


def test_what_not_everybody_may_know_of_is_neither_asked_nor_found() -> None:
    items = {
        noun: [
            Item(f"{letter}1", "graphene coating", "for guideways"),
            Item(f"{letter}2", "graphene paste", "for films", audience=("accounts:a1",)),
            Item(f"{letter}3", "graphene film", "for heat", audience=(PUBLIC,)),
        ]
        for letter, noun in (("w", Noun.NEED), ("o", Noun.OUTCOME))
    }
    model = build_collections(items, read_recipe(RECIPE), room=ROOM)
    for noun, letter in ((Noun.NEED, "w"), (Noun.OUTCOME, "o")):
        assert module.shared([model, model], noun) == {f"{letter}1", f"{letter}2", f"{letter}3"}
        found = module.shared([model, model], noun, audience=PUBLIC)
        assert found == {f"{letter}1", f"{letter}3"}


def test_the_least_alike_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second model ranks w01 backwards, and finds nothing for w02."""
    left, right = topical(), object()

    def turned(model: Collections, *more: object) -> dict[str, list[tuple[str, float]]]:
        found = ranked(left, *more)  # type: ignore[arg-type]
        if model is left:
            return found
        return {**found, "w01": found["w01"][::-1], "w02": []}

    monkeypatch.setattr(module, "ranked", turned)
    monkeypatch.setattr(module, "shared", lambda _, noun, on, audience: shared(noun))
    first, second = moved(left, right, DAY)  # type: ignore[arg-type]
    assert (first.need, first.overlap, first.second) == ("w02", 0.0, ())
    assert second.need == "w01"
    assert second.first == second.second[::-1]
    assert 2 <= len(second.first) <= DEPTH


def shared(noun: object) -> frozenset[str]:
    letter = "w" if noun is module.ASKER else "o"
    return frozenset(f"{letter}{number:02}" for number in range(20))


@pytest.mark.slow
def test_versions_are_opened_and_compared(tmp_path: Path) -> None:
    platform = topical_platform(tmp_path / "home")
    made = build(platform, RECIPE, "trained", lambda _: None, methods=methods(rightly(DAY)))
    on = date.fromordinal(NOW.date().toordinal())
    assert moved_most(platform.library, made.version, made.version, on, 5) == ()
    assert moved_most(platform.library, "none", "none", on, 0) == ()
    platform.database.dispose()
