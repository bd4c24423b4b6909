"""The figures of a node, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.actions.decisions import Decision, decide
from matcher.actions.followups import move
from matcher.actions.platform import Platform
from matcher.actions.quality import Covered, Listings, Waited, first_day, quality
from matcher.domain.enums import DeclineReason, Noun, Visibility
from matcher.domain.enums import FollowUpState as State
from matcher.domain.visibility import SYSTEM
from matcher.errors import NotAllowed, UsageError
from matcher.store import events
from tests.actions.pursuits import later
from tests.actions.test_node_scope import somebody
from tests.platforms import NOW, manager, need, outcome, put
from tests.store.test_shown import NOON, impression

DAY = timedelta(days=1)


@pytest.fixture
def busy(platform: Platform) -> Platform:
    """m1 was shown w1 with o1 two days before accepting it, and called a day after that; m2 found
    o3 stale. Since then four days have gone."""
    with platform.database.writing() as session:
        shown = replace(impression("w1", "o1", "m1"), at=NOW - 2 * DAY)
        events.append(session, [shown])
    taken = decide(platform, SYSTEM, "m1", "w1", "o1", Decision.ACCEPT).followup
    reason = DeclineReason.STALE_LISTING
    decide(platform, SYSTEM, "m2", "w2", "o3", Decision.DECLINE, reason=reason)
    move(later(platform, DAY), SYSTEM, taken.id, State.CONTACTED)
    return later(platform, 4 * DAY)


def test_a_node_is_told_how_far_proposals_come_and_how_long_it_takes(busy: Platform) -> None:
    found = quality(busy, SYSTEM)
    stages = {one.state: (one.now, one.reached) for one in found.funnel}
    assert list(stages) == list(State)
    assert stages[State.SUGGESTED] == (0, 2)
    assert stages[State.ACCEPTED] == (0, 1)
    assert stages[State.CONTACTED] == (1, 1)
    assert stages[State.MUTUAL_INTEREST] == (0, 0)
    assert stages[State.DECLINED] == (1, None)
    assert (found.to_acceptance, found.to_contact) == (Waited(2.0, 1), Waited(1.0, 1))
    assert found.needs == Covered(valid=3, shown=1, taken_up=1)
    assert found.listings == Listings(valid=5, expired=0, stale=0, told=1)
    assert found.nodes == ("n1", "n2", "n3", "n4")


def test_times_are_of_the_days_that_are_asked_for(busy: Platform) -> None:
    assert first_day(date(2026, 11, 5), 5) == date(2026, 11, 1)
    found = quality(busy, SYSTEM, days=4)
    assert found.since == date(2026, 11, 2)
    assert (found.to_acceptance, found.to_contact) == (Waited(None, 0), Waited(1.0, 1))
    assert found.needs.shown == 0
    for days in (0, 3651):
        with pytest.raises(UsageError):
            quality(busy, SYSTEM, days=days)


def test_what_is_old_expired_or_hidden_is_told_apart(busy: Platform) -> None:
    gone = {"valid_until": date(2026, 10, 1)}
    put(busy, Noun.NEED, need("w8", "x", "y", **gone))
    hidden = outcome("o8", "x", "y", visibility=Visibility.NAMED)
    old = outcome("o7", "x", "y", updated_at=date(2024, 1, 1))
    put(busy, Noun.OUTCOME, hidden, old, outcome("o6", "x", "y", **gone))
    put(busy, Noun.OUTCOME, outcome("o3", "x", "y", updated_at=date(2026, 11, 3)))
    found = quality(busy, somebody("n1"))
    assert found.needs.valid == 3
    assert found.listings == Listings(valid=6, expired=1, stale=1, told=0)


def test_others_nodes_are_not_in_it(busy: Platform) -> None:
    put(busy, Noun.MANAGER, manager("m3", "Welding", node="n2"))
    put(busy, Noun.NEED, need("w9", "Weld", "welds", node="n2"))
    with busy.database.writing() as session:
        events.append(session, [replace(impression("w9", "o1", "m1"), at=NOON)])
    found = quality(busy, somebody("n2"))
    assert found.nodes == ("n2", "n4")
    assert found.needs == Covered(valid=1, shown=0, taken_up=0)
    assert sum(one.now for one in found.funnel) == found.listings.valid == 0
    with pytest.raises(NotAllowed):
        quality(busy, somebody("n2"), "n3")
