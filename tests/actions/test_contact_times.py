"""How soon parties are contacted, counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from matcher.actions.contact_times import ContactTimes, contact_times, counted
from matcher.actions.decisions import Decision, decide
from matcher.actions.followups import move
from matcher.actions.platform import Platform
from matcher.domain.enums import FollowUpState as State
from matcher.domain.visibility import SYSTEM
from matcher.store.progress import Progress
from tests.actions.pursuits import later
from tests.platforms import NOW

SINCE = date(2026, 10, 1)
BEGUN = datetime(2026, 10, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def pair(days: float | None, state: State = State.CONTACTED, accepted: object = NOW) -> Progress:
    touched = None if days is None else NOW + days * DAY
    return Progress("f", "w", state, state, accepted, touched)  # type: ignore[arg-type]


def test_each_contact_counts_within_the_first_bound_that_holds_it() -> None:
    found = counted(SINCE, BEGUN, [pair(one) for one in (0.5, 1, 1.5, 10, 40)])
    assert found == ContactTimes(SINCE, (2, 1, 0, 1, 0, 1), 0, 1.5)


def test_what_waits_what_came_at_one_go_and_what_is_old_is_told_apart() -> None:
    waits, ended = pair(None, State.ACCEPTED), pair(None, State.DECLINED)
    old, never = pair(1, accepted=NOW - 90 * DAY), pair(None, State.SUGGESTED, None)
    found = counted(SINCE, BEGUN, [waits, ended, pair(0), old, never])
    assert found == ContactTimes(SINCE, (0,) * 6, 1, None)


def test_it_is_read_from_follow_ups(platform: Platform) -> None:
    taken = decide(platform, SYSTEM, "m1", "w1", "o1", Decision.ACCEPT).followup
    assert contact_times(platform, SYSTEM).waiting == 1
    move(later(platform, 2 * DAY), SYSTEM, taken.id, State.CONTACTED)
    found = contact_times(later(platform, 3 * DAY), SYSTEM)
    assert (found.counts, found.waiting, found.days) == ((0, 1, 0, 0, 0, 0), 0, 2)
