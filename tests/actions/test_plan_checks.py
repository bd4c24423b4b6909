"""What stands against a line of a plan, the first thing first."""

from __future__ import annotations

import pytest

from matcher.actions.moment import moment
from matcher.actions.plan_checks import Checks, Obstacle
from matcher.actions.platform import Platform
from matcher.domain.enums import FollowUpState, Noun, Visibility
from matcher.domain.plan import PlanLine
from matcher.domain.visibility import SYSTEM, Viewer
from tests.actions.test_plans import admin, pursue
from tests.platforms import manager, need, outcome, put, remove

LINE = PlanLine(need="w1", outcome="o1", manager="m1")


def obstacle(platform: Platform, viewer: Viewer = SYSTEM) -> Obstacle | None:
    platform.live.look_now()
    with moment(platform) as now:
        return Checks(now.session, now.serving, viewer, [LINE]).obstacle(LINE)


def test_nothing_stands_against_a_line_that_is_in_order(platform: Platform) -> None:
    assert obstacle(platform) is None
    assert obstacle(platform, admin("n1")) is None
    assert obstacle(platform, admin("n2")) is Obstacle.NOT_IN_CHARGE


@pytest.mark.parametrize(
    ("noun", "id_"), [(Noun.NEED, "w1"), (Noun.OUTCOME, "o1"), (Noun.MANAGER, "m1")]
)
def test_a_record_that_was_removed(platform: Platform, noun: Noun, id_: str) -> None:
    remove(platform, noun, [id_])
    assert obstacle(platform) is Obstacle.GONE


def test_a_record_that_the_manager_may_not_know_of(platform: Platform) -> None:
    put(platform, Noun.NEED, need("w1", "Secret", "x", visibility=Visibility.NAMED, owner="a1"))
    assert obstacle(platform) is Obstacle.HIDDEN
    put(platform, Noun.NEED, need("w1", "Ours", "x", visibility=Visibility.BROKERS))
    assert obstacle(platform) is None


def test_a_manager_who_is_not_active(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m1", active=False))
    assert obstacle(platform) is Obstacle.INACTIVE


def test_a_pair_of_one_organisation_or_a_manager_who_keeps_away(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("o1", "Coating", "x", holder="某大学"))
    put(platform, Noun.MANAGER, manager("m1", conflicts=("某大学",)))
    assert obstacle(platform) is Obstacle.CONFLICT
    put(platform, Noun.MANAGER, manager("m1"))
    assert obstacle(platform) is None
    put(platform, Noun.NEED, need("w1", "Coating", "x", organisation="某大学"))
    assert obstacle(platform) is Obstacle.CONFLICT


def test_a_pair_that_somebody_pursues(platform: Platform) -> None:
    pursue(platform, "w1", "o1", "m2", FollowUpState.PAID)
    assert obstacle(platform) is Obstacle.HANDLED
