"""Expressing an interest: by whom, in what, once, and never lost."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

from matcher.actions.followup_id import followup_id
from matcher.actions.interest_answers import accept_interest, decline_interest
from matcher.actions.interest_reading import SeenInterest, list_interests
from matcher.actions.interests import express, withdraw
from matcher.actions.platform import Platform
from matcher.domain.enums import DeclineReason, Noun, Role, Visibility
from matcher.domain.enums import FollowUpState as State
from matcher.domain.event import Event
from matcher.domain.interest import InterestState
from matcher.domain.visibility import SYSTEM
from matcher.errors import EditConflict, IllegalTransition, InvalidValue, NotAllowed, NotFound
from matcher.store import events, followups
from tests.actions.interest_cases import People, firm, people
from tests.actions.pursuits import sign_up
from tests.platforms import NOW, need, outcome, put

__all__ = ["people"]
WORDS = {"text": " 想了解价格 ", "contact": "1390000"}


def told(platform: Platform) -> list[Event]:
    with platform.database.reading() as session:
        return [event for _, event in events.read(session)]


def named(event: Event) -> dict[Noun, str]:
    return {one.noun: one.id for one in event.subjects}


def test_an_interest_in_words_goes_to_the_manager_who_fits_best(people: People) -> None:
    seen = express(people.platform, people.firm, "o1", **WORDS)
    interest = seen.kept.interest
    assert (interest.state, interest.manager, interest.account) == ("routed", "m1", "firm")
    assert (interest.text, interest.contact, interest.node) == ("想了解价格", "1390000", "n2")
    assert (interest.made_at, interest.need, seen.followup) == (NOW, "", "")
    assert (seen.outcome_title, seen.need_title) == ("石墨烯耐磨涂层", "")
    with people.platform.database.reading() as session:
        assert not list(followups.every(session))


def test_with_a_need_the_manager_has_a_follow_up_of_the_pair_to_answer_today(
    people: People,
) -> None:
    express(people.platform, people.firm, "o1", need="w9")
    with people.platform.database.reading() as session:
        [kept] = followups.every(session)
    followup = kept.followup
    assert followup.id == followup_id("w9", "o1", "m1")
    assert (followup.state, followup.node, followup.due) == (State.SUGGESTED, "n1", NOW.date())
    assert followup.next_action == "回复企业的意向"
    for viewer, id_ in (
        (people.firm, ""),
        (people.first, followup.id),
        (people.admin, followup.id),
    ):
        [row] = list_interests(people.platform, viewer).rows
        assert row.followup == id_


def test_every_write_is_told(people: People) -> None:
    seen = express(people.platform, people.firm, "o1", need="w9")
    withdraw(people.platform, people.firm, seen.kept.interest.id)
    expressed, routed, withdrawn, noted = told(people.platform)
    assert [one.verb for one in (expressed, routed, withdrawn, noted)] == [
        *("interest_expressed", "interest_routed", "interest_withdrawn", "noted"),
    ]
    assert {one.actor for one in (expressed, routed, withdrawn, noted)} == {"firm"}
    about = {Noun.INTEREST: seen.kept.interest.id, Noun.OUTCOME: "o1", Noun.NEED: "w9"}
    assert named(expressed) == about
    assert named(routed) == {**about, Noun.MANAGER: "m1"}
    assert routed.model_version.startswith("0001-")


def test_a_second_one_answers_with_the_first_until_that_is_over(people: People) -> None:
    def say(text: str) -> SeenInterest:
        return express(people.platform, people.firm, "o1", text=text)

    first = say("one")
    again = say("another")
    assert again == first
    withdraw(people.platform, people.firm, first.kept.interest.id)
    third = say("third")
    assert third.kept.interest.id != first.kept.interest.id
    accept_interest(people.platform, people.first, third.kept.interest.id)
    assert say("fourth").kept.interest.id != third.kept.interest.id
    other = express(people.platform, firm(people.platform, "other"), "o1")
    assert other.kept.interest.account == "other"


def test_two_at_the_same_moment_make_one(people: People) -> None:
    together, found = Barrier(2), []

    def say() -> None:
        together.wait()
        found.append(express(people.platform, people.firm, "o1", need="w9").kept.interest.id)

    threads = [Thread(target=say) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert len(set(found)) == 1
    assert [one.verb for one in told(people.platform)] == ["interest_expressed", "interest_routed"]


def test_only_enterprises_and_admins_have_interests(people: People) -> None:
    holder = sign_up(people.platform, "holder", Role.HOLDER)
    for viewer in (people.first, holder, SYSTEM):
        with pytest.raises(NotAllowed, match="by an enterprise"):
            express(people.platform, viewer, "o1")
    assert express(people.platform, people.admin, "o1").kept.interest.manager == "m1"


def test_what_may_not_be_known_of_can_be_nobodys_interest(people: People) -> None:
    hidden = outcome("o9", "hidden", visibility=Visibility.NAMED, owner="somebody")
    put(people.platform, Noun.OUTCOME, hidden)
    put(people.platform, Noun.NEED, need("w8", "hidden", visibility=Visibility.NAMED, owner="x"))
    for wanted, named in (("o9", ""), ("o99", ""), ("o1", "w8"), ("o1", "w99")):
        with pytest.raises(NotFound):
            express(people.platform, people.firm, wanted, need=named)
    assert told(people.platform) == []


def test_a_need_must_be_ones_own(people: People) -> None:
    put(people.platform, Noun.NEED, need("w7", "涂层", organisation="涂料厂"))
    with pytest.raises(NotAllowed, match="isn't yours"):
        express(people.platform, people.firm, "o1", need="w7")
    member = firm(people.platform, "member", organisation="涂料厂")
    assert express(people.platform, member, "o1", need="w7").kept.interest.need == "w7"


def test_what_is_ones_own_needs_nobody_to_bring_it(people: People) -> None:
    put(people.platform, Noun.OUTCOME, outcome("o7", "石墨烯", holder="涂料厂"))
    put(people.platform, Noun.OUTCOME, outcome("o8", "石墨烯", owner="member"))
    member = firm(people.platform, "member", organisation="涂料厂")
    for wanted in ("o7", "o8"):
        with pytest.raises(NotAllowed, match="your own organisation"):
            express(people.platform, member, wanted)


def test_too_many_words_are_refused_and_nothing_is_kept(people: People) -> None:
    with pytest.raises(InvalidValue, match="longer"):
        express(people.platform, people.firm, "o1", text="x" * 5001)
    assert list_interests(people.platform, SYSTEM).rows == ()


def test_whose_it_is_and_admins_withdraw_it_and_the_manager_is_told(people: People) -> None:
    for viewer in (people.firm, people.admin):
        seen = express(people.platform, people.firm, "o1", need="w9")
        for other, error in ((people.first, NotAllowed), (people.elsewhere, NotFound)):
            with pytest.raises(error):
                withdraw(people.platform, other, seen.kept.interest.id)
        over = withdraw(people.platform, viewer, seen.kept.interest.id, version=2)
        assert over.kept.interest.state is InterestState.WITHDRAWN
    with people.platform.database.reading() as session:
        [kept] = followups.every(session)
    assert kept.followup.state is State.SUGGESTED
    assert [note.text for note in kept.followup.notes] == ["企业撤回了意向。"] * 2
    with pytest.raises(IllegalTransition):
        withdraw(people.platform, people.firm, seen.kept.interest.id)


def test_another_version_than_was_seen_is_not_withdrawn(people: People) -> None:
    seen = express(people.platform, people.firm, "o1")
    id_ = seen.kept.interest.id
    decline_interest(people.platform, people.first, id_, DeclineReason.REGION)
    with pytest.raises(EditConflict) as refused:
        withdraw(people.platform, people.firm, id_, version=seen.kept.version)
    assert refused.value.values["version"] == 4
