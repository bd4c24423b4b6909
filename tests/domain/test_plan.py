"""A docking plan: edited while it is a draft, decided once, a pair with one manager at most."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.plan import (
    LineState,
    Plan,
    PlanLine,
    PlanState,
    Quota,
    Short,
    Shortfall,
    Unassigned,
    Unmet,
    add_line,
    decide,
    move_line,
    remove_line,
)
from matcher.errors import IllegalTransition, InvalidValue, MatcherError, NotFound

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def line(need: str, outcome: str, manager: str, **more: Any) -> PlanLine:
    return PlanLine(need=need, outcome=outcome, manager=manager, value=0.5, **more)


LINES = (line("n1", "o1", "m1"), line("n1", "o2", "m1"), line("n2", "o1", "m2"))


def plan(**more: Any) -> Plan:
    given: dict[str, Any] = {"quota": Quota(least=1, most=2), "lines": LINES, **more}
    return Plan(id="P1", made_at=NOON, by="a1", **given)


def managers(found: Plan) -> dict[tuple[str, str], str]:
    return {(one.need, one.outcome): one.manager for one in found.active}


def test_a_line_that_is_removed_stays_in_the_past_of_the_plan() -> None:
    before = plan()
    after = remove_line(before, "n1", "o2")
    assert ("n1", "o2") not in managers(after)
    assert [one.state for one in after.lines] == [
        LineState.PROPOSED,
        LineState.REMOVED,
        LineState.PROPOSED,
    ]
    assert (before.load("m1"), after.load("m1")) == (2, 1)
    assert before == plan()


def test_a_line_moves_to_another_manager() -> None:
    after = move_line(plan(), "n1", "o2", "m2", 0.25)
    assert managers(after) == {("n1", "o1"): "m1", ("n1", "o2"): "m2", ("n2", "o1"): "m2"}
    moved = after.line_of("n1", "o2")
    assert moved is not None
    assert (moved.state, moved.value) == (LineState.ADDED, 0.25)


def test_moving_there_and_back_leaves_one_line_for_each_manager() -> None:
    there = move_line(plan(), "n1", "o2", "m2", 0.25)
    back = move_line(there, "n1", "o2", "m1", 0.5)
    assert managers(back) == managers(plan())
    assert len(back.lines) == len(LINES) + 1


def test_a_pair_is_added_up_to_the_quota() -> None:
    after = add_line(plan(), "n3", "o3", "m2", 0.0)
    assert after.load("m2") == 2
    with pytest.raises(InvalidValue, match="as many as the quota") as refused:
        add_line(after, "n4", "o4", "m2", 0.1)
    assert refused.value.values == {"rule": "quota"}
    assert refused.value.where == {"field": "manager"}


def test_a_pair_keeps_its_one_manager() -> None:
    with pytest.raises(InvalidValue, match="is m1's already"):
        add_line(plan(), "n1", "o1", "m2", 0.5)
    with pytest.raises(InvalidValue, match="is m1's already"):
        move_line(plan(), "n1", "o1", "m1", 0.5)
    with pytest.raises(InvalidValue, match="2 managers"):
        plan(lines=(*LINES, line("n1", "o1", "m2")))
    assert plan(lines=(*LINES, line("n1", "o1", "m2", state=LineState.REMOVED))).load("m2") == 1


def test_what_is_not_in_the_plan_is_not_found() -> None:
    gone = remove_line(plan(), "n1", "o1")
    for edit in (
        lambda: remove_line(gone, "n1", "o1"),
        lambda: move_line(gone, "n1", "o1", "m2", 0.5),
    ):
        with pytest.raises(NotFound, match="no line of n1 with o1"):
            edit()


@pytest.mark.parametrize("to", [PlanState.CONFIRMED, PlanState.DISCARDED])
def test_a_plan_that_was_decided_stays_as_it_is(to: PlanState) -> None:
    decided = decide(plan(), to, by="a2", at=NOON)
    assert (decided.state, decided.decided_by, decided.decided_at) == (to, "a2", NOON)
    for edit in (
        lambda: remove_line(decided, "n1", "o1"),
        lambda: add_line(decided, "n9", "o9", "m9", 0.5),
        lambda: move_line(decided, "n1", "o1", "m2", 0.5),
        lambda: decide(decided, PlanState.CONFIRMED, by="a2", at=NOON),
        lambda: decide(decided, PlanState.DISCARDED, by="a2", at=NOON),
    ):
        with pytest.raises(IllegalTransition, match=f"was {to.value} already") as refused:
            edit()
        assert refused.value.values == {"legal": ()}


def test_a_draft_becomes_no_draft() -> None:
    with pytest.raises(IllegalTransition) as refused:
        decide(plan(), PlanState.DRAFT, by="a2", at=NOON)
    assert refused.value.values == {"legal": ("confirmed", "discarded")}


@pytest.mark.parametrize(
    ("text", "quota"), [("1:5", (1, 5)), ("0:1", (0, 1)), ("7", (0, 7)), (" 2:2 ", (2, 2))]
)
def test_a_quota_is_read_as_it_is_typed(text: str, quota: tuple[int, int]) -> None:
    read = Quota.parse(text)
    assert (read.least, read.most) == quota
    assert Quota.parse(str(read)) == read


@pytest.mark.parametrize(
    "text", ["", ":", "5:", ":5", "5:1", "0:0", "-1:5", "a:b", "1:2:3", "²:３", "1:1001"]
)
def test_what_is_no_quota_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Quota.parse(text)
    assert refused.value.where == {"field": "quota"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""},
        {"by": " "},
        {"fairness": 1.5},
        {"made_at": NOON.astimezone(timezone(timedelta(hours=8)))},
        {"decided_at": NOON.replace(tzinfo=None)},
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    given: dict[str, Any] = {"id": "P1", "made_at": NOON, "by": "a", "quota": Quota(most=1)}
    with pytest.raises(InvalidValue):
        Plan(**{**given, **wrong})


def test_a_plan_comes_back_from_its_mapping() -> None:
    full = plan(
        unassigned=(Unassigned(need="n3", outcome="o3", rule=Unmet.CONFLICT),),
        short=(Short(manager="m3", missing=1, reason=Shortfall.NO_PAIR),),
        decided_at=NOON,
    )
    assert Plan.from_mapping(full.to_mapping()) == full


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["remove", "add", "move"]),
        st.sampled_from(["n1", "n2"]),
        st.sampled_from(["o1", "o2"]),
        st.sampled_from(["m1", "m2"]),
    ),
    max_size=12,
)


@given(EDITS)
def test_whatever_is_edited_quota_and_one_manager_a_pair_hold(
    edits: list[tuple[str, str, str, str]],
) -> None:
    found = plan()
    for kind, need, outcome, manager in edits:
        try:
            if kind == "remove":
                found = remove_line(found, need, outcome)
            else:
                change = add_line if kind == "add" else move_line
                found = change(found, need, outcome, manager, 0.5)
        except MatcherError:
            continue
        assert all(found.load(one) <= 2 for one in ("m1", "m2"))
        assert len(managers(found)) == len(found.active)
        keys = [(one.need, one.outcome, one.manager) for one in found.lines]
        assert len(set(keys)) == len(keys)
