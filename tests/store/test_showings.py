"""Where the pairs of follow-ups were shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from matcher.actions.decisions import Decision, decide
from matcher.actions.platform import Platform
from matcher.domain.visibility import SYSTEM
from matcher.store import events
from matcher.store.showings import showings
from tests.platforms import NOW
from tests.store.test_shown import impression

HOUR = timedelta(hours=1)


def test_only_what_its_own_manager_was_shown_since_counts(platform: Platform) -> None:
    taken = decide(platform, SYSTEM, "m1", "w1", "o1", Decision.ACCEPT).followup
    shown = [
        ("w1", "o1", "m1", 3, NOW - HOUR),
        ("w1", "o1", "m1", 2, NOW),
        ("w1", "o1", "m1", 1, NOW - 9 * HOUR),
        ("w1", "o1", "m2", 4, NOW),
        ("w2", "o1", "m1", 5, NOW),
    ]
    with platform.database.writing() as session:
        events.append(
            session,
            [replace(impression(*pair), position=position, at=at) for *pair, position, at in shown],
        )
    with platform.database.reading() as session:
        found = list(showings(session, ["n1"], NOW - 2 * HOUR))
        none = list(showings(session, ["n2"], NOW - 2 * HOUR))
    assert [(one.followup, one.position) for one in found] == [(taken.id, 3), (taken.id, 2)]
    assert none == []
