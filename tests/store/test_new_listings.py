"""What came lately: by when it was first written, not by when it was changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from matcher.domain.enums import Noun
from matcher.domain.need import Need
from matcher.store import records
from matcher.store.database import Database
from matcher.store.new_listings import new_listings
from tests.store.some_records import NOW

DAY = timedelta(days=1)
TODAY = NOW.date()


def test_the_newest_first_without_what_is_old_or_gone(database: Database) -> None:
    needs = {days: Need(id=f"n{days}", title="t", problem="p") for days in range(5)}
    with database.writing() as session:
        for days, need in needs.items():
            records.put(session, Noun.NEED, [need], actor="a", at=NOW + days * DAY)
        changed = replace(needs[0], title="t2")
        records.put(session, Noun.NEED, [changed], actor="a", at=NOW + 5 * DAY)
        records.delete(session, Noun.NEED, ["n3"], actor="a", at=NOW + 5 * DAY)
    with database.reading() as session:
        assert new_listings(session, Noun.NEED, NOW + DAY, 9, TODAY) == ["n4", "n2", "n1"]
        assert new_listings(session, Noun.NEED, NOW + DAY, 2, TODAY) == ["n4", "n2"]
        assert new_listings(session, Noun.NEED, NOW + 5 * DAY, 9, TODAY) == []
        assert new_listings(session, Noun.OUTCOME, NOW, 9, TODAY) == []


def test_what_has_ended_isnt_new(database: Database) -> None:
    ends = {"ended": TODAY - DAY, "last day": TODAY, "open": None}
    needs = [Need(id=id_, title="t", problem="p", valid_until=day) for id_, day in ends.items()]
    with database.writing() as session:
        records.put(session, Noun.NEED, needs, actor="a", at=NOW)
    with database.reading() as session:
        found = new_listings(session, Noun.NEED, NOW, 9, TODAY)
    assert sorted(found) == ["last day", "open"]


def test_of_one_import_each_day_draws_others_after_what_is_newer(database: Database) -> None:
    needs = [Need(id=f"n{number}", title="t", problem="p") for number in range(40)]
    with database.writing() as session:
        records.put(session, Noun.NEED, needs, actor="a", at=NOW)
        by_hand = Need(id="hand", title="t", problem="p")
        records.put(session, Noun.NEED, [by_hand], actor="a", at=NOW + timedelta(seconds=1))
    with database.reading() as session:
        days = [new_listings(session, Noun.NEED, NOW, 11, TODAY + n * DAY) for n in (0, 0, 1)]
    first, again, second = days
    assert first == again
    assert {one[0] for one in days} == {"hand"}
    assert len(set(first)) == len(set(second)) == 11
    assert set(first) != set(second)
