"""What two models find for a need, side by side."""

from __future__ import annotations

from datetime import UTC, datetime

from matcher.actions.cards import Card
from matcher.domain.enums import Language
from matcher.web.moved_shown import TOP, ids_in, moved_shown
from matcher.web.say import Say
from tests.platforms import need, outcome

SAY = Say(Language.EN, datetime(2026, 11, 1, tzinfo=UTC))
MOVED = [{"need": "w1", "overlap": 0.25, "first": ["o1", "o2", "o3"], "second": ["o3", "o2", "x"]}]


def test_each_outcome_says_how_it_stands_in_the_other_list() -> None:
    needs = {"w1": Card(need("w1", "Coating"), "", 1)}
    outcomes = {id_: Card(outcome(id_, id_.upper()), "", 1) for id_ in ("o1", "o2", "o3")}
    [found] = moved_shown(MOVED, needs, outcomes, SAY)
    assert (found.title, found.alike) == ("Coating", 25)
    assert [(one.title, one.note, one.tone) for one in found.first] == [
        ("O1", "not in the other", "good"),
        ("O2", "", ""),
        ("O3", "1 in the other", ""),
    ]
    assert [(one.title, one.tone) for one in found.second] == [("O3", "good"), ("O2", "")]


def test_what_the_reader_may_not_know_of_is_not_there() -> None:
    assert moved_shown(MOVED, {}, {}, SAY) == ()
    long = {**MOVED[0], "first": [f"o{number}" for number in range(20)]}
    needs, outcomes = ids_in([long])
    assert needs == {"w1"}
    assert len(outcomes) == TOP + 1
