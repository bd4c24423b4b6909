"""Which follow-ups came of a plan."""

from datetime import UTC, datetime

from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.store import events
from matcher.store.planned import CONFIRMED, PLANNED, planned_by

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def told(verb: str, noun: Noun, id: str) -> Event:
    return Event(actor="a", verb=verb, at=NOON, subjects=(Subject(noun=noun, id=id),))


def test_each_plan_has_those_of_its_own_confirmation(database):
    done = [
        told(PLANNED, Noun.FOLLOW_UP, "F-1"),
        told(PLANNED, Noun.FOLLOW_UP, "F-2"),
        told(CONFIRMED, Noun.PLAN, "P2"),
        told("noted", Noun.FOLLOW_UP, "F-9"),
        told(CONFIRMED, Noun.PLAN, "P1"),
        told(PLANNED, Noun.FOLLOW_UP, "F-1"),
        told(CONFIRMED, Noun.PLAN, "P3"),
    ]
    with database.writing() as session:
        events.append(session, done)
        found = {plan: planned_by(session, plan) for plan in ("P1", "P2", "P3", "P4")}
    assert found == {"P1": set(), "P2": {"F-1", "F-2"}, "P3": {"F-1"}, "P4": set()}
