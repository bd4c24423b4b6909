"""The history as one list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from matcher.actions.decisions import UNDONE
from matcher.actions.platform import OPERATOR
from matcher.domain.enums import DeclineReason, Language
from matcher.domain.enums import FollowUpState as S
from matcher.domain.followup import FollowUp, Note, transition
from matcher.domain.pursuit import ASSIGNED
from matcher.web.say import Say
from matcher.web.timeline import actors, timeline

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
EN = Say(Language.EN, NOON)
NEW = FollowUp(id="F1", need="w1", outcome="o1", manager="m1")


def test_steps_and_notes_stand_together_the_newest_first() -> None:
    one = transition(NEW, S.ACCEPTED, by="a1", at=NOON, why=ASSIGNED)
    one = replace(one, notes=(Note(by="a2", at=NOON + timedelta(hours=1), text=" Rang. "),))
    one = transition(
        one,
        S.DECLINED,
        by=OPERATOR,
        at=NOON + timedelta(hours=2),
        reason=DeclineReason.PRICE,
        why="Too dear.",
    )
    told = timeline(one, {"a1": "Qin"}, {}, EN)
    assert [(entry.who, entry.title, entry.text) for entry in told] == [
        ("the system", "declined", "Too dear."),
        ("a2", "", "Rang."),
        ("Qin", "accepted", "assigned by a docking plan"),
    ]
    assert told[0].details == ("reason: price",)
    assert actors(one) == {"a1", "a2", OPERATOR}


def test_the_way_round_by_which_a_step_was_taken_back_is_one_entry() -> None:
    one = transition(NEW, S.CONTACTED, by="a", at=NOON)
    one = transition(one, S.WITHDRAWN, by="a", at=NOON, why=UNDONE)
    one = transition(one, S.SUGGESTED, by="a", at=NOON, why=UNDONE)
    told = timeline(one, {}, {}, EN)
    assert sorted(entry.title for entry in told) == ["contacted", "taken back to “suggested”"]
    assert sum(entry.undone for entry in told) == 1


def test_a_hold_says_until_when_and_a_duplicate_of_what() -> None:
    held = transition(NEW, S.ON_HOLD, by="a", at=NOON, until=date(2027, 1, 4))
    same = transition(NEW, S.DUPLICATE, by="a", at=NOON, of="F2")
    assert timeline(held, {}, {}, EN)[0].details == ("until 4 January 2027",)
    assert timeline(same, {}, {"F2": "Pump → Seal"}, EN)[0].details == ("duplicate of Pump → Seal",)
