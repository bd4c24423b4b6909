"""What was done, as admins may read it: their nodes', without what isn't theirs to know of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from matcher.actions.audit_reading import EventPage, list_events
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.sensitive_reads import AUDIT
from matcher.domain.enums import NodeKind, Noun, Role, Visibility
from matcher.domain.event import Event, Subject
from matcher.domain.node import Node
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from matcher.errors import NotAllowed, UsageError
from matcher.store import events, nodes
from tests.actions.pursuits import sign_up
from tests.platforms import NOW, need, outcome, put

HIDDEN = Subject(noun=Noun.OUTCOME, id="o9")
OURS = Subject(noun=Noun.NEED, id="w8")
SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def told(platform: Platform) -> Platform:
    """With an outcome of n3 that only its owner knows of, a need of n2, and people at both."""
    sign_up(platform, "east", Role.ENTERPRISE, node="n2")
    sign_up(platform, "west", Role.ENTERPRISE, node="n3")
    put(
        platform,
        Noun.OUTCOME,
        outcome("o9", "A", node="n3", visibility=Visibility.NAMED, owner="west"),
    )
    put(platform, Noun.NEED, need("w8", "B", node="n2"))
    at = NOW - timedelta(days=1)
    written = [
        Event(actor="east", verb="shown", at=at, subjects=(OURS,), position=1, model_version="1"),
        Event(actor="east", verb="accepted", at=at, subjects=(OURS, HIDDEN), position=1),
        Event(actor="west", verb="record_changed", at=at, subjects=(HIDDEN,)),
        Event(actor="west", verb="noted", at=at, subjects=(OURS,)),
        Event(actor=OPERATOR, verb="backed_up", at=at),
    ]
    with platform.database.writing() as session:
        events.append(session, written)
    return platform


def verbs(page: EventPage) -> list[str]:
    """Without those of reading itself."""
    return [entry.event.verb for entry in page.rows if entry.event.verb != AUDIT]


def test_an_admin_reads_what_concerns_their_nodes(told: Platform) -> None:
    page = list_events(told, sign_up(told, "chief", Role.ADMIN, node="n2"))
    assert verbs(page) == ["noted", "accepted"]
    noted, accepted = page.rows
    assert (noted.event.actor, noted.login) == ("west", "")
    assert (accepted.event.actor, accepted.login) == ("east", "east")
    assert accepted.event.subjects == (OURS,)
    assert accepted.event.position is None


def test_admins_of_the_root_and_the_operator_read_all(told: Platform) -> None:
    for viewer in (sign_up(told, "root", Role.ADMIN), SYSTEM):
        page = list_events(told, viewer)
        assert verbs(page) == ["backed_up", "noted", "record_changed", "accepted"]
        assert page.rows[-1].event.subjects == (OURS, HIDDEN)


@SQLITE
def test_with_two_roots_an_admin_of_one_does_not_read_all(told: Platform) -> None:
    with told.database.writing() as session:
        nodes.put(session, [Node(id="r2", name="other", kind=NodeKind.CORE)], at=NOW)
    root = sign_up(told, "root", Role.ADMIN)
    # That somebody changed a record which only its owner knows of tells that there is one.
    assert verbs(list_events(told, root)) == ["noted", "accepted"]
    first = list_events(told, root, verbs=["noted", "record_changed", "accepted"], limit=1)
    second = list_events(told, root, verbs=["record_changed", "accepted"], before=first.next)
    assert (verbs(first), verbs(second), second.next) == (["noted"], ["accepted"], None)


@SQLITE
@pytest.mark.parametrize("role", [Role.ENTERPRISE, Role.MANAGER, Role.HOLDER])
def test_others_read_nothing(told: Platform, role: Role) -> None:
    for viewer in (sign_up(told, "somebody", role), ANONYMOUS):
        with pytest.raises(NotAllowed):
            list_events(told, viewer)


@SQLITE
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"verbs": ["shown"]}, ["shown"]),
        ({"actor": "west"}, ["noted", "record_changed"]),
        ({"actor": "nobody"}, []),
        ({"subject": OURS}, ["noted", "accepted"]),
        ({"subject": Subject(noun=Noun.NEED, id="none")}, []),
        ({"since": date(2026, 11, 1)}, []),
        ({"since": date(2026, 10, 31), "until": date(2026, 10, 31)}, "all"),
        ({"until": date(2026, 10, 30)}, []),
        ({"until": date.max, "since": date.min}, "all"),
        ({"before": 3}, ["accepted"]),
        ({"before": -(10**30)}, []),
        ({"before": 10**30}, "all"),
    ],
)
def test_what_is_asked_for(told: Platform, asked: dict[str, Any], found: list[str] | str) -> None:
    every = ["backed_up", "noted", "record_changed", "accepted"]
    assert verbs(list_events(told, SYSTEM, **asked)) == (every if found == "all" else found)


@SQLITE
def test_what_one_may_not_know_of_has_no_events(told: Platform) -> None:
    """Not even those of one's own people with it: that would tell that it is there."""
    chief = sign_up(told, "chief", Role.ADMIN, node="n2")
    assert verbs(list_events(told, chief, subject=HIDDEN)) == []
    assert verbs(list_events(told, SYSTEM, subject=HIDDEN)) == ["record_changed", "accepted"]


@SQLITE
def test_pages_follow_each_other_without_a_gap(told: Platform) -> None:
    first = list_events(told, SYSTEM, limit=2)
    second = list_events(told, SYSTEM, limit=2, before=first.next)
    assert verbs(first) + verbs(second) == ["backed_up", "noted", "record_changed", "accepted"]
    assert second.next is None


@SQLITE
@pytest.mark.parametrize("limit", [0, 201])
def test_a_page_has_an_end(told: Platform, limit: int) -> None:
    with pytest.raises(UsageError, match="1 to 200"):
        list_events(told, SYSTEM, limit=limit)
