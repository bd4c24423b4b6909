"""Who may be given an interest, and each thing that stands against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from matcher.actions.interest_bench import Asked, Bench
from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import DeclineReason, Noun, Role, Visibility
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import FollowUp, transition
from matcher.domain.interest import Interest, InterestState, step
from matcher.domain.manager import Manager
from matcher.store import accounts, followups, interests
from tests.actions.interest_cases import firm
from tests.actions.pursuits import sign_up
from tests.platforms import NOW, manager, need, outcome, put, remove

INTEREST = Interest(id="X1", outcome="o1", need="w9", account="firm", made_at=NOW)
MANAGER = manager("m1", "涂层")
FOLLOW_UP = FollowUp(id="F1", need="w9", outcome="o1", manager="m1")


def step_of(followup: FollowUp, to: State, **more: object) -> FollowUp:
    return transition(followup, to, by="a", at=NOW, **more)  # type: ignore[arg-type]


ACCEPTED = step_of(FOLLOW_UP, State.ACCEPTED)
DECLINED = step_of(FOLLOW_UP, State.DECLINED, reason=DeclineReason.PRICE)
SIGNED = step_of(step_of(ACCEPTED, State.CONTRACT_SIGNED), State.CLOSED)


@pytest.fixture
def place(platform: Platform) -> Platform:
    """m1 may be given the interest."""
    sign_up(platform, "b1", manager="m1")
    firm(platform, "firm", organisation="涂料厂")
    put(platform, Noun.NEED, need("w9", "涂层", owner="firm"))
    put(platform, Noun.MANAGER, MANAGER)
    return platform


def may(platform: Platform, interest: Interest = INTEREST, id_: str = "m1") -> bool:
    serving = platform.live.look_now()
    with platform.database.reading() as session:
        asked = Asked.of(session, interest)
        return asked is not None and Bench(session, serving, asked).may(id_)


def keep(platform: Platform, *pursued: FollowUp) -> None:
    with platform.database.writing() as session:
        for one in pursued:
            followups.add(session, one)


def as_manager(record: Manager) -> Callable[[Platform], None]:
    return lambda platform: put(platform, Noun.MANAGER, record)


def with_followups(*pursued: FollowUp) -> Callable[[Platform], None]:
    return lambda platform: keep(platform, *pursued)


def disabled(platform: Platform) -> None:
    with platform.database.writing() as session:
        accounts.disable(session, "b1")


def same_person(platform: Platform) -> None:
    account = Account(id="firm", login="firm", roles=(Role.ENTERPRISE,), manager="m1")
    with platform.database.writing() as session:
        accounts.save(session, account)


def waiting(platform: Platform) -> None:
    put(platform, Noun.MANAGER, replace(MANAGER, capacity=1))
    other = replace(INTEREST, id="X2", need="", account="other")
    routed = step(other, InterestState.ROUTED, by="a", at=NOW, manager="m1")
    with platform.database.writing() as session:
        interests.add(session, routed)


HINDRANCES: dict[str, Callable[[Platform], None]] = {
    "not active": as_manager(replace(MANAGER, active=False)),
    "no account": disabled,
    "full": as_manager(replace(MANAGER, capacity=0)),
    "an interest to answer": waiting,
    "keeps away from the firm": as_manager(replace(MANAGER, conflicts=("涂料厂",))),
    "is the firm's person": as_manager(replace(MANAGER, same_person=("firm",))),
    "has the firm's account": same_person,
    "gone": lambda platform: remove(platform, Noun.MANAGER, ["m1"]),
    "need is gone": lambda platform: remove(platform, Noun.NEED, ["w9"]),
    "outcome is gone": lambda platform: remove(platform, Noun.OUTCOME, ["o1"]),
    "outcome is hidden": lambda platform: put(
        platform, Noun.OUTCOME, outcome("o1", "涂层", visibility=Visibility.NAMED, owner="x")
    ),
    "own outcome": lambda platform: put(platform, Noun.OUTCOME, outcome("o1", "涂层", owner="b1")),
    "turned the pair down": with_followups(DECLINED),
    "pair is another's": with_followups(replace(ACCEPTED, id="F2", manager="m2")),
    "pair is signed": with_followups(replace(SIGNED, id="F2", manager="m2")),
}


def test_nothing_stands_against_one_who_is_free(place: Platform) -> None:
    assert may(place)
    assert not may(place, id_="m99")


@pytest.mark.parametrize("hindrance", HINDRANCES)
def test_what_stands_against_it(place: Platform, hindrance: str) -> None:
    HINDRANCES[hindrance](place)
    assert not may(place)


def test_who_had_it_before_does_not_get_it_again(place: Platform) -> None:
    routed = step(INTEREST, InterestState.ROUTED, by="a", at=NOW, manager="m1")
    back = step(routed, InterestState.UNROUTED, by="a", at=NOW, why="no")
    assert not may(place, back)


@pytest.mark.parametrize("own", [FOLLOW_UP, ACCEPTED], ids=["suggested", "accepted"])
def test_who_pursues_the_pair_needs_no_more_room(place: Platform, own: FollowUp) -> None:
    put(place, Noun.MANAGER, replace(MANAGER, capacity=0))
    keep(place, own)
    assert may(place)
