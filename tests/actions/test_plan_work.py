"""What is being done about docking plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.plan_work import plan_work
from matcher.actions.platform import Platform
from matcher.domain.job import JobKind
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from tests.actions.job_cases import asked, done
from tests.platforms import NOW

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_drafts_under_way_and_the_last_that_is_over_are_told(platform: Platform) -> None:
    assert plan_work(platform, SYSTEM) == ((), None)
    over = done(platform, asked(platform, SYSTEM, JobKind.PLAN, quota={"most": 2}))
    asked(platform, SYSTEM, JobKind.PROMPTS)
    later = replace(platform, now=lambda: NOW + timedelta(seconds=1))
    waits = asked(later, SYSTEM, JobKind.PLAN, quota={"most": 1})
    assert plan_work(platform, SYSTEM) == ((waits,), over)
    assert plan_work(platform, ANONYMOUS) == ((), None)
