"""A need for what was taken up without one: who names it, and what its manager gets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from matcher.actions.interest_answers import accept_interest, decline_interest
from matcher.actions.interest_needs import UNSEEN, name_need
from matcher.actions.interest_reading import SeenInterest, get_interest
from matcher.actions.interests import express
from matcher.actions.platform import Platform
from matcher.domain.enums import DeclineReason, Noun, Visibility
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import FollowUp, transition
from matcher.errors import EditConflict, IllegalTransition, NotAllowed, NotFound
from matcher.store import accounts, events, followups
from tests.actions.interest_cases import People, firm, people
from tests.platforms import NOW, manager, need, put

__all__ = ["people"]


@pytest.fixture
def id_(people: People) -> str:
    """Taken up by m1, without a need."""
    made = express(people.platform, people.firm, "o1", text="graphene coating").kept.interest.id
    accept_interest(people.platform, people.first, made)
    return made


def named(people: People, id_: str, need_: str = "w9") -> SeenInterest:
    return name_need(people.platform, people.firm, id_, need_)


def pursued(people: People) -> list[FollowUp]:
    with people.platform.database.reading() as session:
        return [kept.followup for kept in followups.every(session)]


def begin(people: People, state: State, manager: str, **more: object) -> None:
    begun = FollowUp(id="F1", need="w9", outcome="o1", manager=manager, node="n1")
    with people.platform.database.writing() as session:
        followups.add(session, transition(begun, state, by="a", at=NOW, **more))  # type: ignore[arg-type]


def move(platform: Platform, account: str, node: str) -> None:
    with platform.database.writing() as session:
        kept = accounts.get(session, account)
        assert kept is not None
        accounts.save(session, replace(kept, node=node))


def test_the_manager_gets_a_follow_up_to_answer_and_answering_it_takes_both_up(
    people: People, id_: str
) -> None:
    found = named(people, id_)
    interest = found.kept.interest
    assert (interest.state, interest.manager, interest.need) == ("routed", "m1", "w9")
    [one] = pursued(people)
    assert (one.manager, one.state, one.due_on) == ("m1", State.SUGGESTED, NOW.date())
    with people.platform.database.reading() as session:
        last = [event for _, event in events.read(session)][-1]
    assert (last.actor, last.verb) == ("firm", "interest_need_named")
    assert {subject.id for subject in last.subjects} == {id_, "o1", "w9", "m1"}
    seen = accept_interest(people.platform, people.first, id_)
    assert (seen.kept.interest.state, seen.followup) == ("accepted", one.id)
    assert [each.state for each in pursued(people)] == [State.ACCEPTED]


def test_who_turns_it_down_now_passes_it_on_with_its_need(people: People, id_: str) -> None:
    named(people, id_)
    decline_interest(people.platform, people.first, id_, DeclineReason.REGION)
    interest = get_interest(people.platform, people.firm, id_).kept.interest
    assert (interest.manager, interest.need) == ("m5", "w9")


def test_what_its_manager_pursues_already_is_taken_up_at_once(people: People, id_: str) -> None:
    begin(people, State.ACCEPTED, "m1")
    assert named(people, id_).kept.interest.state == "accepted"
    assert len(pursued(people)) == 1


@pytest.mark.parametrize(
    ("stands_against", "error"),
    [
        (lambda people: begin(people, State.ACCEPTED, "m5"), EditConflict),
        (
            lambda people: begin(people, State.DECLINED, "m1", reason=DeclineReason.PRICE),
            NotAllowed,
        ),
        (
            lambda people: put(
                people.platform, Noun.NEED, need("w9", owner="firm", visibility=Visibility.NAMED)
            ),
            NotAllowed,
        ),
        (lambda people: put(people.platform, Noun.NEED, need("w9", owner="x")), NotAllowed),
    ],
    ids=["pursued by another", "declined before", "hidden from the manager", "somebody else's"],
)
def test_a_pair_that_its_manager_cant_take_up_is_refused(
    people: People, id_: str, stands_against: Callable[[People], None], error: type[Exception]
) -> None:
    stands_against(people)
    before = pursued(people)
    with pytest.raises(error):
        named(people, id_)
    assert get_interest(people.platform, people.firm, id_).kept.interest.need == ""
    assert pursued(people) == before


def test_a_need_that_its_manager_cant_see_is_told_apart_without_naming_them(
    people: People, id_: str
) -> None:
    hidden = need("w9", owner="firm", node="n2", visibility=Visibility.BROKERS)
    put(people.platform, Noun.MANAGER, manager("m1", "Graphene coating", node="n3"))
    move(people.platform, "b1", "n3")
    put(people.platform, Noun.NEED, hidden)
    with pytest.raises(NotAllowed) as caught:
        named(people, id_)
    error = caught.value
    assert (error.values["reason"], error.where["field"]) == (UNSEEN, "need")
    assert "public" in str(error)
    assert not {"m1", "n3", "b1"} & {*re.findall(r"\w+", str(error))}
    put(people.platform, Noun.NEED, replace(hidden, visibility=Visibility.PUBLIC))
    assert named(people, id_).kept.interest.need == "w9"


def test_it_is_for_whose_it_is_and_for_what_lacks_one(people: People, id_: str) -> None:
    platform = people.platform
    for viewer, error in (
        (people.first, NotAllowed),
        (people.admin, NotAllowed),
        (firm(platform, "other"), NotFound),
    ):
        with pytest.raises(error):
            name_need(platform, viewer, id_, "w9")
    with pytest.raises(EditConflict):
        name_need(platform, people.firm, id_, "w9", version=1)
    named(people, id_)
    with pytest.raises(IllegalTransition):
        named(people, id_)


def test_one_open_interest_in_an_outcome_is_enough(people: People, id_: str) -> None:
    express(people.platform, people.firm, "o1", text="again")
    with pytest.raises(IllegalTransition):
        named(people, id_)
