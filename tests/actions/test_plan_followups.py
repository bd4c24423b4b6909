"""What became of the pairs of a plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.actions.plan_confirmation import confirm_plan
from matcher.actions.plan_edits import EditKind, PlanEdit, edit_plan
from matcher.actions.plan_followups import followups_of
from matcher.actions.plan_reading import get_plan
from matcher.actions.platform import Platform
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from matcher.store import plans
from tests.actions.test_plan_reading import LINES, PLAN, place

__all__ = ["place"]
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_lines_lead_to_their_follow_ups_once_the_plan_is_confirmed(place: Platform) -> None:
    edit_plan(place, SYSTEM, "P1", PlanEdit(EditKind.REMOVE, "w2", "o3"))
    assert followups_of(place, SYSTEM, get_plan(place, SYSTEM, "P1").plan) == {}
    [made] = confirm_plan(place, SYSTEM, "P1").followups
    plan = get_plan(place, SYSTEM, "P1").plan
    found = followups_of(place, SYSTEM, plan)
    assert {line: one.id for line, one in found.items()} == {LINES[0]: made}
    assert followups_of(place, ANONYMOUS, plan) == {}


def test_what_another_plan_made_is_none_of_this_plans(place: Platform) -> None:
    with place.database.writing() as session:
        plans.add(session, replace(PLAN, id="P2", lines=LINES[:1]))
    [theirs] = confirm_plan(place, SYSTEM, "P2").followups
    [own] = confirm_plan(place, SYSTEM, "P1").followups
    found = {
        id_: followups_of(place, SYSTEM, get_plan(place, SYSTEM, id_).plan) for id_ in ("P1", "P2")
    }
    assert {line: one.id for line, one in found["P1"].items()} == {LINES[1]: own}
    assert {line: one.id for line, one in found["P2"].items()} == {LINES[0]: theirs}
