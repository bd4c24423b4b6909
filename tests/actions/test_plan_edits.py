"""A plan edited by hand: the same rules hold for people."""

from __future__ import annotations

import pytest

from matcher.actions import plan_edits
from matcher.actions.plan_edits import EditKind, PlanEdit, edit_plan
from matcher.actions.plan_reading import get_plan
from matcher.actions.platform import Platform
from matcher.domain.enums import FollowUpState, Noun, Visibility
from matcher.domain.plan import LineState
from matcher.domain.visibility import SYSTEM
from matcher.errors import EditConflict, InvalidValue, NotAllowed, NotFound
from matcher.store import events
from tests.actions.test_plan_reading import PLAN, place
from tests.actions.test_plans import admin, pursue
from tests.platforms import manager, need, put, remove

__all__ = ["place"]
MOVE = PlanEdit(EditKind.MOVE, "w1", "o1", "m2")
ADD = PlanEdit(EditKind.ADD, "w3", "o5", "m2")


def test_a_line_is_taken_out_moved_and_added(place: Platform) -> None:
    edit_plan(place, SYSTEM, "P1", PlanEdit(EditKind.REMOVE, "w2", "o3"))
    edit_plan(place, SYSTEM, "P1", MOVE)
    kept = edit_plan(place, SYSTEM, "P1", PlanEdit(EditKind.ADD, "w2", "o4", "m2"))
    active = {(line.need, line.outcome): line for line in kept.plan.active}
    assert {pair: line.manager for pair, line in active.items()} == {
        ("w1", "o1"): "m2",
        ("w2", "o4"): "m2",
    }
    assert active[("w2", "o4")].state is LineState.ADDED
    assert 0 < active[("w2", "o4")].value <= 1
    assert get_plan(place, SYSTEM, "P1").plan == kept.plan
    assert kept.version == 4
    with place.database.reading() as session:
        noted = [event for _, event in events.read(session)]
    told = [(event.verb, [one.id for one in event.subjects]) for event in noted]
    assert told[-3:] == [
        ("plan_line_removed", ["w2", "o3", "m1", "P1"]),
        ("plan_line_moved", ["w1", "o1", "m2", "P1"]),
        ("plan_line_added", ["w2", "o4", "m2", "P1"]),
    ]


def test_what_has_nothing_in_common_may_be_added_and_is_worth_nothing(place: Platform) -> None:
    put(place, Noun.NEED, need("odd", "zzz"))
    kept = edit_plan(place, SYSTEM, "P1", PlanEdit(EditKind.ADD, "odd", "o5", "m2"))
    assert kept.plan.active[-1].value == 0


def test_a_conflict_forbids_a_manager_and_names_the_rule(place: Platform) -> None:
    put(place, Noun.NEED, need("w1", "Graphene", "graphene", organisation="x"))
    put(place, Noun.MANAGER, manager("m2", "Batteries", conflicts=("x",)))
    with pytest.raises(NotAllowed, match="conflict of interest") as refused:
        edit_plan(place, SYSTEM, "P1", MOVE)
    assert refused.value.values == {"rule": "conflict"}
    assert get_plan(place, SYSTEM, "P1").plan == PLAN


def test_the_quota_holds_for_people(place: Platform) -> None:
    with pytest.raises(InvalidValue, match="as the quota allows") as refused:
        edit_plan(place, SYSTEM, "P1", PlanEdit(EditKind.ADD, "w3", "o5", "m1"))
    assert refused.value.values == {"rule": "quota"}


def test_a_manager_without_room_gets_no_further_line(place: Platform) -> None:
    put(place, Noun.MANAGER, manager("m2", "Batteries", capacity=2))
    pursue(place, "w1", "o2", "m2", FollowUpState.SUGGESTED)
    edit_plan(place, SYSTEM, "P1", ADD)
    for edit in (MOVE, PlanEdit(EditKind.ADD, "w2", "o4", "m2")):
        with pytest.raises(NotAllowed, match="no room for more") as refused:
            edit_plan(place, SYSTEM, "P1", edit)
        assert refused.value.values == {"rule": "no_room"}
    edit_plan(place, SYSTEM, "P1", PlanEdit(EditKind.REMOVE, "w3", "o5"))
    assert edit_plan(place, SYSTEM, "P1", MOVE).plan.load("m2") == 1


def test_a_full_manager_loses_a_line_to_another(place: Platform) -> None:
    put(place, Noun.MANAGER, manager("m1", "Coatings", capacity=0))
    assert edit_plan(place, SYSTEM, "P1", MOVE).plan.load("m1") == 1


def test_the_place_is_looked_at_when_the_line_is_written(
    place: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(place, Noun.MANAGER, manager("m2", "Batteries", capacity=1))

    def meanwhile(*_: object) -> float:
        pursue(place, "w1", "o2", "m2", FollowUpState.SUGGESTED)
        return 0.5

    monkeypatch.setattr(plan_edits, "_value", meanwhile)
    with pytest.raises(NotAllowed) as refused:
        edit_plan(place, SYSTEM, "P1", ADD)
    assert refused.value.values == {"rule": "no_room"}
    assert get_plan(place, SYSTEM, "P1").plan == PLAN


def test_a_pair_that_somebody_pursues_is_not_added(place: Platform) -> None:
    pursue(place, "w3", "o5", "m1", FollowUpState.CONTACTED)
    with pytest.raises(NotAllowed) as refused:
        edit_plan(place, SYSTEM, "P1", ADD)
    assert refused.value.values == {"rule": "handled"}


def test_what_is_not_there_or_not_theirs_is_not_found(place: Platform) -> None:
    with pytest.raises(NotFound, match="no plan"):
        edit_plan(place, admin("n3"), "P1", ADD)
    with pytest.raises(NotFound, match="need 'w9'"):
        edit_plan(place, SYSTEM, "P1", PlanEdit(EditKind.ADD, "w9", "o5", "m2"))
    remove(place, Noun.MANAGER, ["m2"])
    with pytest.raises(NotFound, match="manager 'm2'"):
        edit_plan(place, SYSTEM, "P1", ADD)


@pytest.mark.parametrize("kind_of_edit", list(EditKind))
def test_an_edit_does_not_tell_whether_a_hidden_pair_is_in_the_plan(
    place: Platform, kind_of_edit: EditKind
) -> None:
    put(place, Noun.NEED, *(need(id_, visibility=Visibility.BROKERS) for id_ in ("w1", "w3")))
    told = []
    for pair in (("w1", "o1"), ("w3", "o5")):
        manager = "" if kind_of_edit is EditKind.REMOVE else "m2"
        with pytest.raises(NotFound) as refused:
            edit_plan(place, admin("n2"), "P1", PlanEdit(kind_of_edit, *pair, manager))
        told.append(str(refused.value).replace(pair[0], "W").replace(pair[1], "O"))
    assert told[0] == told[1]


def test_what_comes_back_has_no_hidden_line(place: Platform) -> None:
    put(place, Noun.NEED, need("w1", visibility=Visibility.BROKERS))
    view = edit_plan(place, admin("n2"), "P1", PlanEdit(EditKind.REMOVE, "w2", "o3"))
    assert [(line.need, line.state) for line in view.plan.lines] == [("w2", LineState.REMOVED)]
    assert len(get_plan(place, SYSTEM, "P1").plan.lines) == 2


def test_an_admin_plans_for_managers_of_their_node_alone(place: Platform) -> None:
    with pytest.raises(NotAllowed) as refused:
        edit_plan(place, admin("n2"), "P1", ADD)
    assert refused.value.values == {"rule": "not_in_charge"}


def test_a_version_that_is_past_is_refused(place: Platform) -> None:
    edit_plan(place, SYSTEM, "P1", MOVE, version=1)
    with pytest.raises(EditConflict) as refused:
        edit_plan(place, SYSTEM, "P1", ADD, version=1)
    assert refused.value.values == {"version": 2}
