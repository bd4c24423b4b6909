"""Listings that are ageing, found by their dates, and those that somebody was told of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.store import events, records
from matcher.store.database import Database
from matcher.store.prompts import PROMPTED, ageing, prompted_since
from tests.platforms import NOW, outcome

SOON, OLD = date(2026, 12, 1), date(2025, 11, 1)


@pytest.mark.parametrize(
    ("dates", "is_ageing"),
    [
        ({"valid_until": SOON}, True),
        ({"valid_until": SOON + timedelta(1)}, False),
        ({"updated_at": OLD}, False),
        ({"updated_at": OLD - timedelta(1)}, True),
        ({}, False),
    ],
)
def test_a_listing_is_ageing_by_its_dates(
    database: Database, dates: dict[str, date], is_ageing: bool
) -> None:
    with database.writing() as session:
        found = [outcome("o1", "t", **dates), outcome("o2", "gone", valid_until=OLD)]
        records.put(session, Noun.OUTCOME, found, actor="a", at=NOW)
        records.delete(session, Noun.OUTCOME, ["o2"], actor="a", at=NOW)
        ids = [one.record.id for one in ageing(session, Noun.OUTCOME, SOON, OLD)]
    assert ids == (["o1"] if is_ageing else [])


def test_what_was_told_since_is_known(database: Database) -> None:
    def told(verb: str, id_: str, days: int) -> Event:
        named = (Subject(noun=Noun.NEED, id=id_), Subject(noun=Noun.ACCOUNT, id="a1"))
        return Event(actor="schedule", verb=verb, at=NOW - timedelta(days), subjects=named)

    with database.writing() as session:
        events.append(session, [told(PROMPTED, "w1", 31), told(PROMPTED, "w2", 30)])
        events.append(session, [told("imported", "w3", 1)])
        assert prompted_since(session, NOW - timedelta(30)) == {(Noun.NEED, "w2")}
