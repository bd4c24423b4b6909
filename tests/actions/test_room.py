"""What is left of a manager's capacity: open follow-ups and waiting interests take it up."""

from __future__ import annotations

from dataclasses import replace

from matcher.actions.platform import Platform
from matcher.actions.room import Rooms, has_room
from matcher.domain.enums import DeclineReason, FollowUpState
from matcher.domain.followup import transition
from matcher.domain.interest import Interest, InterestState, step
from matcher.domain.manager import Manager
from matcher.domain.plan import PlanLine, remove_line
from matcher.store import followups, interests
from tests.actions.test_plan_reading import PLAN
from tests.actions.test_plans import pursue
from tests.platforms import NOW, manager


def left(platform: Platform, who: Manager) -> int | None:
    with platform.database.reading() as session:
        return Rooms(session).left(who)


def test_without_a_capacity_there_is_always_room(platform: Platform) -> None:
    pursue(platform, "w1", "o1", "m1", FollowUpState.CONTACTED)
    with platform.database.reading() as session:
        rooms = Rooms(session)
        assert rooms.left(manager("m1")) is None
        assert all(rooms.take(manager("m1")) for _ in range(3))


def test_what_is_open_takes_a_place_also_before_it_is_answered(platform: Platform) -> None:
    pursue(platform, "w1", "o1", "m1", FollowUpState.SUGGESTED)
    pursue(platform, "w2", "o1", "m1", FollowUpState.NEGOTIATING)
    assert left(platform, manager("m1", capacity=3)) == 1
    assert left(platform, manager("m2", capacity=3)) == 3
    with platform.database.writing() as session:
        kept = followups.get(session, "w2-o1")
        assert kept is not None
        gone = transition(kept.followup, FollowUpState.WITHDRAWN, by="m", at=NOW)
        followups.save(session, gone, kept.version)
    assert left(platform, manager("m1", capacity=3)) == 2


def test_an_interest_that_waits_takes_a_place_until_it_is_answered(platform: Platform) -> None:
    asked = Interest(id="X1", outcome="o1", account="a9", made_at=NOW, node="n1")
    routed = step(asked, InterestState.ROUTED, by="a9", at=NOW, manager="m1")
    declined = step(
        routed, InterestState.UNROUTED, by="m", at=NOW, reason=DeclineReason.NO_CAPACITY
    )
    with platform.database.writing() as session:
        interests.add(session, routed)
    assert left(platform, manager("m1", capacity=1)) == 0
    with platform.database.writing() as session:
        interests.save(session, declined, 1)
    assert left(platform, manager("m1", capacity=1)) == 1


def test_places_are_taken_until_none_is_left_nor_fewer_than_none(platform: Platform) -> None:
    for place in ("o1", "o2", "o3"):
        pursue(platform, "w1", place, "m2", FollowUpState.ACCEPTED)
    with platform.database.reading() as session:
        rooms = Rooms(session)
        who = manager("m1", capacity=2)
        assert [rooms.take(who) for _ in range(3)] == [True, True, False]
        assert rooms.left(manager("m2", capacity=2)) == 0


def test_the_lines_that_count_need_a_place_each(platform: Platform) -> None:
    with platform.database.reading() as session:
        assert has_room(session, PLAN, manager("m1"))
        assert has_room(session, PLAN, manager("m1", capacity=2))
        assert not has_room(session, PLAN, manager("m1", capacity=1))
        assert has_room(session, remove_line(PLAN, "w1", "o1"), manager("m1", capacity=1))
        assert has_room(session, PLAN, manager("m2", capacity=0))


def test_a_line_that_its_manager_follows_up_already_has_its_place(platform: Platform) -> None:
    pursue(platform, "w1", "o1", "m1", FollowUpState.ACCEPTED)
    pursue(platform, "w2", "o3", "m2", FollowUpState.ACCEPTED)
    more = PlanLine(need="w3", outcome="o5", manager="m1")
    with platform.database.reading() as session:
        assert has_room(session, PLAN, manager("m1", capacity=2))
        longer = replace(PLAN, lines=(*PLAN.lines, more))
        assert not has_room(session, longer, manager("m1", capacity=2))
