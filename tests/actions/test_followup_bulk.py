"""Many follow-ups at once."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.actions.decisions import Decision, decide
from matcher.actions.followup_bulk import MOST, hold_many, postpone_many
from matcher.actions.followups import move, note
from matcher.actions.platform import Platform
from matcher.domain.enums import FollowUpState as S
from matcher.domain.visibility import SYSTEM
from matcher.errors import EditConflict, IllegalTransition, NotFound, UsageError
from tests.actions.pursuits import sign_up

DAY = date(2027, 1, 4)


def begun(platform: Platform, outcome: str) -> str:
    return decide(platform, SYSTEM, "m1", "w1", outcome, Decision.ACCEPT).followup.id


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
class TestMany:
    def test_those_that_can_be_held_are_and_the_others_say_why_not(
        self, platform: Platform
    ) -> None:
        first, second, third = (begun(platform, one) for one in ("o1", "o2", "o3"))
        move(platform, SYSTEM, second, S.WITHDRAWN)
        own = sign_up(platform, "a1", manager="m1")
        found = hold_many(platform, own, [(first, 1), (second, 2), (third, 9), ("F-x", 1)], DAY)
        assert [kept.followup.state for kept in found.done] == [S.ON_HOLD]
        assert {id_: type(error) for id_, error in found.refused} == {
            **{second: IllegalTransition, third: EditConflict, "F-x": NotFound}
        }

    def test_another_day_leaves_what_is_to_be_done(self, platform: Platform) -> None:
        one, ended = begun(platform, "o1"), begun(platform, "o2")
        note(platform, SYSTEM, one, next_action="Call", due_on=date(2026, 11, 2))
        move(platform, SYSTEM, ended, S.EXPIRED)
        found = postpone_many(platform, SYSTEM, [(one, 2), (ended, 2)], DAY)
        [kept] = found.done
        assert (kept.followup.next_action, kept.followup.due_on) == ("Call", DAY)
        assert kept.followup.notes == ()
        [(id_, error)] = found.refused
        assert (id_, error.where["field"]) == (ended, "due_on")

    @pytest.mark.parametrize("count", [0, MOST + 1])
    def test_it_takes_some_but_not_too_many(self, platform: Platform, count: int) -> None:
        with pytest.raises(UsageError):
            hold_many(platform, SYSTEM, [(f"F{number}", 1) for number in range(count)], DAY)
