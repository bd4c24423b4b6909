"""Attempts to sign in: the newest of a name, or from an address, and forgetting them."""

from datetime import UTC, datetime, timedelta

import pytest

from matcher.store import attempts

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(database):
    with database.writing() as session:
        for n, (who, origin) in enumerate([("a", "x"), ("a", "y"), ("b", "x"), ("a", "x")]):
            attempts.add(session, who, origin, NOON + n * MINUTE)
        yield session


def minutes(found):
    return [int((at - NOON) / MINUTE) for at in found]


def test_the_newest_come_first(session):
    assert minutes(attempts.newest_of(session, "a", 2)) == [3, 1]
    assert minutes(attempts.newest_from(session, "x", 9)) == [3, 2, 0]
    assert attempts.newest_of(session, "c", 9) == []
    assert minutes(attempts.newest_of_from(session, "a", "x", 9)) == [3, 0]


def test_a_name_is_cleared_alone(session):
    attempts.clear(session, "a")
    assert attempts.newest_of(session, "a", 9) == []
    assert minutes(attempts.newest_from(session, "x", 9)) == [2]


def test_a_name_is_cleared_of_one_place_alone(session):
    attempts.clear(session, "a", "x")
    assert minutes(attempts.newest_of(session, "a", 9)) == [1]
    assert minutes(attempts.newest_from(session, "x", 9)) == [2]


def test_old_ones_are_forgotten(session):
    attempts.forget(session, NOON + MINUTE)
    assert minutes(attempts.newest_of(session, "a", 9)) == [3]
