"""Who stood in lists, how often and where, worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from matcher.actions.exposure import exposure
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.visibility import SYSTEM
from matcher.store import events
from tests.actions.test_node_scope import somebody
from tests.platforms import NOW, manager, put
from tests.store.test_shown import impression


def show(platform: Platform, *pairs: tuple[str, str, str, int]) -> None:
    with platform.database.writing() as session:
        events.append(
            session,
            [
                replace(impression(need, outcome, who), at=NOW, position=position)
                for need, outcome, who, position in pairs
            ],
        )


def test_places_at_the_top_count_more(platform: Platform) -> None:
    show(platform, ("w1", "o1", "m1", 1), ("w2", "o1", "m1", 3), ("w1", "o2", "m2", 1))
    found = {one.noun: one for one in exposure(platform, SYSTEM).parties}
    managers, outcomes = found[Noun.MANAGER], found[Noun.OUTCOME]
    assert (managers.parties, managers.shown) == (2, 2)
    # 1 + 1/log2(4) = 1.5 and 1: of two with shares a ≤ b the index is (b - a) / 2 of the whole.
    assert managers.gini is not None
    assert managers.gini.value == pytest.approx(0.5 / 2 / 2.5)
    assert managers.gini.low is None
    assert (managers.curve[0], managers.curve[10], managers.curve[-1]) == (0, 0.4, 1)
    assert (outcomes.parties, outcomes.shown) == (5, 2)
    assert outcomes.coverage is not None
    assert math.isclose(outcomes.coverage.value, 0.4)


def test_where_nobody_was_shown_there_is_no_figure(platform: Platform) -> None:
    show(platform, ("w1", "o1", "m1", 1))
    put(platform, Noun.MANAGER, manager("m3", "Welding", node="n2", active=False))
    found = exposure(platform, somebody("n2"))
    assert found.nodes == ("n2", "n4")
    assert [(one.parties, one.shown, one.gini) for one in found.parties] == [(0, 0, None)] * 3
