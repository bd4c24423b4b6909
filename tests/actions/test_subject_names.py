"""What events are about, by name, for who may know of it."""

from __future__ import annotations

import pytest

from matcher.actions.decisions import Decision, decide
from matcher.actions.platform import Platform
from matcher.actions.subject_names import SubjectName, subject_names
from matcher.domain.enums import Language, Noun, Role, Visibility
from matcher.domain.event import Subject
from matcher.domain.job import JobKind
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from matcher.store import plans, records
from tests.actions.job_cases import asked
from tests.actions.pursuits import sign_up
from tests.actions.test_plan_reading import PLAN
from tests.actions.test_plans import admin
from tests.platforms import NOW, manager, outcome, put, remove

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_each_kind_of_thing_has_its_name(platform: Platform) -> None:
    pair = decide(platform, SYSTEM, "m1", "w1", "o1", Decision.ACCEPT).followup.id
    viewer = sign_up(platform, "qin", Role.MANAGER, manager="m1")
    account = viewer.account.id if viewer.account else ""
    job = asked(platform, SYSTEM, JobKind.PROMPTS)
    with platform.database.writing() as session:
        plans.add(session, PLAN)
    wanted = {
        Subject(noun=Noun.NEED, id="w1"): "Graphene coating wanted",
        Subject(noun=Noun.FOLLOW_UP, id=pair): "Graphene coating wanted → 石墨烯耐磨涂层",
        Subject(noun=Noun.ACCOUNT, id=account): "qin",
        Subject(noun=Noun.NODE, id="n2"): "east",
        Subject(noun=Noun.PLAN, id="P1"): "2026-11-01",
        Subject(noun=Noun.JOB, id=job.id): "freshness prompts",
    }
    unnamed = {Subject(noun=Noun.MODEL, id="0001"), Subject(noun=Noun.NEED, id="nowhere")}
    found = subject_names(platform, SYSTEM, wanted.keys() | unnamed, Language.EN)
    assert found == {one: SubjectName(name) for one, name in wanted.items()}


def test_what_is_hidden_has_no_name(platform: Platform) -> None:
    pair = decide(platform, SYSTEM, "m1", "w1", "o1", Decision.ACCEPT).followup.id
    put(platform, Noun.OUTCOME, outcome("o1", "Secret", visibility=Visibility.NAMED, owner="x"))
    hidden = [Subject(noun=Noun.OUTCOME, id="o1"), Subject(noun=Noun.FOLLOW_UP, id=pair)]
    told = subject_names(platform, admin("n1"), hidden, Language.EN)
    assert told == {hidden[1]: SubjectName("Graphene coating wanted")}
    assert subject_names(platform, ANONYMOUS, hidden, Language.EN) == {}


def test_what_has_no_page_for_the_reader_is_named_without_one(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m8", name="Lin", node="n3"))
    put(platform, Noun.OUTCOME, outcome("o8", "Pump"), outcome("o9", "Pump of ours"))
    with platform.database.writing() as session:
        records.set_merged(session, Noun.OUTCOME, "o9", "o1", actor="a", at=NOW)
        plans.add(session, PLAN)
    remove(platform, Noun.OUTCOME, ["o8"])
    ends = ((Noun.MANAGER, "m8"), (Noun.OUTCOME, "o8"), (Noun.OUTCOME, "o9"), (Noun.PLAN, "P1"))
    subjects = [Subject(noun=noun, id=id_) for noun, id_ in ends]
    named = subject_names(platform, SYSTEM, subjects, Language.EN)
    assert [named[one] for one in subjects] == [
        *(SubjectName("Lin"), SubjectName("Pump", there=False)),
        *(SubjectName("Pump of ours"), SubjectName("2026-11-01")),
    ]
    named = subject_names(platform, admin("n3"), subjects, Language.EN)
    assert (named[subjects[0]].there, named[subjects[3]].there) == (True, False)
    named = subject_names(platform, admin("n2"), subjects, Language.EN)
    assert (named[subjects[0]].there, named[subjects[3]].there) == (False, True)
