"""Interests: whose they are, what may happen to them, and that nobody is asked twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import DeclineReason
from matcher.domain.interest import (
    LONGEST_CONTACT,
    LONGEST_TEXT,
    Interest,
    InterestState,
    InterestStep,
    legal_steps,
    step,
)
from matcher.errors import IllegalTransition, InvalidValue

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
NEW = Interest(id="X1", outcome="o1", account="a1", made_at=NOON)
State = InterestState
PRICE = DeclineReason.PRICE
WHY = ({"code": "room", "load": 0, "capacity": 3},)


def routed(interest: Interest = NEW, manager: str = "m1") -> Interest:
    return step(interest, State.ROUTED, by="a1", at=NOON, manager=manager, reasons=WHY)


def declined(interest: Interest) -> Interest:
    return step(interest, State.UNROUTED, by="b1", at=NOON, reason=PRICE)


moves = st.lists(
    st.tuples(st.sampled_from(State), st.sampled_from(["m1", "m2", "m3"])), max_size=12
)


@given(moves)
def test_whatever_is_tried_it_has_one_manager_or_none_and_nobody_gets_it_back(tried: list) -> None:  # type: ignore[type-arg]
    interest, turned_down = NEW, set()
    for number, (to, manager) in enumerate(tried):
        legal = legal_steps(interest)
        at = NOON + timedelta(minutes=number)
        before = interest
        try:
            interest = step(interest, to, by="b", at=at, manager=manager, why="because")
        except IllegalTransition:
            assert to not in legal
        except InvalidValue:
            assert (before.state, to) == (State.UNROUTED, State.ROUTED)
            assert manager in turned_down
        else:
            assert to in legal
            assert interest.history[:-1] == before.history
            if to is State.UNROUTED:
                turned_down.add(before.manager)
            assert interest.manager not in turned_down
        assert (interest.state is State.UNROUTED) <= (interest.manager == "")
        assert (interest.state in (State.ROUTED, State.ACCEPTED)) <= bool(interest.manager)
        assert interest.asked >= turned_down


def test_it_goes_from_one_manager_to_the_next() -> None:
    second = routed(declined(routed()), "m2")
    assert (second.manager, second.asked) == ("m2", {"m1", "m2"})
    with pytest.raises(InvalidValue, match="m1 turned this interest down"):
        routed(declined(second), "m1")


def test_the_reasons_are_those_of_the_manager_who_has_it() -> None:
    assert routed().reasons == WHY
    assert declined(routed()).reasons == ()
    assert step(routed(), State.ACCEPTED, by="b1", at=NOON).reasons == WHY


def test_what_was_accepted_can_be_taken_back_but_not_withdrawn() -> None:
    accepted = step(routed(), State.ACCEPTED, by="b1", at=NOON)
    back = step(accepted, State.ROUTED, by="b1", at=NOON, manager="m9")
    assert (back.state, back.manager) == (State.ROUTED, "m1")
    with pytest.raises(IllegalTransition) as refused:
        step(accepted, State.WITHDRAWN, by="a1", at=NOON)
    assert refused.value.values["legal"] == (State.ROUTED,)


def test_what_was_withdrawn_is_over() -> None:
    over = step(routed(), State.WITHDRAWN, by="a1", at=NOON)
    assert (over.manager, over.is_waiting, legal_steps(over)) == ("m1", False, ())


@pytest.mark.parametrize(
    "more",
    [{}, {"why": " "}, {"reason": DeclineReason.OTHER}],
    ids=["nothing", "blank", "other without words"],
)
def test_turning_it_down_needs_a_reason(more: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        step(routed(), State.UNROUTED, by="b1", at=NOON, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": " "},
        {"outcome": ""},
        {"account": ""},
        {"made_at": datetime(2026, 11, 1)},
        {"text": "x" * (LONGEST_TEXT + 1)},
        {"contact": "x" * (LONGEST_CONTACT + 1)},
        {"manager": "m1"},
        {"state": State.ROUTED},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_is_no_interest_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        replace(NEW, **wrong)


def test_a_step_is_never_before_the_last_one() -> None:
    hour = timedelta(hours=1)
    assert NEW.not_before(NOON - hour) == NOON - hour
    assert routed().not_before(NOON - hour) == NOON
    assert routed().not_before(NOON + hour) == NOON + hour


def test_only_routing_gives_it_a_manager() -> None:
    over = step(declined(routed()), State.WITHDRAWN, by="a1", at=NOON, manager="m1")
    assert (over.manager, over.history[-1].manager) == ("", "")


def test_a_history_that_was_made_up_is_refused() -> None:
    late = InterestStep(to_state=State.WITHDRAWN, by="a", at=NOON - timedelta(days=1))
    for history in ((late, late), (*routed().history, late)):
        with pytest.raises(InvalidValue, match="history"):
            replace(NEW, state=State.WITHDRAWN, history=history)
