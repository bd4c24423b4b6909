"""Why a plan can't be changed, in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from matcher.actions.plan_checks import Obstacle
from matcher.domain.enums import Language
from matcher.domain.plan import Unmet
from matcher.errors import InvalidValue, NotAllowed
from matcher.web.plan_fault import plan_fault
from matcher.web.say import Say

ZH = Say(Language.ZH, datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize("rule", [*Obstacle, Unmet.QUOTA])
def test_every_rule_is_told_in_the_readers_language(rule: Obstacle | Unmet) -> None:
    told = plan_fault("pair", {"need": "w1"}, NotAllowed("No.", rule=rule.value), ZH)
    assert told.fault.startswith("不能这样安排：")
    assert told.fault != "不能这样安排："
    assert told.values == {"need": "w1"}
    assert told.detail == ""


def test_other_faults_are_told_as_everywhere() -> None:
    told = plan_fault("pair", {}, InvalidValue("Who?", field="manager", hint="Choose."), ZH)
    assert told.fault_field == "manager"
    assert not told.fault.startswith("不能")
