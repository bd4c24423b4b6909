"""What is taken up at each place, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.decisions import Decision, decide
from matcher.actions.platform import Platform
from matcher.actions.uptake_by_place import PLACES, uptake, uptake_by_place
from matcher.domain.visibility import SYSTEM
from matcher.store import events
from tests.actions.pursuits import later
from tests.platforms import NOW
from tests.store.test_shown import impression

HOUR = timedelta(hours=1)


def test_a_pair_counts_where_it_was_shown_last_before_it_was_taken(platform: Platform) -> None:
    shown = [
        ("w1", "o1", "m1", 5, NOW),
        ("w1", "o1", "m1", 1, NOW + HOUR),
        ("w2", "o3", "m2", 1, NOW),
        ("w3", "o5", "m2", 14, NOW),
        ("w1", "o1", "m1", 7, NOW + 5 * HOUR),
    ]
    with platform.database.writing() as session:
        events.append(
            session,
            [replace(impression(*pair), position=position, at=at) for *pair, position, at in shown],
        )
    decide(later(platform, 2 * HOUR), SYSTEM, "m1", "w1", "o1", Decision.ACCEPT)
    found = uptake_by_place(later(platform, 6 * HOUR), SYSTEM)
    assert [(one.place, one.shown, one.accepted) for one in found.uptakes] == [
        (1, 2, 1),
        (5, 1, 0),
        (7, 1, 0),
        (PLACES + 1, 1, 0),
    ]


def test_the_interval_is_that_of_wilson() -> None:
    # z = 1.96: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n) for 1 of 2.
    found = uptake(1, 2, 1)
    assert found.share == 0.5
    assert (found.low, found.high) == pytest.approx((0.0945, 0.9055), abs=1e-4)
    assert (uptake(1, 5, 0).low, uptake(1, 5, 0).high) == pytest.approx((0, 0.4345), abs=1e-4)
