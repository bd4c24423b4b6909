"""Outlines: the same as the follow-ups say of themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as S
from matcher.domain.followup import FollowUp, transition
from matcher.store import followups, outlines
from matcher.store.database import Database
from matcher.store.outlines import Outline

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
FACTS = {S.DECLINED: {"reason": DeclineReason.PRICE}, S.ON_HOLD: {"until": date(2027, 1, 1)}}


def walked(id_: str, *states: S, manager: str = "m1", node: str = "n1") -> FollowUp:
    one = FollowUp(id=id_, need="w1", outcome="o1", manager=manager, node=node)
    for hour, to in enumerate(states):
        facts = FACTS.get(to, {})
        at = NOON + timedelta(hours=hour)
        one = transition(one, to, by="a", at=at, why=f"step {hour}", **facts)  # type: ignore[arg-type]
    return one


WALKS = (
    walked("F1"),
    walked("F2", S.ACCEPTED, S.CONTACTED),
    walked("F3", S.ACCEPTED, S.NDA_SIGNED, S.ON_HOLD, S.ON_HOLD, manager="m2"),
    walked("F4", S.ACCEPTED, S.DECLINED, manager="m3", node="n2"),
    walked("F5", S.DECLINED, S.SUGGESTED, manager="m3", node="n3"),
    walked("F6", S.CONTRACT_SIGNED, S.CLOSED, manager="m3", node="n3"),
)


def kept(database: Database) -> None:
    with database.writing() as session:
        for one in WALKS:
            followups.add(session, one)


def test_an_outline_agrees_with_its_follow_up(database: Database) -> None:
    kept(database)
    with database.reading() as session:
        found = {one.id: one for one in outlines.every(session)}
    assert list(found) == [one.id for one in WALKS]
    for one in WALKS:
        last = one.history[-1] if one.history else None
        outline = found[one.id]
        assert (outline.state, outline.left, outline.due) == (one.state, one.left, one.due)
        assert outline.since == (last.at if last else None)
        assert outline.why == (last.why if last else "")
        assert outline.version == 1


def test_the_day_is_that_of_the_hold_or_of_the_next_step(database: Database) -> None:
    kept(database)
    with database.reading() as session:
        [held] = outlines.within(session, ["m2"], [])
    assert held.due == date(2027, 1, 1)
    own = {"id": "F", "need": "w", "outcome": "o", "manager": "m", "node": "", "next_action": ""}
    told = {**own, "version": 1, "since": None, "why": "", "until": None}
    due = date(2026, 12, 1)
    ended = Outline(**told, state=S.CLOSED, left=S.PAID, due_on=due)  # type: ignore[arg-type]
    going = Outline(**told, state=S.PAID, left=S.PAID, due_on=due)  # type: ignore[arg-type]
    assert (ended.due, going.due) == (None, due)


def test_those_of_managers_and_of_nodes_are_read_together(database: Database) -> None:
    kept(database)
    with database.reading() as session:
        ids = [one.id for one in outlines.within(session, ["m1"], ["n2"])]
        some = [one.id for one in outlines.within(session, ["m1"], ["n2"], [S.DECLINED])]
        assert list(outlines.within(session, [], [])) == []
    assert ids == ["F1", "F2", "F4"]
    assert some == ["F4"]
