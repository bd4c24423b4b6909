"""The plots' numbers and sentences."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

from matcher.actions.contact_times import ContactTimes
from matcher.actions.exposure import Parties
from matcher.actions.quality import Covered, Listings, Quality, Stage, Waited
from matcher.actions.uptake_by_place import UptakeByPlace, uptake
from matcher.domain.enums import FollowUpState, Language, Noun
from matcher.domain.followup import CHAIN
from matcher.evaluate.fairness import Spread
from matcher.web.latency import Latency
from matcher.web.quality_plots import by_place, contact, funnel, latency, polyline, spread_words
from matcher.web.say import Say

SAY = Say(Language.EN, datetime(2026, 11, 1, tzinfo=UTC))
SINCE = date(2026, 8, 1)


def quality(**reached: int) -> Quality:
    stages = [Stage(state, 0, reached.get(state.value, 0)) for state in CHAIN]
    stages.append(Stage(FollowUpState.DECLINED, 4, None))
    nothing = Waited(None, 0), Waited(None, 0), Covered(0, 0, 0), Listings(0, 0, 0, 0)
    return Quality(("n1",), SINCE, tuple(stages), *nothing)


def test_the_funnel_is_as_wide_as_the_part_that_came_so_far() -> None:
    found = funnel(quality(suggested=8, accepted=2), SAY)
    assert found.says == "Of 8 follow-ups 2 were accepted (25%), 0 came to a contract."
    assert [bar.width for bar in found.bars[:3]] == [100, 25, 0]
    assert len(found.bars) == len(CHAIN)
    assert "no follow-ups yet" in funnel(quality(), SAY).says


def test_contacts_are_told_by_their_bins() -> None:
    found = contact(ContactTimes(SINCE, (3, 1, 0, 0, 0, 0), 2, 0.5), SAY)
    assert found.says == "Half are contacted within 0.5 days of acceptance; 2 wait for it."
    assert [(bar.told, bar.more) for bar in found.bars[:2]] == [("3", "75%"), ("1", "25%")]
    assert contact(ContactTimes(SINCE, (0,) * 6, 2, None), SAY).bars == ()


def test_places_have_their_share_with_its_interval() -> None:
    found = by_place(UptakeByPlace(SINCE, (uptake(1, 4, 2), uptake(11, 5, 0))), SAY)
    first, below = found.bars
    assert (first.told, first.more, below.name) == ("50.0%", "2 / 4", "below 10")
    assert first.low is not None
    assert first.high == 100
    assert first.low < first.width < first.high
    assert "2 of them at the first three places" in found.says
    assert "Nobody has looked" in by_place(UptakeByPlace(SINCE, ()), SAY).says


def test_answers_are_told_by_how_many_were_in_time() -> None:
    found = latency([Latency("a", ((0.03, 5), (2.5, 10), (math.inf, 10)))], SAY)
    assert [bar.told for bar in found.bars] == ["50%"] * 6 + ["100%"]
    assert "within 30 ms, 95%" in found.says
    assert latency([], SAY).bars == ()


def test_the_spread_is_told_with_its_interval_where_there_is_one() -> None:
    spread = Spread(0.42, 0.3, 0.5, 12)
    told = spread_words(Parties(Noun.MANAGER, 12, 10, Spread(0.8, None, None, 12), spread), SAY)
    assert told.startswith("10 of 12 managers")
    assert "0.42 [0.30, 0.50]" in told
    assert "None of 3 managers" in spread_words(Parties(Noun.MANAGER, 3, 0, None, None), SAY)


def test_a_curve_begins_at_the_lower_left() -> None:
    assert polyline((0, 0.25, 1)) == "0.0,100.0 50.0,75.0 100.0,0.0"
    assert polyline(()) == ""
