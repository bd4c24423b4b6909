"""What managers answer to interests: who may, in which state, and what it does to the follow-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from matcher.actions.interest_answers import accept_interest, decline_interest, route_interest
from matcher.actions.interest_reading import get_interest
from matcher.actions.interests import express
from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as State
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.errors import EditConflict, IllegalTransition, InvalidValue, NotAllowed, NotFound
from matcher.store import events, followups
from tests.actions.interest_cases import People, people

__all__ = ["people"]
PRICE = DeclineReason.PRICE


def accept(people: People, viewer: Viewer, id_: str, **more: Any) -> object:
    return accept_interest(people.platform, viewer, id_, **more)


def decline(people: People, viewer: Viewer, id_: str, **more: Any) -> object:
    return decline_interest(people.platform, viewer, id_, PRICE, **more)


def route(people: People, viewer: Viewer, id_: str, **more: Any) -> object:
    return route_interest(people.platform, viewer, id_, **more)


@pytest.fixture(params=["", "w9"], ids=["words", "need"])
def id_(people: People, request: pytest.FixtureRequest) -> str:
    """An interest that m1 has to answer."""
    seen = express(people.platform, people.firm, "o1", need=request.param)
    return seen.kept.interest.id


def states(people: People) -> list[State]:
    with people.platform.database.reading() as session:
        return [kept.followup.state for kept in followups.every(session)]


def last_verbs(people: People, count: int) -> set[str]:
    with people.platform.database.reading() as session:
        return {event.verb for _, event in events.read(session)[-count:]}


@pytest.mark.parametrize("by", ["first", "admin"])
def test_its_manager_takes_it_up_and_so_does_an_admin_for_them(
    people: People, id_: str, by: str
) -> None:
    seen = accept_interest(people.platform, getattr(people, by), id_)
    assert (seen.kept.interest.state, seen.kept.interest.manager) == ("accepted", "m1")
    assert states(people) in ([], [State.ACCEPTED])
    assert "interest_accepted" in last_verbs(people, 2)
    for again in (accept, decline):
        with pytest.raises(IllegalTransition):
            again(people, people.first, id_)


def test_what_is_turned_down_is_the_next_ones_to_answer(people: People, id_: str) -> None:
    decline(people, people.first, id_, why="dear")
    seen = get_interest(people.platform, people.admin, id_)
    assert seen.kept.interest.manager == "m5"
    turned_down = seen.kept.interest.history[1]
    assert (turned_down.manager, turned_down.reason, turned_down.why) == ("m1", PRICE, "dear")
    assert "interest_routed" in last_verbs(people, 1)
    assert accept_interest(people.platform, people.second, id_).kept.interest.manager == "m5"
    assert sorted(states(people)) in ([], [State.ACCEPTED, State.DECLINED])


@pytest.mark.parametrize("answer", [accept, decline])
def test_nobody_else_answers_it(people: People, id_: str, answer: Callable[..., object]) -> None:
    for viewer, error in (
        (people.firm, NotAllowed),
        (people.second, NotFound),
        (people.elsewhere, NotFound),
    ):
        with pytest.raises(error):
            answer(people, viewer, id_)
    with pytest.raises(NotFound):
        answer(people, SYSTEM, "X-nothing")
    assert get_interest(people.platform, people.firm, id_).kept.interest.manager == "m1"


@pytest.mark.parametrize("answer", [accept, decline])
def test_another_version_than_was_seen_is_not_answered(
    people: People, id_: str, answer: Callable[..., object]
) -> None:
    with pytest.raises(EditConflict) as refused:
        answer(people, people.first, id_, version=1)
    assert refused.value.values == {"version": 2}


def test_the_reason_other_needs_words(people: People, id_: str) -> None:
    with pytest.raises(InvalidValue):
        decline_interest(people.platform, people.first, id_, DeclineReason.OTHER)
    assert get_interest(people.platform, people.firm, id_).kept.interest.manager == "m1"


def test_only_admins_route_and_only_what_nobody_has(people: People, id_: str) -> None:
    with pytest.raises(NotAllowed):
        route(people, people.first, id_)
    with pytest.raises(IllegalTransition):
        route(people, people.admin, id_)
