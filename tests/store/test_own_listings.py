"""Records by whose they are, on both databases."""

from datetime import date, timedelta

import pytest

from matcher.domain.enums import Noun
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.store import records
from matcher.store.own_listings import own_listings, party_words
from tests.store.some_records import NOW

NEEDS = (
    Need(id="a", owner="lin", updated_at=date(2026, 1, 2)),
    Need(id="b", organisation="U1", updated_at=date(2026, 1, 3)),
    Need(id="c", owner="lin", organisation="U1"),
    Need(id="d", owner="zhou", organisation="U2", updated_at=date(2026, 1, 4)),
    Need(id="gone", owner="lin"),
    Need(id="merged", owner="lin"),
)


@pytest.fixture
def session(database):
    with database.writing() as session:
        records.put(session, Noun.NEED, NEEDS, actor="a", at=NOW)
        records.put(session, Noun.OUTCOME, [Outcome(id="o", holder="U1")], actor="a", at=NOW)
        records.delete(session, Noun.NEED, ["gone"], actor="a", at=NOW)
        records.set_merged(session, Noun.NEED, "merged", "a", actor="a", at=NOW)
        yield session


def ids(session, noun, owner, parties=(), limit=10):
    return [one.record.id for one in own_listings(session, noun, owner, parties, limit)]


def test_those_of_the_account_and_of_the_parties_come_last_changed_first(session):
    assert ids(session, Noun.NEED, "lin", ["U1"]) == ["b", "a", "c"]
    assert ids(session, Noun.NEED, "lin", ["U1"], limit=1) == ["b"]
    assert ids(session, Noun.NEED, "lin") == ["a", "c"]
    assert ids(session, Noun.OUTCOME, "", ["U1"]) == ["o"]


def test_of_one_day_the_one_that_was_written_last_stands_first(session):
    later = Need(id="z", owner="lin", updated_at=date(2026, 1, 2))
    records.put(session, Noun.NEED, [later], actor="a", at=NOW + timedelta(hours=1))
    assert ids(session, Noun.NEED, "lin") == ["z", "a", "c"]


def test_nobody_has_what_belongs_to_nobody(session):
    assert ids(session, Noun.NEED, "", [""]) == []
    assert ids(session, Noun.OUTCOME, "") == []
    assert ids(session, Noun.NEED, "\0", ["\0"]) == []


def test_by_which_words_records_say_whose_they_are(session):
    assert party_words(session, Noun.NEED) == {"U1", "U2"}
    assert party_words(session, Noun.OUTCOME) == {"U1"}
