"""Accepting, declining, putting off, and taking that back."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest

from matcher.actions.decisions import UNDO_WITHIN, UNDONE, Decision, decide, undo
from matcher.actions.followup_id import followup_id
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.enums import DeclineReason, Noun, Role, Visibility
from matcher.domain.enums import FollowUpState as State
from matcher.domain.event import Event, Subject
from matcher.domain.followup import FollowUp
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.errors import (
    EditConflict,
    IllegalTransition,
    InvalidValue,
    NotAllowed,
    NotFound,
)
from matcher.store import events, followups
from matcher.store.followups import Kept
from tests.actions.pursuits import later, sign_up
from tests.platforms import NOW, manager, need, outcome, put

PAIR = ("m1", "w1", "o1")
HOLD = date(2026, 12, 1)
MINUTE = timedelta(minutes=1)


def accept(platform: Platform, viewer: Viewer = SYSTEM, **more: int) -> Kept:
    return decide(platform, viewer, *PAIR, Decision.ACCEPT, **more)


def decline(platform: Platform, viewer: Viewer = SYSTEM, **more: int) -> Kept:
    return decide(
        platform, viewer, *PAIR, Decision.DECLINE, reason=DeclineReason.PRICE, why=" dear ", **more
    )


def snooze(platform: Platform, viewer: Viewer = SYSTEM) -> Kept:
    return decide(platform, viewer, *PAIR, Decision.SNOOZE, until=HOLD)


def states(kept: Kept) -> list[State]:
    return [step.to_state for step in kept.followup.history]


def told(platform: Platform) -> list[Event]:
    with platform.database.reading() as session:
        return [event for _, event in events.read(session)]


def stored(platform: Platform) -> list[Kept]:
    with platform.database.reading() as session:
        return list(followups.every(session))


def test_an_accepted_pair_is_a_follow_up_of_the_manager(platform: Platform) -> None:
    own = sign_up(platform, "a1", manager="m1")
    kept = accept(platform, own)
    followup = kept.followup
    assert followup.id == followup_id("w1", "o1", "m1")
    assert (followup.need, followup.outcome, followup.manager) == ("w1", "o1", "m1")
    assert (followup.state, followup.node) == (State.ACCEPTED, "n1")
    [step] = followup.history
    assert (step.by, step.at) == ("a1", NOW)
    assert stored(platform) == [kept]


def test_a_decline_keeps_its_reason_and_words(platform: Platform) -> None:
    [step] = decline(platform).followup.history
    assert (step.by, step.reason, step.why) == (OPERATOR, DeclineReason.PRICE, "dear")


def test_what_was_put_off_can_be_taken_up_turned_down_or_put_off_again(platform: Platform) -> None:
    assert snooze(platform).followup.due == HOLD
    assert states(snooze(platform)) == [State.ON_HOLD, State.ON_HOLD]
    assert states(accept(platform))[2:] == [State.SUGGESTED, State.ACCEPTED]


def test_the_event_tells_from_which_place_in_the_list_it_came(platform: Platform) -> None:
    parties = ((Noun.NEED, "w1"), (Noun.OUTCOME, "o1"), (Noun.MANAGER, "m1"))
    subjects = tuple(Subject(noun=noun, id=id_) for noun, id_ in parties)
    shown = Event(
        actor="a1",
        verb="explored",
        at=NOW,
        subjects=subjects,
        position=4,
        propensity=0.25,
        model_version="7",
    )
    with platform.database.writing() as session:
        events.append(session, [shown])
    kept = decline(platform)
    event = told(platform)[-1]
    assert (event.actor, event.verb) == (OPERATOR, "declined")
    assert event.subjects == (Subject(noun=Noun.FOLLOW_UP, id=kept.followup.id), *subjects)
    assert (event.position, event.propensity, event.model_version) == (4, 0.25, "7")


def test_what_was_never_shown_has_no_place(platform: Platform) -> None:
    accept(platform)
    [event] = told(platform)
    assert (event.verb, event.position, event.propensity) == ("accepted", None, None)


@pytest.mark.parametrize("act", [accept, decline, snooze])
def test_an_undone_decision_leaves_the_pair_open_and_stays_in_the_history(
    platform: Platform, act: object
) -> None:
    kept = act(platform)  # type: ignore[operator]
    back = undo(later(platform, 5 * MINUTE), SYSTEM, kept.followup.id, version=kept.version)
    assert back.followup.state is State.SUGGESTED
    assert states(back)[:1] == states(kept)
    assert back.followup.history[-1].why == UNDONE
    assert [event.verb for event in told(platform)][1:] == ["undone"]
    with pytest.raises(IllegalTransition, match="no decision"):
        undo(platform, SYSTEM, kept.followup.id)
    assert accept(platform).followup.state is State.ACCEPTED


def test_after_a_while_a_decision_stands(platform: Platform) -> None:
    kept = decline(platform)
    late = later(platform, UNDO_WITHIN + MINUTE)
    with pytest.raises(IllegalTransition, match="older than 10 minutes") as refused:
        undo(late, SYSTEM, kept.followup.id)
    assert refused.value.values["legal"] == (State.SUGGESTED,)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
class TestRefusals:
    def test_what_goes_with_a_decision_is_asked_for(self, platform: Platform) -> None:
        for decision, field in ((Decision.DECLINE, "reason"), (Decision.SNOOZE, "until")):
            with pytest.raises(InvalidValue) as refused:
                decide(platform, SYSTEM, *PAIR, decision)
            assert refused.value.where == {"field": field}
        with pytest.raises(InvalidValue):
            decide(platform, SYSTEM, *PAIR, Decision.ACCEPT, reason=DeclineReason.PRICE)
        assert (stored(platform), told(platform)) == ([], [])

    @pytest.mark.parametrize("three", [("m9", "w1", "o1"), ("m1", "w9", "o1"), ("m1", "w1", "o9")])
    def test_what_is_not_there(self, platform: Platform, three: tuple[str, str, str]) -> None:
        with pytest.raises(NotFound):
            decide(platform, SYSTEM, *three, Decision.ACCEPT)

    def test_what_the_one_who_acts_may_not_know_of(self, platform: Platform) -> None:
        own = sign_up(platform, "a1", manager="m1")
        put(platform, Noun.NEED, need("w1", visibility=Visibility.NAMED, owner="somebody"))
        with pytest.raises(NotFound, match="'w1'"):
            accept(platform, own)

    def test_somebody_else(self, platform: Platform) -> None:
        other = sign_up(platform, "a2", manager="m2")
        firm = sign_up(platform, "firm", Role.ENTERPRISE)
        for viewer in (other, firm):
            with pytest.raises(NotAllowed):
                accept(platform, viewer)
        kept = accept(platform)
        for viewer in (other, firm):
            # Follow-ups of others aren't there for them.
            with pytest.raises(NotFound):
                undo(platform, viewer, kept.followup.id)

    def test_twice(self, platform: Platform) -> None:
        accept(platform)
        with pytest.raises(IllegalTransition, match="accepted already") as refused:
            accept(platform)
        assert State.CONTACTED in refused.value.values["legal"]
        assert len(told(platform)) == 1

    def test_another_version_than_was_seen(self, platform: Platform) -> None:
        with pytest.raises(NotFound):
            decline(platform, version=3)
        accept(platform, version=0)
        with pytest.raises(EditConflict) as refused:
            decline(platform, version=0)
        assert refused.value.values["version"] == 1
        assert decline(platform, version=1).version == 2

    def test_a_pair_of_another_manager(self, platform: Platform) -> None:
        decide(platform, SYSTEM, "m2", "w1", "o1", Decision.ACCEPT)
        with pytest.raises(EditConflict, match="Another manager"):
            accept(platform)
        # To say no to it is always possible.
        assert decline(platform).followup.state is State.DECLINED

    def test_a_conflict_of_interest_can_only_be_declined(self, platform: Platform) -> None:
        put(platform, Noun.MANAGER, manager("m1", conflicts=("Harbour",)))
        put(platform, Noun.OUTCOME, outcome("o1", holder="Harbour"))
        with pytest.raises(NotAllowed, match="conflict"):
            accept(platform)
        assert decline(platform).version == 1


def test_a_clock_that_went_back_does_not_turn_the_history_round(platform: Platform) -> None:
    accept(later(platform, timedelta(hours=1)))
    kept = undo(platform, SYSTEM, followup_id("w1", "o1", "m1"))
    assert {step.at for step in kept.followup.history} == {NOW + timedelta(hours=1)}


def test_a_pair_that_was_assigned_is_answered_on_its_own_follow_up(platform: Platform) -> None:
    with platform.database.writing() as session:
        followups.add(session, FollowUp(id="plan-1", need="w1", outcome="o1", manager="m1"))
    assert accept(platform).followup.id == "plan-1"
    assert len(stored(platform)) == 1


def test_of_two_managers_at_once_one_gets_the_pair(platform: Platform) -> None:
    start, ended = Barrier(2), []

    def take(manager_id: str) -> None:
        start.wait()
        try:
            decide(platform, SYSTEM, manager_id, "w1", "o1", Decision.ACCEPT)
            ended.append(manager_id)
        except EditConflict:
            ended.append("refused")

    threads = [Thread(target=take, args=(id_,)) for id_ in ("m1", "m2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended)[1] == "refused"
    assert [kept.followup.manager for kept in stored(platform)] == sorted(ended)[:1]
