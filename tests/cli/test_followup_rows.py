"""A follow-up for scripts and for people."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from matcher.actions.followup_reading import Seen
from matcher.cli.followup_rows import facts_of, row_of
from matcher.domain.contract import Contract
from matcher.domain.enums import DeclineReason, FollowUpState, Language
from matcher.domain.followup import FollowUp, Note, transition
from matcher.store.followups import Kept

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
NEW = FollowUp(id="F1", need="w1", outcome="o1", manager="m1", due_on=date(2026, 12, 1))
NOTED = replace(NEW, notes=(Note(by="a1", at=NOON - timedelta(hours=1), text="Read it."),))
DECLINED = transition(
    NOTED, FollowUpState.DECLINED, by="a1", at=NOON, reason=DeclineReason.PRICE, why="dear"
)


def seen(followup: FollowUp) -> Seen:
    return Seen(Kept(followup, 2), "需求", "成果", "")


def test_a_script_gets_everything() -> None:
    row = row_of(seen(NEW))
    assert json.loads(json.dumps(row, default=str)) == row
    assert (row["version"], row["due"], row["need_title"]) == (2, "2026-12-01", "需求")
    assert row["can_go_to"][0] == "accepted"


def test_a_person_reads_what_happened_in_its_order() -> None:
    facts = facts_of(seen(replace(DECLINED, contract=Contract(value=5))), Language.EN)
    assert facts["state"] == "declined (declined)"
    assert facts["need"] == "w1 需求"
    assert facts["1"] == "2026-11-01 11:00 a1: Read it."
    assert facts["2"] == "2026-11-01 12:00 suggested → declined, a1: price · dear"
    assert "value 5" in facts["contract"]
    assert facts["can_go_to"] == ["suggested"]
