"""The table of attempts to sign in: nothing in it that could be a password."""

from datetime import UTC, datetime

NOON = datetime(2026, 11, 1, tzinfo=UTC)


def test_two_at_the_same_moment_are_two(add, database):
    for _ in range(2):
        add("sign_in_attempt", who="a", origin="x", at=NOON)


def test_it_has_no_column_for_a_login(columns):
    assert columns("sign_in_attempt") == {"seq", "who", "origin", "at"}
