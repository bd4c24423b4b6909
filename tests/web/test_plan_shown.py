"""Plans fit the models that are described."""

from __future__ import annotations

from datetime import UTC, datetime

from matcher.actions.plan_checks import Obstacle
from matcher.actions.plan_confirmation import Confirmed
from matcher.actions.plan_reading import PlanView
from matcher.domain.enums import Language, Noun
from matcher.domain.plan import Plan, PlanLine, Quota, Short, Shortfall, Unassigned, Unmet
from matcher.web.models.plans import ConfirmedShown, PlanListed, PlanShown
from matcher.web.plan_shown import confirmed_shown, listed_plan_shown, plan_shown

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
PLAN = Plan(
    id="P1",
    made_at=NOON,
    by="a1",
    quota=Quota(least=1, most=3),
    node="n1",
    lines=(PlanLine(need="w1", outcome="o1", manager="m1", value=0.5),),
    unassigned=(Unassigned(need="w2", outcome="o2", rule=Unmet.QUOTA),),
    short=(Short(manager="m2", missing=1, reason=Shortfall.NO_PAIR),),
)
VIEW = PlanView(PLAN, 4, {(Noun.NEED, "w1"): "涂层", (Noun.MANAGER, "m1"): "Li"})


def test_a_plan_is_told_with_titles_where_they_may_be_known() -> None:
    shown = PlanShown.model_validate(plan_shown(VIEW, Language.EN))
    [line], [unassigned], [short] = shown.lines, shown.unassigned, shown.short
    assert (line.need_title, line.outcome_title, line.manager_name) == ("涂层", "", "Li")
    assert (unassigned.rule, unassigned.text) == (Unmet.QUOTA, Unmet.QUOTA.en)
    assert (short.manager_name, short.missing, short.text) == ("", 1, Shortfall.NO_PAIR.en)
    assert (shown.version, shown.quota.least) == (4, 1)


def test_a_plan_is_listed_with_its_counts() -> None:
    shown = PlanListed.model_validate(listed_plan_shown((PLAN, {"proposed": 1})))
    assert {state.value: count for state, count in shown.counts.items()} == {"proposed": 1}


def test_what_became_no_follow_up_says_why() -> None:
    done = Confirmed(PLAN, ("F1",), ((PLAN.lines[0], Obstacle.CONFLICT),))
    shown = ConfirmedShown.model_validate(confirmed_shown(done, VIEW, Language.ZH))
    assert shown.followups == ["F1"]
    [left] = shown.left_out
    assert (left.need, left.rule, left.text) == ("w1", Obstacle.CONFLICT, Obstacle.CONFLICT.zh)
