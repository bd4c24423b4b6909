"""A confirmed plan is follow-ups: every line once, and what can't be is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from matcher.actions.followup_id import followup_id
from matcher.actions.plan_checks import Obstacle
from matcher.actions.plan_confirmation import Confirmed, confirm_plan, foreseen
from matcher.actions.plan_edits import EditKind, PlanEdit, edit_plan
from matcher.actions.plan_reading import get_plan
from matcher.actions.plans import discard_plan
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.enums import FollowUpState, Noun, Visibility
from matcher.domain.followup import transition
from matcher.domain.plan import Plan, PlanLine, PlanState
from matcher.domain.visibility import SYSTEM
from matcher.errors import EditConflict, NotAllowed, NotFound, StoreUnavailable
from matcher.store import events, followups, plans
from tests.actions.test_plan_reading import PLAN, place
from tests.actions.test_plans import admin, pursue
from tests.platforms import NOW, manager, need, put, remove

__all__ = ["place"]
FIRST, SECOND = followup_id("w1", "o1", "m1"), followup_id("w2", "o3", "m1")


def kept(platform: Platform) -> dict[str, followups.Kept]:
    with platform.database.reading() as session:
        return {one.followup.id: one for one in followups.every(session)}


def test_every_line_becomes_a_suggested_follow_up(place: Platform) -> None:
    confirmed = confirm_plan(place, SYSTEM, "P1")
    assert confirmed.followups == (FIRST, SECOND)
    assert confirmed.left_out == ()
    one = kept(place)[FIRST].followup
    assert (one.need, one.outcome, one.manager, one.node) == ("w1", "o1", "m1", "n1")
    assert (one.state, one.history) == (FollowUpState.SUGGESTED, ())
    plan = get_plan(place, SYSTEM, "P1").plan
    assert (plan.state, plan.decided_by, plan.decided_at) == (PlanState.CONFIRMED, OPERATOR, NOW)
    with place.database.reading() as session:
        told = [(event.verb, len(event.subjects)) for _, event in events.read(session)]
    assert told[-3:] == [("planned", 4), ("planned", 4), ("plan_confirmed", 1)]


def test_confirming_twice_acts_once(place: Platform) -> None:
    confirm_plan(place, SYSTEM, "P1")
    before = kept(place)
    again = confirm_plan(place, SYSTEM, "P1")
    assert (again.followups, again.left_out) == ((), ())
    assert again.plan.state is PlanState.CONFIRMED
    assert kept(place) == before


def test_what_went_away_meanwhile_is_left_out_and_told(place: Platform) -> None:
    remove(place, Noun.NEED, ["w1"])
    confirmed = confirm_plan(place, SYSTEM, "P1")
    assert [(line.need, why) for line, why in confirmed.left_out] == [("w1", Obstacle.GONE)]
    assert list(kept(place)) == [SECOND]


def test_what_is_forbidden_or_pursued_by_now_is_left_out(place: Platform) -> None:
    put(place, Noun.NEED, need("w1", "Graphene", "graphene", organisation="x"))
    put(place, Noun.MANAGER, manager("m1", "Coatings", conflicts=("x",)))
    pursue(place, "w2", "o3", "m2", FollowUpState.ACCEPTED)
    confirmed = confirm_plan(place, SYSTEM, "P1")
    assert [why for _, why in confirmed.left_out] == [Obstacle.CONFLICT, Obstacle.HANDLED]
    assert list(kept(place)) == ["w2-o3"]


def test_a_manager_who_left_gets_nothing(place: Platform) -> None:
    put(place, Noun.MANAGER, manager("m1", active=False))
    confirmed = confirm_plan(place, SYSTEM, "P1")
    assert {why for _, why in confirmed.left_out} == {Obstacle.INACTIVE}


def worth(need: str, outcome: str, value: float) -> PlanLine:
    return PlanLine(need=need, outcome=outcome, manager="m1", value=value)


def keep(platform: Platform, *drafts: Plan) -> None:
    with platform.database.writing() as session:
        for draft in drafts:
            plans.add(session, draft)


def test_a_manager_gets_what_is_worth_most_until_they_are_full(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m1", "Coatings", capacity=3))
    pursue(platform, "w3", "o1", "m1", FollowUpState.SUGGESTED)
    lines = (worth("w1", "o1", 0.2), worth("w2", "o3", 0.9), worth("w3", "o5", 0.5))
    keep(platform, replace(PLAN, lines=lines))
    confirmed = confirm_plan(platform, SYSTEM, "P1")
    assert confirmed.left_out == ((lines[0], Obstacle.NO_ROOM),)
    assert confirmed.followups == (SECOND, followup_id("w3", "o5", "m1"))


def test_what_is_left_out_takes_nobodys_place(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m1", "Coatings", capacity=1))
    pursue(platform, "w2", "o3", "m2", FollowUpState.ACCEPTED)
    lines = (worth("w1", "o1", 0.2), worth("w2", "o3", 0.9))
    keep(platform, replace(PLAN, lines=lines))
    confirmed = confirm_plan(platform, SYSTEM, "P1")
    assert confirmed.left_out == ((lines[1], Obstacle.HANDLED),)
    assert confirmed.followups == (FIRST,)


def two_plans(platform: Platform) -> None:
    """Two drafts that were made while their manager had room for either."""
    put(platform, Noun.MANAGER, manager("m1", "Coatings", capacity=1))
    first = replace(PLAN, lines=(worth("w1", "o1", 0.5),))
    keep(platform, first, replace(PLAN, id="P2", lines=(worth("w2", "o3", 0.5),)))


def test_two_plans_do_not_promise_the_same_place(platform: Platform) -> None:
    two_plans(platform)
    assert confirm_plan(platform, SYSTEM, "P1").followups == (FIRST,)
    second = confirm_plan(platform, SYSTEM, "P2")
    assert second.followups == ()
    assert [why for _, why in second.left_out] == [Obstacle.NO_ROOM]
    assert list(kept(platform)) == [FIRST]


def test_of_two_confirmations_at_once_one_gets_the_last_place(platform: Platform) -> None:
    two_plans(platform)
    together = Barrier(2, timeout=60)

    def confirm(id_: str) -> Confirmed:
        together.wait()
        return confirm_plan(platform, SYSTEM, id_)

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(confirm, ("P1", "P2")))
    assert sorted(len(one.followups) for one in done) == [0, 1]
    assert [why for one in done for _, why in one.left_out] == [Obstacle.NO_ROOM]
    assert len(kept(platform)) == 1


def test_what_came_to_nothing_once_begins_anew(place: Platform) -> None:
    pursue(place, "w1", "o1", "m1", FollowUpState.SUGGESTED)
    with place.database.writing() as session:
        old = followups.get(session, "w1-o1")
        assert old is not None
        followups.add(session, replace(old.followup, id=FIRST))
        for id_ in ("w1-o1", FIRST):
            one = followups.get(session, id_)
            assert one is not None
            gone = transition(one.followup, FollowUpState.WITHDRAWN, by="a1", at=NOW)
            followups.save(session, gone, one.version)
    confirmed = confirm_plan(place, SYSTEM, "P1")
    assert FIRST in confirmed.followups
    again = kept(place)[FIRST].followup
    assert again.state is FollowUpState.SUGGESTED
    assert [step.to_state for step in again.history] == [
        FollowUpState.WITHDRAWN,
        FollowUpState.SUGGESTED,
    ]


def test_who_may_not_know_of_every_line_cannot_confirm_and_learns_no_id(place: Platform) -> None:
    put(place, Noun.MANAGER, manager("m1", "Coatings", node="n2"))
    put(place, Noun.NEED, need("w1", "Secret", visibility=Visibility.BROKERS))
    with pytest.raises(NotAllowed) as refused:
        confirm_plan(place, admin("n2"), "P1")
    assert "w1" not in f"{refused.value} {refused.value.hint} {refused.value.values}"
    assert kept(place) == {}
    assert get_plan(place, SYSTEM, "P1").plan.state is PlanState.DRAFT
    assert len(confirm_plan(place, SYSTEM, "P1").plan.lines) == 2
    again = confirm_plan(place, admin("n2"), "P1")
    assert [line.need for line in again.plan.lines] == ["w2"]


def test_a_plan_of_another_node_is_not_there(place: Platform) -> None:
    with pytest.raises(NotFound):
        confirm_plan(place, admin("n3"), "P1")
    assert kept(place) == {}


def test_a_failure_on_the_way_leaves_nothing(
    place: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreUnavailable("gone")

    monkeypatch.setattr(plans, "save", fail)
    with pytest.raises(StoreUnavailable):
        confirm_plan(place, SYSTEM, "P1")
    assert kept(place) == {}
    assert get_plan(place, SYSTEM, "P1").plan.state is PlanState.DRAFT


def test_a_plan_that_somebody_else_changed_is_neither_confirmed_nor_discarded(
    place: Platform,
) -> None:
    edit_plan(place, SYSTEM, "P1", PlanEdit(EditKind.REMOVE, "w2", "o3"), version=1)
    for decided in (confirm_plan, discard_plan):
        with pytest.raises(EditConflict) as caught:
            decided(place, SYSTEM, "P1", version=1)
        assert caught.value.values["version"] == 2
    assert confirm_plan(place, SYSTEM, "P1", version=2).followups == (FIRST,)
    assert confirm_plan(place, SYSTEM, "P1", version=1).plan.state is PlanState.CONFIRMED


def test_what_would_come_of_it_is_what_comes_of_it(place: Platform) -> None:
    remove(place, Noun.OUTCOME, ["o3"])
    told = foreseen(place, SYSTEM, "P1")
    assert (told.lines, told.followups) == (2, 1)
    assert kept(place) == {}
    done = confirm_plan(place, SYSTEM, "P1")
    assert dict(done.left_out) == told.left_out
    assert len(done.followups) == told.followups


def test_who_may_not_know_of_every_line_isnt_told_what_would_come_of_it(place: Platform) -> None:
    put(place, Noun.NEED, need("w1", "Secret", visibility=Visibility.NAMED, owner="x"))
    with pytest.raises(NotAllowed):
        foreseen(place, admin("n2"), "P1")
