"""Organisations by name, in the order of their ids, on both databases."""

import pytest

from matcher.domain.enums import Noun
from matcher.domain.organisation import Organisation
from matcher.store import directory, records
from tests.store.some_records import NOW

FOUND = (
    Organisation(id="A", name="东方大学", aliases=("东大", 'Say "O" 100%')),
    Organisation(id="B", name="Harbour_Works", name_en="HARBOUR Ltd"),
    Organisation(id="a", name="Eastern University", aliases=("东方大学",)),
    Organisation(id="中", name="东方港"),
    Organisation(id="gone", name="东方"),
    Organisation(id="merged", name="东方"),
)


@pytest.fixture
def session(database):
    with database.writing() as session:
        records.put(session, Noun.ORGANISATION, FOUND, actor="a", at=NOW)
        records.delete(session, Noun.ORGANISATION, ["gone"], actor="a", at=NOW)
        records.set_merged(session, Noun.ORGANISATION, "merged", "A", actor="a", at=NOW)
        yield session


def ids(session, named="", after="", limit=10):
    return [one.record.id for one in directory.page(session, after, limit, named)]


def test_they_come_by_code_point_a_page_at_a_time(session):
    assert ids(session) == ["A", "B", "a", "中"]
    assert ids(session, limit=2) == ["A", "B"]
    assert ids(session, after="B") == ["a", "中"]
    assert ids(session, after="中") == []


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("东方", ["A", "a", "中"]),
        ("东大", ["A"]),
        ("harbour", ["B"]),
        ("ltd", ["B"]),
        ('"o" 100%', ["A"]),
        ("%", ["A"]),
        ("_", ["B"]),
        ("'; --", []),
        ("\0", []),
        ("\ud800", []),
    ],
)
def test_one_of_the_names_holds_the_words_as_they_are_written(session, named, found):
    assert ids(session, named) == found


def test_the_page_of_what_is_named_goes_on(session):
    assert ids(session, "东方", limit=1) == ["A"]
    assert ids(session, "东方", after="A", limit=1) == ["a"]
