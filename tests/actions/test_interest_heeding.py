"""What is done with a follow-up, from whichever list, is done with the interest that it answers."""

from __future__ import annotations

from datetime import timedelta

from matcher.actions.decisions import Decision, decide, undo
from matcher.actions.followups import move, note
from matcher.actions.interest_reading import get_interest
from matcher.actions.interests import express
from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as State
from matcher.domain.visibility import SYSTEM
from tests.actions.interest_cases import People, people
from tests.platforms import NOW

__all__ = ["people"]
PAIR = ("m1", "w9", "o1")


def routed(people: People) -> tuple[str, str]:
    """The ids of an interest that m1 has, and of its follow-up."""
    id_ = express(people.platform, people.firm, "o1", need="w9").kept.interest.id
    return id_, get_interest(people.platform, SYSTEM, id_).followup


def whose(people: People, id_: str) -> tuple[str, str]:
    interest = get_interest(people.platform, SYSTEM, id_).kept.interest
    return interest.state, interest.manager


def test_accepting_the_pair_takes_the_interest_up_and_undoing_that_gives_it_back(
    people: People,
) -> None:
    id_, followup = routed(people)
    decide(people.platform, people.first, *PAIR, Decision.ACCEPT)
    assert whose(people, id_) == ("accepted", "m1")
    undo(people.platform, people.first, followup)
    assert whose(people, id_) == ("routed", "m1")


def test_turning_the_pair_down_gives_it_to_the_next(people: People) -> None:
    id_, _ = routed(people)
    reason = DeclineReason.NO_CAPACITY
    decide(people.platform, people.first, *PAIR, Decision.DECLINE, reason=reason)
    assert whose(people, id_) == ("routed", "m5")


def test_so_does_any_other_way_out(people: People) -> None:
    id_, followup = routed(people)
    move(people.platform, people.first, followup, State.EXPIRED)
    assert whose(people, id_) == ("routed", "m5")
    told = get_interest(people.platform, SYSTEM, id_).kept.interest.history[1]
    assert (told.reason, told.why) == (None, "expired")


def test_going_on_without_accepting_takes_it_up_and_what_ends_later_stays(
    people: People,
) -> None:
    id_, followup = routed(people)
    move(people.platform, people.first, followup, State.CONTACTED)
    assert whose(people, id_) == ("accepted", "m1")
    move(people.platform, people.first, followup, State.WITHDRAWN)
    assert whose(people, id_) == ("accepted", "m1")


def test_putting_it_off_or_noting_something_answers_nothing(people: People) -> None:
    id_, followup = routed(people)
    until = (NOW + timedelta(days=9)).date()
    decide(people.platform, people.first, *PAIR, Decision.SNOOZE, until=until)
    note(people.platform, people.first, followup, "later")
    assert whose(people, id_) == ("routed", "m1")
