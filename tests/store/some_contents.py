"""A database with something in every table, for tests of what concerns them all."""

import datetime as dt
from dataclasses import replace

from matcher.domain.account import Account
from matcher.domain.contract import Contract, Instalment, Payment
from matcher.domain.enums import FollowUpState, Noun, Role
from matcher.domain.event import Event, Subject
from matcher.domain.followup import FollowUp, Note, transition
from matcher.domain.interaction import Interaction
from matcher.domain.interest import Interest, InterestState, step
from matcher.domain.notice import Matter, Notice, NoticeKind
from matcher.domain.plan import Plan, PlanLine, Quota, Short, Shortfall, Unassigned, Unmet
from matcher.domain.saved_search import SavedSearch
from matcher.domain.tour import Tour
from matcher.store import (
    accounts,
    events,
    followups,
    idempotency,
    imports,
    interactions,
    interests,
    merges,
    nodes,
    notices,
    plans,
    records,
    saved_searches,
    tokens,
    tours,
)
from matcher.store.database import Database
from matcher.store.imports import ImportRow, ImportRun, RowAction
from matcher.store.schema.tables import tables
from matcher.store.sequences import go_on_after
from tests.store.some_records import EXAMPLES, NOW

DIGEST = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"
EVENT = Event(
    actor="A1",
    verb="shown",
    at=NOW,
    subjects=(Subject(noun=Noun.NEED, id="n1"),),
    position=1,
    propensity=0.1 + 0.2,
)
CONTRACT = Contract(
    value=10**15,
    signed_on=dt.date(2026, 3, 2),
    payment=Payment(instalments=(Instalment(amount=1, due_on=dt.date(2027, 1, 1)),)),
)
PLAN = Plan(
    id="P1",
    made_at=NOW,
    by="A1",
    quota=Quota(least=1, most=5),
    fairness=0.1 + 0.2,
    lines=(PlanLine(need="n1", outcome="o1", manager="m1", value=1 / 3),),
    unassigned=(Unassigned(need="n1", outcome="o2", rule=Unmet.QUOTA),),
    short=(Short(manager="m2", missing=1, reason=Shortfall.NO_PAIR),),
)
INTEREST = step(
    Interest(id="X1", outcome="o1", account="A1", made_at=NOW, text=" 想要 \n", node="n1"),
    InterestState.ROUTED,
    by="A1",
    at=NOW,
    manager="m1",
    reasons=({"code": "room", "load": 1, "capacity": None}, {"code": "terms", "pairs": [{"a": 1}]}),
)
SEARCH = SavedSearch(
    id="S1",
    account="A1",
    name="涂层 · 浙江",
    noun=Noun.OUTCOME,
    query="石墨烯 coating",
    filters={"trl_min": 3, "region": "330000", "modes": ["license"], "pay_after_use": True},
    known=("o1", "中"),
    created_at=NOW,
    looked_at=NOW,
)
LAST_CHANGE = 40
"""The largest number that the change feed gave out; its row is gone."""
CHANGE = next(table for table in tables() if table.name == "change")


def fill(database: Database) -> None:
    """Write into all tables."""
    with database.writing() as session:
        nodes.ensure_core(session, at=NOW)
        for noun, record in EXAMPLES.items():
            records.put(session, noun, [record], actor="A1", at=NOW)
        outcome = replace(EXAMPLES[Noun.OUTCOME], title="换了")
        records.put(session, Noun.OUTCOME, [outcome], actor="A1", at=NOW)
        go_on_after(session, CHANGE, LAST_CHANGE)
        _fill_people(session)
        _fill_work(session)
        _fill_imports(session)


def _fill_people(session) -> None:
    for id in ("b", "中", "B", "A1"):
        account = Account(id=id, login=f"login-{ord(id[0])}", roles=(Role.ADMIN,))
        accounts.add(session, account, at=NOW)
    saved_searches.add(session, SEARCH)
    tours.put(session, SEARCH.account, Tour(1))
    tokens.new(session, "A1", "export", Role.ADMIN, NOW, NOW + dt.timedelta(days=1))
    idempotency.begin(session, "A1", "k1", "POST /needs", NOW)
    answer = idempotency.Answer(201, '{"id":"需求"}', {"Location": "/needs/1", "ETag": '"1"'})
    idempotency.finish(session, "A1", "k1", answer)


def _fill_work(session) -> None:
    events.append(session, [EVENT, replace(EVENT, subjects=(), propensity=None)])
    new = FollowUp(id="F1", need="n1", outcome="o1", manager="m1", introduced_at=NOW)
    moved = transition(new, FollowUpState.ACCEPTED, by="A1", at=NOW, contract=CONTRACT)
    followups.add(session, replace(moved, notes=(Note(by="A1", at=NOW, text=" 1\n2 "),)))
    plans.add(session, PLAN)
    interests.add(session, INTEREST)
    matter = Matter(key="F1 \n late", subjects=(Subject(noun=Noun.FOLLOW_UP, id="F1"),))
    told = Notice(account="A1", kind=NoticeKind.DUE, matters=(matter,), count=3, at=NOW)
    notices.add(session, told, [matter])
    interactions.put(session, [Interaction(id="I1", need="n1", outcome="o1", weight=1 / 3)])


def _fill_imports(session) -> None:
    run = ImportRun(
        id="R1", noun=Noun.NEED, file="需求.xlsx", sha256="0", actor="A1", started_at=NOW
    )
    imports.start(session, run)
    row = ImportRow(2, "n1", RowAction.CREATED, ({"field": "a"},), {"b": 1.5, "a": None, "中": "x"})
    imports.add_rows(session, "R1", [row])
    merges.propose(session, Noun.NEED, "n1", "n2", score=0.5, why={"b": 1, "a": [2]}, at=NOW)
