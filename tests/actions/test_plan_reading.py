"""Who sees which plan, and that a plan names no record its reader may not know of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.plan_reading import (
    get_plan,
    list_plans,
    page_plans,
    require_plan,
    required_plan,
)
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun, Visibility
from matcher.domain.plan import Plan, PlanLine, Quota, Unassigned, Unmet, remove_line
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from matcher.errors import NotFound
from matcher.store import plans
from tests.actions.test_plans import admin
from tests.platforms import NOW, need, put

LINES = tuple(
    PlanLine(need=need, outcome=outcome, manager="m1", value=0.5)
    for need, outcome in (("w1", "o1"), ("w2", "o3"))
)
PLAN = Plan(
    id="P1",
    made_at=NOW,
    by="a1",
    quota=Quota(most=2),
    node="n2",
    lines=LINES,
    unassigned=(Unassigned(need="w1", outcome="o2", rule=Unmet.QUOTA),),
)


@pytest.fixture
def place(platform: Platform) -> Platform:
    """A plan of the node in the east."""
    with platform.database.writing() as session:
        plans.add(session, PLAN)
    return platform


def test_admins_of_the_node_and_above_see_it_and_nobody_else(place: Platform) -> None:
    for viewer in (SYSTEM, admin("n1"), admin("n2")):
        require_plan(place, viewer, "P1")
        assert get_plan(place, viewer, "P1").plan == PLAN
        assert [plan.id for plan, _ in list_plans(place, viewer)] == ["P1"]
    for viewer in (ANONYMOUS, admin("n3"), admin("n4")):
        with pytest.raises(NotFound, match="no plan 'P1'"):
            get_plan(place, viewer, "P1")
        with pytest.raises(NotFound, match="no plan 'P1'"):
            require_plan(place, viewer, "P1")
        assert list_plans(place, viewer) == ()


def test_lines_of_hidden_records_are_not_told(place: Platform) -> None:
    hidden = need("w1", "Secret", "x", visibility=Visibility.NAMED, owner="somebody")
    put(place, Noun.NEED, hidden)
    view = get_plan(place, admin("n2"), "P1")
    assert [line.need for line in view.plan.lines] == ["w2"]
    assert view.plan.unassigned == ()
    assert (Noun.NEED, "w1") not in view.titles
    assert len(get_plan(place, SYSTEM, "P1").plan.lines) == 2


def test_a_list_is_cut_after_what_is_not_the_viewers(place: Platform) -> None:
    with place.database.writing() as session:
        for number in range(3):
            made_at = NOW + timedelta(days=1 + number)
            plans.add(session, replace(PLAN, id=f"west{number}", made_at=made_at, node="n3"))
    assert [plan.id for plan, _ in list_plans(place, admin("n2"), limit=1)] == ["P1"]


def test_lines_of_hidden_records_are_not_counted(place: Platform) -> None:
    put(place, Noun.NEED, need("w1", "Secret", visibility=Visibility.NAMED, owner="somebody"))
    assert [dict(counts) for _, counts in list_plans(place, admin("n2"))] == [{"proposed": 1}]
    assert [dict(counts) for _, counts in list_plans(place, SYSTEM)] == [{"proposed": 2}]


def test_the_list_counts_lines_by_their_state_the_newest_plan_first(place: Platform) -> None:
    later = Plan(id="P2", made_at=NOW + timedelta(1), by="a1", quota=Quota(most=1), node="n2")
    with place.database.writing() as session:
        kept = required_plan(session, SYSTEM, "P1")
        plans.save(session, remove_line(kept.plan, "w1", "o1"), kept.version)
        plans.add(session, later)
    listed = {plan.id: dict(counts) for plan, counts in list_plans(place, SYSTEM)}
    assert list(listed) == ["P2", "P1"]
    assert listed == {"P2": {}, "P1": {"removed": 1, "proposed": 1}}
    assert len(list_plans(place, SYSTEM, limit=1)) == 1


def test_plans_come_by_pages(place: Platform) -> None:
    with place.database.writing() as session:
        plans.add(session, replace(PLAN, id="P2", made_at=NOW + timedelta(days=1)))
    first = page_plans(place, SYSTEM, "", 1)
    assert ([plan.id for plan, _ in first.rows], first.next) == (["P2"], "P2")
    second = page_plans(place, SYSTEM, "P2", 1)
    assert ([plan.id for plan, _ in second.rows], second.next) == (["P1"], None)
