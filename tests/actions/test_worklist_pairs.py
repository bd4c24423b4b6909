"""What a manager could take up: how it is found and valued."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from matcher.actions.acting import sight_of
from matcher.actions.conflicted import Conflicts
from matcher.actions.followup_events import parties
from matcher.actions.moment import moment
from matcher.actions.platform import Platform
from matcher.actions.worklist_pairs import (
    FRESH_EACH,
    OUTCOMES_EACH,
    Desk,
    Offers,
    explained,
    offers_for,
    profile_of,
)
from matcher.domain.enums import Noun
from matcher.domain.event import Event
from matcher.domain.manager import Deal, Manager
from matcher.domain.outcome import Outcome
from matcher.store import events, records
from tests.platforms import NOW, outcome, put

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
ON = NOW.date()
MORNING = datetime.combine(ON, time(), UTC)
SHOWN_BEFORE = Event(
    actor="a",
    verb="shown",
    at=NOW - timedelta(days=1),
    subjects=parties("w9", "o4", "m9"),
    position=1,
    propensity=1.0,
)


def offered(platform: Platform, rows: int = 20, manager: str = "m2") -> Offers:
    with moment(platform) as (serving, session):
        stored = records.get(session, Noun.MANAGER, manager)
        assert stored is not None
        conflicts = Conflicts.of(session, serving, stored.record)
        desk = Desk(stored.record, sight_of(session, stored.record), conflicts, ON, MORNING)
        return offers_for(session, serving, desk, 0.5, rows)


def test_every_offer_has_its_numbers(platform: Platform) -> None:
    found = offered(platform)
    assert len(found.offers) == len(found.pairs) > 0
    for place, offer in enumerate(found.offers):
        assert (found.pairs.needs[place], found.pairs.outcomes[place]) == (
            offer.need.id,
            offer.outcome.id,
        )
        assert found.pairs.values[place] == pytest.approx(offer.match.score)
        assert offer.match.reasons == ()
    assert set(found.pairs.rooms) == {0.5}


def test_of_many_pairs_the_best_are_looked_at(platform: Platform) -> None:
    many = [outcome(f"x{i}", "锂电池回收", f"废旧锂电池 钴 {i}") for i in range(10)]
    put(platform, Noun.OUTCOME, *many)
    assert len(offered(platform, rows=1).offers) == 5


def listed(count: int, updated: date) -> list[Outcome]:
    """Outcomes that go with the second need better than what is fresh."""
    words = "我们要回收锂电池里的钴,废旧电池。"
    return [outcome(f"x{i:02}", "废旧电池", words, updated_at=updated) for i in range(count)]


def test_what_is_fresh_is_reached_however_much_fits_better(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, *listed(18, date(2020, 1, 1)))
    put(platform, Noun.OUTCOME, outcome("new", "锂电池", "回收", updated_at=ON - timedelta(1)))
    platform.live.look_now()
    told = [
        replace(SHOWN_BEFORE, subjects=parties("w9", id_, "m9"))
        for id_ in ("o3", "o4", *(one.id for one in listed(18, ON)))
    ]
    with platform.database.writing() as session:
        events.append(session, told * 3)
    short, long = offered(platform, rows=4), offered(platform, rows=5)
    assert "new" not in short.pairs.outcomes
    place = long.pairs.outcomes.index("new")
    assert long.pairs.fresh[place]
    assert long.pairs.needs[place] == "w2"
    best = [one.match.score for one in long.offers if one.need.id == "w2"]
    assert long.offers[place].match.score == min(best)
    assert long.pairs.fresh.sum() == 1


def test_of_each_need_a_few_hardly_shown_outcomes_are_reached(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, *listed(12, date(2020, 1, 1)))
    platform.live.look_now()
    of_need = [one for one in offered(platform, rows=5).offers if one.need.id == "w2"]
    assert len(of_need) == OUTCOMES_EACH + FRESH_EACH


def test_fresh_is_what_was_updated_lately_or_hardly_ever_shown(platform: Platform) -> None:
    old = date(2020, 1, 1)
    put(platform, Noun.OUTCOME, outcome("o4", "锂电池回收", "钴", updated_at=old))

    def fresh() -> bool:
        pairs = offered(platform).pairs
        return bool(pairs.fresh[pairs.outcomes.index("o4")])

    assert fresh()
    with platform.database.writing() as session:
        events.append(session, [SHOWN_BEFORE] * 3)
    assert not fresh()
    put(platform, Noun.OUTCOME, outcome("o4", "锂电池回收", "钴", updated_at=ON - timedelta(9)))
    assert fresh()


def test_reasons_come_with_the_scores_as_they_were(platform: Platform) -> None:
    with moment(platform) as (serving, session):
        stored = records.get(session, Noun.MANAGER, "m2")
        assert stored is not None
        conflicts = Conflicts.of(session, serving, stored.record)
        desk = Desk(stored.record, sight_of(session, stored.record), conflicts, ON, MORNING)
        found = offers_for(session, serving, desk, 1.0, 20)
        told = explained(serving, desk, found.offers)
    for before, after in zip(found.offers, told, strict=True):
        assert (after.match.score, after.match.parts) == (before.match.score, before.match.parts)
    assert told[0].match.reasons


def test_a_profile_holds_what_was_brokered_and_the_fields_but_no_name(platform: Platform) -> None:
    deals = (Deal(outcome="o5"), Deal(title="licence of a coating"))
    manager = Manager(id="m", name="Somebody", statement="welds", fields=("01",), deals=deals)
    with platform.database.reading() as session:
        body = profile_of(session, manager).body
        assert profile_of(session, Manager(id="m", name="Somebody")).body.strip() == ""
    for words in ("welds", "Ultrasonic flaw detection", "licence of a coating"):
        assert words in body
    assert "Somebody" not in body
