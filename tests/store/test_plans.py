"""Plans: they come back as they were kept, and nobody writes over what they haven't seen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.enums import FollowUpState
from matcher.domain.followup import FollowUp
from matcher.domain.plan import PlanState, add_line, decide, remove_line
from matcher.errors import DuplicateId, EditConflict, InvalidValue, NotFound
from matcher.store import followups, plans
from tests.store.some_contents import PLAN
from tests.store.some_records import NOW


@pytest.fixture
def session(database):
    with database.writing() as session:
        yield session


def kept(session, id=PLAN.id):
    found = plans.get(session, id)
    assert found is not None
    return found


def test_a_plan_comes_back_as_it_was_kept(session):
    assert plans.add(session, PLAN).version == 1
    assert kept(session) == plans.KeptPlan(PLAN, 1)
    assert plans.get(session, "P9") is plans.get(session, "\0") is None


def test_an_id_is_taken_once(session):
    plans.add(session, PLAN)
    with pytest.raises(DuplicateId, match="P1"):
        plans.add(session, PLAN)


def test_a_later_state_is_written_over_the_one_that_was_read(session):
    plans.add(session, PLAN)
    edited = add_line(remove_line(PLAN, "n1", "o1"), "n2", "o9", "m2", 0.25)
    assert plans.save(session, edited, 1).version == 2
    assert kept(session).plan == edited
    confirmed = decide(edited, PlanState.CONFIRMED, by="A1", at=NOW)
    plans.save(session, confirmed, 2)
    assert kept(session) == plans.KeptPlan(confirmed, 3)


def test_what_somebody_else_changed_is_not_written_over(session):
    plans.add(session, PLAN)
    plans.save(session, remove_line(PLAN, "n1", "o1"), 1)
    with pytest.raises(EditConflict) as refused:
        plans.save(session, PLAN, 1)
    assert refused.value.values == {"version": 2}
    with pytest.raises(NotFound):
        plans.save(session, replace(PLAN, id="P9"), 1)


def test_an_id_that_no_index_holds_is_refused(session):
    with pytest.raises(InvalidValue):
        plans.add(session, replace(PLAN, id="P" * 501))


def test_the_newest_come_first_without_their_lines(session):
    later = replace(PLAN, id="P2", made_at=NOW + timedelta(seconds=1), lines=PLAN.lines * 1)
    plans.add(session, later)
    plans.add(session, PLAN)
    found = plans.newest(session)
    assert [one.id for one in found] == ["P2", "P1"]
    assert {one.lines + one.unassigned + one.short for one in found} == {()}
    assert [one.id for one in plans.newest(session, limit=1)] == ["P2"]


def test_a_limit_counts_the_plans_of_the_nodes_that_are_asked_for(session):
    for number, node in enumerate(("n1", "n2", "n2")):
        made_at = NOW + timedelta(seconds=number)
        plans.add(session, replace(PLAN, id=f"P{number}", made_at=made_at, node=node))
    assert [one.id for one in plans.newest(session, 1, ["n1"])] == ["P0"]
    assert [one.id for one in plans.newest(session, 9, ["n2", "n3"])] == ["P2", "P1"]
    assert plans.newest(session, 9, []) == ()


def test_lines_are_told_with_their_state(session):
    edited = add_line(remove_line(PLAN, "n1", "o1"), "n2", "o9", "m2", 0.25)
    plans.add(session, edited)
    found = plans.states(session, ["P1", "P2"])
    assert sorted(found) == [("P1", "n1", "o1", "removed"), ("P1", "n2", "o9", "added")]


def test_more_lines_than_one_statement_takes_come_back_in_order(session):
    line = PLAN.lines[0]
    many = tuple(replace(line, need=f"n{place}") for place in range(1201))
    plans.add(session, replace(PLAN, lines=many))
    assert kept(session).plan.lines == many


def test_who_is_taken_up_with_what_follows_from_the_states(session):
    for id, need, outcome, manager, state in (
        ("F1", "n1", "o1", "m1", FollowUpState.SUGGESTED),
        ("F2", "n1", "o1", "m2", FollowUpState.CONTACTED),
        ("F3", "n2", "o1", "m1", FollowUpState.ACCEPTED),
    ):
        followups.add(
            session, FollowUp(id=id, need=need, outcome=outcome, manager=manager, state=state)
        )
    some = (FollowUpState.SUGGESTED, FollowUpState.ACCEPTED)
    assert plans.loads(session, some) == {"m1": 2}
    assert plans.loads(session, some)["m2"] == 0


def test_what_comes_behind_one_is_older_or_of_the_same_moment(session):
    for id_, seconds in (("P0", 0), ("P1", 1), ("P2", 1)):
        plans.add(session, replace(PLAN, id=id_, made_at=NOW + timedelta(seconds=seconds)))
    assert [one.id for one in plans.newest(session, after="P2")] == ["P1", "P0"]
    assert [one.id for one in plans.newest(session, after="P1")] == ["P0"]
    assert plans.newest(session, after="nothing") == ()
