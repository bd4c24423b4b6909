"""Taking a step back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matcher.actions.decisions import UNDO_WITHIN, UNDONE, Decision, decide
from matcher.actions.followups import move
from matcher.actions.platform import Platform
from matcher.actions.stepping_back import can_step_back, step_back
from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as S
from matcher.domain.visibility import SYSTEM
from matcher.errors import EditConflict, IllegalTransition
from tests.actions.pursuits import later


def begun(platform: Platform) -> str:
    return decide(platform, SYSTEM, "m1", "w1", "o1", Decision.ACCEPT).followup.id


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
class TestSteppingBack:
    def test_a_step_along_the_chain_leads_back_where_it_came_from(self, platform: Platform) -> None:
        id_ = begun(platform)
        move(platform, SYSTEM, id_, S.TECHNICAL_EXCHANGE)
        kept = step_back(platform, SYSTEM, id_, version=2)
        assert kept.followup.state is S.ACCEPTED
        states = [step.to_state for step in kept.followup.history]
        assert states == [S.ACCEPTED, S.TECHNICAL_EXCHANGE, S.WITHDRAWN, S.ACCEPTED]
        assert {step.why for step in kept.followup.history[2:]} == {UNDONE}

    @pytest.mark.parametrize(
        ("to", "facts"),
        [
            (S.ON_HOLD, {"until": date(2027, 1, 1)}),
            (S.DECLINED, {"reason": DeclineReason.PRICE}),
            (S.EXPIRED, {}),
        ],
    )
    def test_an_exit_is_left_by_one_step(
        self, platform: Platform, to: S, facts: dict[str, object]
    ) -> None:
        id_ = begun(platform)
        move(platform, SYSTEM, id_, to, **facts)  # type: ignore[arg-type]
        kept = step_back(platform, SYSTEM, id_)
        assert kept.followup.state is S.ACCEPTED
        assert len(kept.followup.history) == 3

    def test_it_is_for_a_fresh_step_once_and_for_the_version_that_was_seen(
        self, platform: Platform
    ) -> None:
        id_ = begun(platform)
        kept = move(platform, SYSTEM, id_, S.CONTACTED)
        with pytest.raises(EditConflict):
            step_back(platform, SYSTEM, id_, version=1)
        over = UNDO_WITHIN + timedelta(seconds=1)
        assert not can_step_back(kept.followup, platform.now() + over)
        with pytest.raises(IllegalTransition):
            step_back(later(platform, over), SYSTEM, id_)
        step_back(platform, SYSTEM, id_)
        with pytest.raises(IllegalTransition):
            step_back(platform, SYSTEM, id_)

    def test_a_reopening_is_not_taken_back(self, platform: Platform) -> None:
        id_ = begun(platform)
        move(platform, SYSTEM, id_, S.WITHDRAWN)
        kept = move(platform, SYSTEM, id_, S.ACCEPTED)
        assert not can_step_back(kept.followup, platform.now())
