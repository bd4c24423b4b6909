"""When a listing is over, and when nobody has touched it for too long."""

from datetime import date

import pytest

from matcher.domain.outcome import Outcome

TODAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("valid_until", "expired"),
    [(None, False), (date(2026, 10, 31), True), (TODAY, False), (date(2027, 1, 1), False)],
)
def test_the_last_day_of_validity_still_counts(valid_until, expired):
    assert Outcome(id="O1", valid_until=valid_until).is_expired(TODAY) is expired


@pytest.mark.parametrize(
    ("updated_at", "age", "stale"),
    [
        (None, None, False),
        (date(2025, 11, 1), 365, False),
        (date(2025, 10, 31), 366, True),
        (date(2027, 1, 1), 0, False),
    ],
)
def test_a_year_without_an_update_is_stale(updated_at, age, stale):
    outcome = Outcome(id="O1", updated_at=updated_at)
    assert outcome.age_in_days(TODAY) == age
    assert outcome.is_stale(TODAY) is stale


def test_the_limit_of_staleness_is_the_caller_s_to_choose():
    outcome = Outcome(id="O1", updated_at=date(2026, 9, 1))
    assert outcome.is_stale(TODAY, after_days=30)
