"""Which pairs don't come back."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.actions.handled import handled
from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import FollowUp, transition
from matcher.domain.manager import Deal, Manager
from matcher.store import followups
from matcher.store.database import Database
from tests.platforms import NOW

S = State
ON = NOW.date()
HERE = Manager(id="m1")


def walked(manager: str, *states: State, until: date = date(2026, 12, 1)) -> FollowUp:
    followup = FollowUp(id="F1", need="w1", outcome="o1", manager=manager)
    for to in states:
        facts = {S.DECLINED: {"reason": DeclineReason.PRICE}, S.ON_HOLD: {"until": until}}
        followup = transition(followup, to, by="a", at=NOW, **facts.get(to, {}))  # type: ignore[arg-type]
    return followup


@pytest.mark.parametrize(
    ("followup", "gone", "waits"),
    [
        (walked("m1"), False, True),
        (walked("m1", S.ACCEPTED), True, False),
        (walked("m1", S.DECLINED), True, False),
        (walked("m1", S.ON_HOLD), True, False),
        (walked("m1", S.ON_HOLD, until=ON), False, True),
        (walked("m1", S.ACCEPTED, S.ON_HOLD, until=ON), True, False),
        (walked("m1", S.DECLINED, S.SUGGESTED), False, True),
        (walked("m2"), True, False),
        (walked("m2", S.ACCEPTED), True, False),
        (walked("m2", S.ACCEPTED, S.ON_HOLD), True, False),
        (walked("m2", S.ON_HOLD), False, False),
        (walked("m2", S.DECLINED), False, False),
        (walked("m2", S.ACCEPTED, S.DECLINED), False, False),
        (walked("m2", S.ACCEPTED, S.CONTRACT_SIGNED, S.CLOSED), True, False),
    ],
)
def test_by_whose_follow_up_it_is_and_how_it_stands(
    database: Database, followup: FollowUp, gone: bool, waits: bool
) -> None:
    with database.writing() as session:
        followups.add(session, followup)
        found = handled(session, HERE, ["w1", "w2"], ON)
    assert found.of("w1") == (frozenset({"o1"}) if gone else frozenset())
    assert set(found.waiting) == ({("w1", "o1")} if waits else set())
    assert found.of("w2") == frozenset()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_deal_of_the_past_is_done(database: Database) -> None:
    deals = (Deal(need="w1", outcome="o1"), Deal(outcome="o2"), Deal(title="coating"))
    with database.reading() as session:
        found = handled(session, Manager(id="m1", deals=deals), ["w1"], ON)
    assert found.outcomes == {"w1": {"o1"}}
