"""What keeps an outcome or a manager from a need."""

from __future__ import annotations

import pytest

from matcher.actions.platform import Platform
from matcher.actions.withheld import removed_for, why_withheld
from matcher.domain.enums import Language, Noun
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from matcher.errors import NotAllowed, NotFound
from matcher.recommend.rules import Rule
from tests.platforms import manager, need, outcome, put

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
COATING = ("石墨烯耐磨涂层", "导轨表面的石墨烯耐磨涂层,摩擦系数低。")
WANTED = ("Graphene coating wanted", "Wear resistant graphene coating for guideways.")


def why(platform: Platform, to: Noun, other: str) -> tuple[Rule | None, int | None]:
    found = why_withheld(platform, SYSTEM, "w1", to, other, Language.EN)
    return found.rule, found.place


def test_the_rule_that_removes_it_is_named(platform: Platform) -> None:
    assert why(platform, Noun.OUTCOME, "o1") == (None, 1)
    put(platform, Noun.NEED, need("w1", *WANTED, min_trl=7))
    put(platform, Noun.OUTCOME, outcome("o1", *COATING, trl=3))
    assert why(platform, Noun.OUTCOME, "o1") == (Rule.TOO_EARLY, None)
    left, removed = removed_for(platform, SYSTEM, "w1", Noun.OUTCOME)
    assert removed == {"too_early": 1}
    assert left <= 4


def test_a_manager_without_room_is_told(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m1", "懂石墨烯涂层。", "graphene coating", capacity=0))
    assert why(platform, Noun.MANAGER, "m1") == (Rule.NO_CAPACITY, None)


def test_what_isnt_there_or_isnt_an_admins_to_ask_is_refused(platform: Platform) -> None:
    with pytest.raises(NotFound):
        why(platform, Noun.OUTCOME, "o99")
    with pytest.raises(NotAllowed):
        removed_for(platform, ANONYMOUS, "w1", Noun.OUTCOME)
