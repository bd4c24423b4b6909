"""What was shown is written down once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.impressions import tell_shown
from matcher.actions.platform import Platform
from matcher.actions.worklist_row import Worklist, WorklistRow
from matcher.domain.event import Event
from matcher.files.match_row import MatchRow
from matcher.store import events
from matcher.store.shown import pair_of
from tests.actions.pursuits import later
from tests.platforms import NOW


def row(position: int, outcome: str, explored: bool = False) -> WorklistRow:
    match = MatchRow("w1", outcome, position, 0.5, {}, [])
    return WorklistRow(match, 0.5, {}, position, 0.25 if explored else 1.0, explored)


LIST = Worklist("m1", NOW.date(), (row(1, "o1"), row(2, "o2", explored=True)), "7")


def told(platform: Platform) -> list[Event]:
    with platform.database.reading() as session:
        return [event for _, event in events.read(session)]


def test_a_list_is_told_row_by_row(platform: Platform) -> None:
    assert tell_shown(platform, "a1", LIST) == 2
    found = told(platform)
    assert [(one.verb, one.position, one.propensity) for one in found] == [
        ("shown", 1, 1.0),
        ("explored", 2, 0.25),
    ]
    assert [pair_of(one) for one in found] == [("w1", "o1"), ("w1", "o2")]
    assert {(one.actor, one.at, one.model_version) for one in found} == {("a1", NOW, "7")}


def test_only_what_is_new_on_the_day_is_told(platform: Platform) -> None:
    tell_shown(platform, "a1", LIST)
    more = replace(LIST, rows=(row(1, "o2"), row(2, "o3")))
    assert tell_shown(later(platform, timedelta(hours=1)), "a1", more) == 1
    assert pair_of(told(platform)[-1]) == ("w1", "o3")
    other = replace(LIST, manager="m2")
    assert tell_shown(platform, "a2", other) == 2


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_another_day_and_an_empty_list_are_not_told(platform: Platform) -> None:
    assert tell_shown(later(platform, timedelta(days=1)), "a1", LIST) == 0
    assert tell_shown(platform, "a1", replace(LIST, rows=())) == 0
    assert told(platform) == []
