"""An interest goes to the best with room, from one to the next, and waits where nobody may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.actions.decisions import Decision, decide
from matcher.actions.interest_answers import decline_interest, route_interest
from matcher.actions.interest_reading import SeenInterest, get_interest, list_interests
from matcher.actions.interests import express
from matcher.domain.enums import DeclineReason, Noun, Visibility
from matcher.domain.enums import FollowUpState as State
from matcher.domain.interest import InterestState
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.errors import NotFound
from matcher.store import followups
from tests.actions.interest_cases import SECOND, THIRD, People, firm, people
from tests.platforms import manager, outcome, put

__all__ = ["people"]
REGION = DeclineReason.REGION


def whose(people: People, id_: str) -> tuple[str, str]:
    interest = get_interest(people.platform, SYSTEM, id_).kept.interest
    return interest.state, interest.manager


def about_a_need(people: People) -> str:
    return express(people.platform, people.firm, "o1", need="w9").kept.interest.id


@pytest.mark.parametrize(
    ("best", "second", "chosen"),
    [
        ({}, {}, "m1"),
        ({"capacity": 0}, {}, "m5"),
        ({"conflicts": ("涂料厂",)}, {}, "m5"),
        ({"conflicts": ("涂料厂",)}, {"active": False}, "m6"),
    ],
    ids=["best", "full", "conflict", "not active"],
)
def test_the_best_who_is_free_gets_it(
    people: People, best: dict[str, object], second: dict[str, object], chosen: str
) -> None:
    first = manager("m1", "涂层、新材料方向,懂石墨烯。", "graphene coating licence", **best)
    put(people.platform, Noun.MANAGER, first, replace(SECOND, **second))
    asker = firm(people.platform, "asker", organisation="涂料厂")
    assert express(people.platform, asker, "o1").kept.interest.manager == chosen


def test_whoever_turns_it_down_does_not_get_it_back_and_knows_no_more_of_it(
    people: People,
) -> None:
    id_ = about_a_need(people)
    for viewer, next_one in ((people.first, "m5"), (people.second, "m6")):
        decline_interest(people.platform, viewer, id_, REGION)
        assert whose(people, id_) == ("routed", next_one)
        with pytest.raises(NotFound):
            get_interest(people.platform, viewer, id_)
    decline_interest(people.platform, people.third, id_, REGION)
    assert whose(people, id_) == ("unrouted", "")
    with people.platform.database.reading() as session:
        states = {one.followup.manager: one.followup.state for one in followups.every(session)}
    assert states == dict.fromkeys(("m1", "m5", "m6"), State.DECLINED)


def test_where_nobody_can_it_waits_for_the_admins_of_the_node_and_nobody_else(
    people: People,
) -> None:
    full = [replace(one, capacity=0) for one in (manager("m1", "涂层"), SECOND, THIRD)]
    put(people.platform, Noun.MANAGER, *full)
    seen = express(people.platform, people.firm, "o1")
    assert seen.kept.interest.state is InterestState.UNROUTED

    def found(viewer: Viewer) -> list[SeenInterest]:
        rows = list_interests(people.platform, viewer, [InterestState.UNROUTED]).rows
        return [*rows]

    assert [one.kept for one in found(people.admin)] == [seen.kept]
    assert [one.kept for one in found(people.firm)] == [seen.kept]
    for viewer in (people.first, people.second, people.elsewhere):
        assert found(viewer) == []


def test_an_admin_has_it_routed_once_there_is_room(people: People) -> None:
    put(people.platform, Noun.MANAGER, manager("m1", "涂层", capacity=0))
    put(people.platform, Noun.MANAGER, *(replace(one, capacity=0) for one in (SECOND, THIRD)))
    id_ = about_a_need(people)
    assert route_interest(people.platform, people.admin, id_).kept.interest.manager == ""
    put(people.platform, Noun.MANAGER, SECOND)
    assert route_interest(people.platform, people.admin, id_).kept.interest.manager == "m5"


def test_who_carries_the_pair_already_has_taken_the_interest_up(people: People) -> None:
    kept = decide(people.platform, people.third, "m6", "w9", "o1", Decision.ACCEPT)
    id_ = about_a_need(people)
    assert whose(people, id_) == ("accepted", "m6")
    with people.platform.database.reading() as session:
        assert list(followups.every(session)) == [kept]


def test_what_may_not_be_known_of_is_given_to_who_may(people: People) -> None:
    hidden = outcome(
        "o9", "石墨烯涂层", visibility=Visibility.NAMED, owner="x", visible_to=("firm", "b5")
    )
    put(people.platform, Noun.OUTCOME, hidden)
    assert express(people.platform, people.firm, "o9").kept.interest.manager == "m5"
