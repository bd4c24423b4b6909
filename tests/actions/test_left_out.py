"""Managers and needs that go without."""

from __future__ import annotations

from dataclasses import replace

from matcher.actions import left_out
from matcher.actions.decisions import Decision, decide
from matcher.actions.left_out import idle_managers, unmatched_needs
from matcher.actions.platform import Platform
from matcher.actions.worklist_row import Emptiness
from matcher.domain.enums import Noun
from matcher.domain.visibility import SYSTEM
from matcher.store import events
from tests.platforms import NOW, manager, need, put
from tests.store.test_shown import impression


def test_managers_whom_nothing_was_shown_are_told_with_what_is_in_the_way(
    platform: Platform,
) -> None:
    put(platform, Noun.MANAGER, manager("m3"), manager("m4", "Welding", capacity=0))
    put(platform, Noun.MANAGER, manager("m5", "Gone", active=False))
    with platform.database.writing() as session:
        events.append(session, [replace(impression("w1", "o1", "m1"), at=NOW, position=1)])
    found = {one.manager.id: one.why for one in idle_managers(platform, SYSTEM)}
    assert found == {
        "m2": Emptiness.NOTHING_FITS,
        "m3": Emptiness.NO_PROFILE,
        "m4": Emptiness.NO_ROOM,
    }


def test_needs_that_nothing_goes_with_are_found_some_at_a_time(
    platform: Platform, monkeypatch: object
) -> None:
    put(platform, Noun.NEED, need("w9", "Xylophone", "A xylophone tuner is sought."))
    decide(platform, SYSTEM, "m1", "w1", "o1", Decision.ACCEPT)
    found = unmatched_needs(platform, SYSTEM)
    assert (found.looked_at, found.all, found.next) == (3, 3, None)
    assert [id_ for id_, _, _ in found.needs] == ["w9"]
    monkeypatch.setattr(left_out, "LOOKED_AT", 2)  # type: ignore[attr-defined]
    first = unmatched_needs(platform, SYSTEM)
    assert (first.looked_at, first.next) == (2, 2)
    assert unmatched_needs(platform, SYSTEM, start=2).next is None
