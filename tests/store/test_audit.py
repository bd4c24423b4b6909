"""Events are looked up by actor, verb, subject, time and node, the newest first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Event, Subject
from matcher.store import accounts, audit, events, records
from matcher.store.audit import Asked
from tests.platforms import need

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NEED = Subject(noun=Noun.NEED, id="w1")
ODD = Subject(noun=Noun.OUTCOME, id="w1")
WRITTEN = (
    Event(actor="a1", verb="shown", at=NOON, subjects=(NEED,), position=1),
    Event(actor="a1", verb="record_changed", at=NOON, subjects=(NEED,)),
    Event(actor="a2", verb="record_changed", at=NOON + DAY, subjects=(ODD,)),
    Event(actor="operator", verb="backed_up", at=NOON + DAY),
    Event(
        actor="operator",
        verb="node_added",
        at=NOON - DAY,
        subjects=(Subject(noun=Noun.NODE, id="n3"),),
    ),
)


@pytest.fixture
def session(database):
    with database.writing() as session:
        for id_, node in (("a1", "n1"), ("a2", "n2")):
            account = Account(id=id_, login=id_, roles=(Role.ADMIN,), node=node)
            accounts.add(session, account, at=NOON)
        records.put(session, Noun.NEED, [need("w1", "涂层", node="n3")], actor="a1", at=NOON)
        events.append(session, WRITTEN)
        yield session


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(), [5, 4, 3, 2]),
        (Asked(verbs=["shown", "backed_up"]), [4, 1]),
        (Asked(actor="operator"), [5, 4]),
        (Asked(actor="a\0"), []),
        (Asked(subject=NEED), [2]),
        (Asked(subject=NEED, verbs=["shown"]), [1]),
        (Asked(subject=Subject(noun=Noun.NEED, id="\0")), []),
        (Asked(since=NOON), [4, 3, 2]),
        (Asked(until=NOON), [5]),
        (Asked(since=NOON, until=NOON + DAY), [2]),
    ],
)
def test_what_is_asked_for_narrows_them_down(session, asked, found):
    assert [seq for seq, _ in audit.page(session, asked, None, None, 10)] == found


@pytest.mark.parametrize(
    ("nodes", "found"), [({"n1"}, [2]), ({"n2"}, [3]), ({"n3"}, [5, 2]), (set(), []), ({"x"}, [])]
)
def test_a_node_has_the_events_of_its_people_and_of_its_things(session, nodes, found):
    assert [seq for seq, _ in audit.page(session, Asked(), nodes, None, 10)] == found


def test_pages_go_back_in_time(session):
    assert [seq for seq, _ in audit.page(session, Asked(), None, None, 2)] == [5, 4]
    assert [seq for seq, _ in audit.page(session, Asked(), None, 4, 2)] == [3, 2]
    [(_, event)] = audit.page(session, Asked(), None, 3, 2)
    assert event == WRITTEN[1]
