"""Docking plans on a platform: who gets what, who may make one, and what was left over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.actions.answer import Wish
from matcher.actions.decisions import Decision, decide
from matcher.actions.plan_checks import Checks, Obstacle
from matcher.actions.plan_confirmation import confirm_plan
from matcher.actions.plan_reading import PlanView
from matcher.actions.plans import PlanWish, discard_plan, make_plan
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.suggest import suggest
from matcher.domain.account import Account
from matcher.domain.enums import DeclineReason, FollowUpState, Language, Noun, Role, Visibility
from matcher.domain.followup import FollowUp
from matcher.domain.plan import PlanLine, PlanState, Quota, Shortfall, Unmet
from matcher.domain.visibility import SYSTEM, Viewer, viewer_of
from matcher.errors import IllegalTransition, NotAllowed, NotFound
from matcher.recommend.plan import Terms
from matcher.store import events, followups
from tests.platforms import NODES, manager, need, put

PARENTS = {node.id: node.parent for node in NODES}
TWO = PlanWish(Quota(most=2), outcomes=1)


def admin(node: str, role: Role = Role.ADMIN) -> Viewer:
    return viewer_of(Account(id=f"a-{node}", login=node, roles=(role,), node=node), PARENTS)


def made(platform: Platform, viewer: Viewer = SYSTEM, **more: Any) -> PlanView:
    return make_plan(platform, viewer, replace(TWO, **more))


def lines(view: PlanView) -> dict[tuple[str, str], str]:
    return {(line.need, line.outcome): line.manager for line in view.plan.active}


def pursue(platform: Platform, need: str, outcome: str, who: str, state: FollowUpState) -> None:
    followup = FollowUp(
        id=f"{need}-{outcome}", need=need, outcome=outcome, manager=who, state=state
    )
    with platform.database.writing() as session:
        followups.add(session, followup)


def test_needs_go_with_their_best_outcome_to_the_managers_who_suit(
    platform: Platform,
) -> None:
    view = made(platform)
    given = lines(view)
    assert given[("w1", "o1")] == "m1"
    assert {given.get(("w2", "o3")), given.get(("w2", "o4"))} == {"m2", None}
    assert all(0 < line.value <= 1 for line in view.plan.active)
    assert (view.plan.state, view.plan.by, view.plan.node) == (PlanState.DRAFT, OPERATOR, "n1")
    assert view.plan.model_version == platform.live.serving().version
    assert view.titles[(Noun.NEED, "w1")] == "Graphene coating wanted"


def test_nobody_gets_more_than_the_quota_and_the_rest_says_so(platform: Platform) -> None:
    view = made(platform, quota=Quota(most=1))
    assert len(view.plan.active) <= 2
    assert sorted(lines(view).values()) == sorted(set(lines(view).values()))
    assert {one.rule for one in view.plan.unassigned} <= {Unmet.QUOTA, Unmet.NO_MANAGER}


def test_capacity_less_what_is_open_is_the_most(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m1", "涂层、新材料方向,懂石墨烯。", capacity=1))
    pursue(platform, "w3", "o1", "m1", FollowUpState.NEGOTIATING)
    view = made(platform, quota=Quota(least=1, most=2), needs=["w1"])
    assert "m1" not in lines(view).values()
    short = {one.manager: one.reason for one in view.plan.short}
    assert short["m1"] is Shortfall.NO_ROOM


def test_who_is_not_active_gets_nothing(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m1", "涂层、新材料方向,懂石墨烯。", active=False))
    assert "m1" not in lines(made(platform)).values()


@pytest.mark.parametrize(
    "state", [FollowUpState.SUGGESTED, FollowUpState.CONTACTED, FollowUpState.PAID]
)
def test_a_pair_that_is_pursued_is_not_planned_again(
    platform: Platform, state: FollowUpState
) -> None:
    pursue(platform, "w1", "o1", "m2", state)
    assert ("w1", "o1") not in lines(made(platform))


def test_what_one_manager_turned_down_may_be_anothers(platform: Platform) -> None:
    given = lines(made(platform, needs=["w1"]))
    assert given == {("w1", "o1"): "m1"}
    put(platform, Noun.MANAGER, manager("m2", "石墨烯涂层", "graphene coating"))
    decide(platform, SYSTEM, "m1", "w1", "o1", Decision.DECLINE, reason=DeclineReason.NO_CAPACITY)
    assert lines(made(platform, needs=["w1"])) == {("w1", "o1"): "m2"}


def test_pairs_that_are_not_answered_yet_leave_no_room(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m1", "涂层、新材料方向,懂石墨烯。", capacity=1))
    pursue(platform, "w3", "o1", "m1", FollowUpState.SUGGESTED)
    assert "m1" not in lines(made(platform, needs=["w1"])).values()


def test_a_hidden_need_leaves_the_manager_short_for_want_of_pairs(platform: Platform) -> None:
    hidden = need("w1", "Graphene coating wanted", "graphene", visibility=Visibility.NAMED)
    put(platform, Noun.NEED, hidden)
    view = made(platform, needs=["w1"], quota=Quota(least=1, most=2))
    assert {(one.manager, one.reason) for one in view.plan.short} == {
        ("m1", Shortfall.NO_PAIR),
        ("m2", Shortfall.NO_PAIR),
    }
    assert {one.rule for one in view.plan.unassigned} == {Unmet.NO_MANAGER}


def test_what_the_records_forbid_is_shared_out_anew(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Checks.obstacle

    def forbidding(self: Checks, line: PlanLine) -> Obstacle | None:
        return Obstacle.CONFLICT if line.manager == "m1" else real(self, line)

    put(platform, Noun.MANAGER, manager("m2", "Batteries, welds, rice; seldom a coating."))
    before = made(platform, needs=["w1"], quota=Quota(least=1, most=2))
    assert lines(before) == {("w1", "o1"): "m1"}
    monkeypatch.setattr(Checks, "obstacle", forbidding)
    view = made(platform, needs=["w1"], quota=Quota(least=1, most=2))
    assert lines(view) == {("w1", "o1"): "m2"}
    assert [(one.manager, one.reason) for one in view.plan.short] == [("m1", Shortfall.NO_PAIR)]


def test_an_expired_need_is_not_planned(platform: Platform) -> None:
    put(
        platform, Noun.NEED, need("w1", "Graphene coating", "coating", valid_until=date(2026, 1, 1))
    )
    assert "w1" not in {pair[0] for pair in lines(made(platform))}


def test_only_the_needs_that_are_wished_for_are_planned(platform: Platform) -> None:
    view = made(platform, needs=["w1"])
    pairs = {one.need for one in (*view.plan.lines, *view.plan.unassigned)}
    assert pairs == {"w1"}
    with pytest.raises(NotFound, match="w9"):
        made(platform, needs=["w1", "w9"])
    put(platform, Noun.NEED, need("w1", "Graphene coating wanted", "graphene", field="0401"))
    view = made(platform, field="04")
    assert {one.need for one in (*view.plan.lines, *view.plan.unassigned)} == {"w1"}


def test_a_pair_in_conflict_with_all_says_so(platform: Platform) -> None:
    put(platform, Noun.NEED, need("w1", "Graphene coating wanted", "graphene", organisation="x"))
    keeping = {id_: manager(id_, "graphene coating", conflicts=("x",)) for id_ in ("m1", "m2")}
    put(platform, Noun.MANAGER, *keeping.values())
    view = made(platform, needs=["w1"])
    assert lines(view) == {}
    assert [one.rule for one in view.plan.unassigned] == [Unmet.CONFLICT]


def test_a_hidden_need_goes_to_nobody_who_may_not_know_of_it(platform: Platform) -> None:
    hidden = need("w1", "Graphene coating wanted", "graphene", visibility=Visibility.NAMED)
    put(platform, Noun.NEED, hidden)
    assert ("w1", "o1") not in lines(made(platform))


def test_worth_less_than_the_floor_goes_to_nobody(platform: Platform) -> None:
    view = made(platform, terms=Terms(floor=1.0))
    assert lines(view) == {}
    assert Unmet.BELOW_FLOOR in {one.rule for one in view.plan.unassigned}


def test_weak_pairs_are_left_out_unless_a_floor_says_otherwise(platform: Platform) -> None:
    """What the page of the need calls weak, the plan does."""
    answer = suggest(platform, SYSTEM, Noun.NEED, "w3", Noun.OUTCOME, Wish(k=5))
    bands = {("w3", match.candidate_id): match.band for match in answer.matches}
    weak = {pair for pair, of in bands.items() if of == "weak"}
    assert weak
    assert weak != set(bands)
    put(platform, Noun.MANAGER, manager("m1", "Welds, rice, batteries, coatings 石墨烯 锂电池"))
    wish = {"needs": ["w3"], "outcomes": 5, "quota": Quota(most=9)}
    view = made(platform, **wish)
    left_out = {(one.need, one.outcome): one.rule for one in view.plan.unassigned}
    assert {pair for pair, rule in left_out.items() if rule is Unmet.WEAK} == weak
    assert not weak & set(lines(view))
    view = made(platform, **wish, terms=Terms(floor=0.0))
    assert {(one.need, one.outcome) for one in view.plan.unassigned} | set(lines(view)) == set(
        bands
    )
    assert Unmet.WEAK not in {one.rule for one in view.plan.unassigned}


def test_a_plan_is_for_admins_and_their_own_managers(platform: Platform) -> None:
    for viewer in (admin("n1", Role.MANAGER), admin("n1", Role.HOLDER)):
        with pytest.raises(NotAllowed):
            made(platform, viewer)
    with pytest.raises(NotAllowed):
        made(platform, admin("n2"), node="n1")
    put(platform, Noun.MANAGER, manager("m1", "涂层、新材料方向,懂石墨烯。", node="n2"))
    view = made(platform, admin("n2"))
    assert view.plan.node == "n2"
    assert set(lines(view).values()) == {"m1"}


def test_a_draft_is_discarded_once_and_then_not_confirmed(platform: Platform) -> None:
    id_ = made(platform).plan.id
    discarded = discard_plan(platform, SYSTEM, id_)
    assert (discarded.state, discarded.decided_by) == (PlanState.DISCARDED, OPERATOR)
    for again in (discard_plan, confirm_plan):
        with pytest.raises(IllegalTransition):
            again(platform, SYSTEM, id_)
    with platform.database.reading() as session:
        verbs = [event.verb for _, event in events.read(session)]
    assert verbs[-2:] == ["plan_made", "plan_discarded"]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_same_platform_gives_the_same_plan_and_tells_how_far_it_is(platform: Platform) -> None:
    done: list[int] = []
    first = make_plan(platform, SYSTEM, TWO, Language.EN, done.append)
    second = made(platform)
    assert (first.plan.lines, first.plan.unassigned) == (second.plan.lines, second.plan.unassigned)
    assert done == [1, 2, 3]
