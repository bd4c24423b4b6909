"""Who reads something sensitive leaves an event, one a day for each subject."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.actions.accounts import get_account, list_accounts
from matcher.actions.answer import Wish
from matcher.actions.audit_reading import list_events
from matcher.actions.browsing import leafed
from matcher.actions.export import export_records
from matcher.actions.interest_reading import get_interest, list_interests
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.reading import get
from matcher.actions.sensitive_reads import AUDIT, CONTACT, GUARDED, tell_look, tell_read
from matcher.actions.tokens import list_tokens, new_token
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Subject
from matcher.domain.interest import Interest
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.store import events, interests
from tests.actions.pursuits import later, sign_up
from tests.platforms import NOW, manager, outcome, put

SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
ONE, OTHER = Subject(noun=Noun.ACCOUNT, id="a1"), Subject(noun=Noun.ACCOUNT, id="a2")
Told = tuple[str, str, list[str]]


def told(platform: Platform) -> list[Told]:
    """Actor, verb and subjects of each read."""
    with platform.database.reading() as session:
        found = [event for _, event in events.read(session)]
    return [
        (event.actor, event.verb, [one.id for one in event.subjects])
        for event in found
        if event.verb.startswith("read_")
    ]


def test_a_day_has_one_event_for_each_actor_verb_and_subject(platform: Platform) -> None:
    root = sign_up(platform, "root", Role.ADMIN)
    for _ in range(2):
        tell_read(platform, root, CONTACT, [ONE, ONE])
    tell_read(platform, root, CONTACT, [OTHER, ONE])
    tell_read(platform, root, GUARDED, [ONE])
    tell_read(platform, SYSTEM, CONTACT, [ONE])
    tell_read(platform, SYSTEM, CONTACT, [])
    today: list[Told] = [
        ("root", CONTACT, ["a1"]),
        ("root", CONTACT, ["a2"]),
        ("root", GUARDED, ["a1"]),
        (OPERATOR, CONTACT, ["a1"]),
    ]
    assert told(platform) == today
    tell_read(later(platform, timedelta(days=1)), root, CONTACT, [ONE])
    assert told(platform) == [*today, ("root", CONTACT, ["a1"])]


def test_a_look_at_a_whole_list_is_told_once_a_day(platform: Platform) -> None:
    for by in (SYSTEM, SYSTEM, sign_up(platform, "root", Role.ADMIN)):
        tell_look(platform, by, AUDIT)
    tell_look(later(platform, timedelta(days=1)), SYSTEM, AUDIT)
    assert [actor for actor, _, _ in told(platform)] == [OPERATOR, "root", OPERATOR]


@SQLITE
def test_an_export_is_told_each_time_before_anything_is_written(
    platform: Platform, tmp_path: Path
) -> None:
    for _ in range(2):
        export_records(platform, SYSTEM, "need", tmp_path / "n.jsonl")
    assert told(platform) == [(OPERATOR, "read_export_need", [])] * 2


@SQLITE
def test_accounts_and_tokens_of_others_are_told_and_ones_own_are_not(platform: Platform) -> None:
    root, firm = sign_up(platform, "root", Role.ADMIN), sign_up(platform, "firm", Role.ENTERPRISE)
    for login in ("firm", "root"):
        new_token(platform, SYSTEM, login, "tests", None, 30)
    for viewer in (firm, root):
        get_account(platform, viewer, "firm")
        list_accounts(platform, viewer)
        list_tokens(platform, viewer)
    assert told(platform) == [
        ("root", "read_accounts", ["firm"]),
        ("root", "read_tokens", ["firm"]),
    ]


@SQLITE
def test_how_to_reach_somebody_is_told_of_those_who_learn_it(platform: Platform) -> None:
    firm = sign_up(platform, "firm", Role.ENTERPRISE)
    root = sign_up(platform, "root", Role.ADMIN)
    one = Interest(id="X1", outcome="o1", account="firm", made_at=NOW, contact="13800000000")
    silent = replace(one, id="X2", outcome="o2", contact="")
    with platform.database.writing() as session:
        for each in (one, silent):
            interests.add(session, replace(each, node="n1"))
    for viewer in (firm, root):
        list_interests(platform, viewer)
        get_interest(platform, viewer, "X1")
        get_interest(platform, viewer, "X2")
    assert told(platform) == [("root", CONTACT, ["X1"])]


def guarded(platform: Platform) -> Viewer:
    """Records that say who keeps away from whom, and one that doesn't; an admin of theirs."""
    put(platform, Noun.MANAGER, manager("m8", conflicts=("u1",)))
    put(platform, Noun.OUTCOME, outcome("o8", "A", owner="firm"))
    return sign_up(platform, "root", Role.ADMIN)


@SQLITE
def test_fields_that_are_kept_from_most_are_told_of_who_reads_them(platform: Platform) -> None:
    root, firm = guarded(platform), sign_up(platform, "firm", Role.ENTERPRISE)
    for viewer in (firm, root):
        get(platform, viewer, Noun.MANAGER, "m8")
        get(platform, viewer, Noun.MANAGER, "m1")
        get(platform, viewer, Noun.OUTCOME, "o8")
        leafed(platform, viewer, Noun.MANAGER, "", Wish())
    assert told(platform) == [("root", GUARDED, ["m8"])]


@SQLITE
def test_who_reads_the_audit_is_in_it(platform: Platform) -> None:
    list_events(platform, SYSTEM)
    [entry] = list_events(platform, SYSTEM).rows
    assert (entry.event.actor, entry.event.verb) == (OPERATOR, AUDIT)
