"""Whatever writes leaves an event: an action that isn't in these tables fails a test."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

import matcher.actions
from matcher.actions import accounts, init, jobs, merging, models, nodes, own_account, tokens
from matcher.actions.audit_check import verify
from matcher.actions.backup import Models, back_up
from matcher.actions.decisions import Decision, decide
from matcher.actions.duplicates import propose_merges
from matcher.actions.editing import change, create, remove
from matcher.actions.export import export_records
from matcher.actions.followups import note
from matcher.actions.import_undo import undo_import
from matcher.actions.interest_answers import accept_interest
from matcher.actions.interest_needs import name_need
from matcher.actions.interests import express, withdraw
from matcher.actions.pipeline_sheet import write_pipeline
from matcher.actions.pipeline_wish import PipelineWish
from matcher.actions.plan_confirmation import confirm_plan
from matcher.actions.plan_edits import EditKind, PlanEdit, edit_plan
from matcher.actions.plan_export import export_plan
from matcher.actions.plans import PlanWish, discard_plan, make_plan
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.prompts import prompt_owners
from matcher.actions.restore import restore
from matcher.actions.sensitive_reads import tell_look, tell_read
from matcher.actions.train import train
from matcher.actions.worklist import worklist
from matcher.bootstrap import make_platform, open_platform
from matcher.domain.account import Account
from matcher.domain.enums import Language, NodeKind, Noun, Role
from matcher.domain.event import Event, Subject
from matcher.domain.followup import FollowUp
from matcher.domain.job import JobKind
from matcher.domain.node import Node
from matcher.domain.plan import Quota
from matcher.domain.visibility import SYSTEM, viewer_of
from matcher.errors import NotAllowed
from matcher.settings import Settings
from matcher.store import accounts as store_accounts
from matcher.store import events, followups, merges, migrate
from matcher.store import plans as kept_plans
from tests.actions.import_cases import imported
from tests.actions.interest_cases import firm
from tests.actions.pursuits import PARENTS, sign_up
from tests.actions.test_models import again
from tests.actions.test_plan_reading import PLAN
from tests.platforms import NOW, need, outcome, put
from tests.recommend.some_duplicates import PUMP_COPY, PUMP_ZH

PASSWORD = "four words that fit"  # noqa: S105
Scenario = Callable[[Platform, Path], object]

_JOBS = "Nobody's doing; what the job does is told by the action that does it."
_SIGN_IN = "Tested beside it."
_OWN_BOOKS = "Keeps books on requests, not on anything that people have here."
_PRIVATE = "Somebody's own notes on what they look for; admins, who read events, aren't to."
_NOTICES = "What a notice is about has events of its own; who read it is their own business."
UNTOLD = {
    **dict.fromkeys(("notice_round.tell", "notice_round._told"), _NOTICES),
    **dict.fromkeys(("notice_mail._claimed", "notice_mail._give_back"), _NOTICES),
    **dict.fromkeys(("notice_reading.list_notices", "notice_reading.open_notice"), _NOTICES),
    "notice_reading.read_notices": _NOTICES,
    **dict.fromkeys(("saved_searches.save", "saved_searches.rename"), _PRIVATE),
    **dict.fromkeys(("saved_searches.forget", "saved_searches.looked"), _PRIVATE),
    **dict.fromkeys(("repeated.begin", "repeated.finish", "repeated.forget"), _OWN_BOOKS),
    "models.tidy": "Drops changes that every model has; the models it removes are told.",
    "jobs.ask_on_schedule": _JOBS,
    **dict.fromkeys(("job_work.run_job", "job_work.recover", "job_work.forget_old"), _JOBS),
    **dict.fromkeys(("job_work._settled", "job_attempt._write"), _JOBS),
    **dict.fromkeys(("signing_in.by_password", "signing_in.by_session"), _SIGN_IN),
    **dict.fromkeys(("signing_in.sign_out", "signing_in.unlock"), _SIGN_IN),
    "touring._changed": "One's own bookmark; it says nothing of what is on the platform.",
    "signing_in._note_use": "When a token was used last stands with the token.",
}
"""Functions that write without an event of their own, and why."""


@pytest.fixture(scope="module")
def place(standard_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """One platform for all; every scenario brings what it works with."""
    home = tmp_path_factory.mktemp("told") / "home"
    shutil.copytree(standard_home, home)
    opened = make_platform(Settings(home=home, poll_seconds=1e-6))
    yield replace(opened, now=lambda: NOW)
    opened.database.dispose()


def person(platform: Platform, login: str, password: str = "", role: Role = Role.HOLDER) -> str:
    account = Account(id="new", login=login, roles=(role,), node="n2")
    accounts.add_account(platform, SYSTEM, account, password)
    return login


def entered(platform: Platform, **more: str) -> str:
    fields = {"title": "Valve", "problem": "A valve that closes by itself.", **more}
    return str(create(platform, SYSTEM, Noun.NEED, fields).record.id)


def pair(platform: Platform, name: str) -> tuple[str, str]:
    """Two outcomes that somebody may merge."""
    ids = (f"{name}-1", f"{name}-2")
    put(platform, Noun.OUTCOME, *(outcome(id_, f"Kiln {id_}") for id_ in ids))
    return ids


def proposed(platform: Platform, name: str) -> str:
    kept, dropped = pair(platform, name)
    with platform.database.writing() as session:
        made = merges.propose(session, Noun.OUTCOME, kept, dropped, score=0.5, why={}, at=NOW)
        return made.id


def plan(platform: Platform, id_: str) -> str:
    with platform.database.writing() as session:
        return kept_plans.add(session, replace(PLAN, id=id_)).plan.id


def pursued(platform: Platform, id_: str) -> str:
    one = FollowUp(id=id_, need="w2", outcome="o3", manager="m2", node="n1")
    with platform.database.writing() as session:
        return followups.add(session, one).followup.id


def interest(platform: Platform, login: str) -> str:
    seen = express(platform, firm(platform, login), "o1", text="More, please", contact="139")
    return seen.kept.interest.id


def file_of(folder: Path, id_: str) -> Path:
    path = folder / "needs.jsonl"
    path.write_text(f'{{"id": "{id_}", "title": "Pump"}}\n', encoding="utf-8")
    return path


def export(platform: Platform) -> str:
    return jobs.ask(platform, SYSTEM, JobKind.EXPORT, {"noun": "need"}).id


def do_write_pipeline(platform: Platform, _: Path) -> None:
    write_pipeline(platform, SYSTEM, PipelineWish(), BytesIO())


def do_retry(platform: Platform, _: Path) -> None:
    id_ = export(platform)
    jobs.cancel_job(platform, SYSTEM, id_)
    jobs.retry_job(platform, SYSTEM, id_)


def do_change(platform: Platform, _: Path) -> None:
    change(platform, SYSTEM, Noun.NEED, entered(platform), {"title": "Gate"}, 1)


def do_change_own(platform: Platform, _: Path) -> None:
    own_account.change_own(platform, sign_up(platform, "own"), name="Other")


def do_change_own_password(platform: Platform, _: Path) -> None:
    viewer = sign_up(platform, "own2")
    accounts.set_password(platform, SYSTEM, "own2", PASSWORD)
    own_account.change_own_password(platform, viewer, PASSWORD, PASSWORD[::-1])


def do_fail_own_password(platform: Platform, _: Path) -> None:
    viewer = sign_up(platform, "own3")
    accounts.set_password(platform, SYSTEM, "own3", PASSWORD)
    with pytest.raises(NotAllowed):
        own_account.change_own_password(platform, viewer, PASSWORD[::-1], PASSWORD)


def do_undo_import(platform: Platform, folder: Path) -> None:
    report = imported(platform, Noun.NEED, file_of(folder, "undone"))
    undo_import(platform, SYSTEM, report.id)


def do_look(platform: Platform, _: Path) -> None:
    worklist(platform, sign_up(platform, "looks", manager="m1"), "m1", 3)


def do_upgrade(platform: Platform, _: Path) -> None:
    migrate.downgrade(platform.database, "0006")
    init.initialise(platform, upgrade=True)


def do_answer(platform: Platform, _: Path) -> None:
    id_ = interest(platform, "firm1")
    accept_interest(platform, SYSTEM, id_)


def do_name_need(platform: Platform, _: Path) -> None:
    put(platform, Noun.NEED, need("w-named", "Coating", owner="firm5"))
    id_ = interest(platform, "firm5")
    accept_interest(platform, SYSTEM, id_)
    with platform.database.reading() as session:
        account = store_accounts.get(session, "firm5")
    assert account is not None
    name_need(platform, viewer_of(account, PARENTS), id_, "w-named")


def do_withdraw(platform: Platform, _: Path) -> None:
    id_ = interest(platform, "firm4")
    withdraw(platform, SYSTEM, id_)


def do_unmerge(platform: Platform, _: Path) -> None:
    id_ = proposed(platform, "apart")
    merging.merge(platform, SYSTEM, id_)
    merging.unmerge(platform, SYSTEM, id_)


def do_propose(platform: Platform, _: Path) -> None:
    copies = (outcome(one.id, one.title, one.text) for one in (PUMP_ZH, PUMP_COPY))
    put(platform, Noun.OUTCOME, *copies)
    propose_merges(platform, SYSTEM, Noun.OUTCOME)


def do_collect(platform: Platform, _: Path) -> None:
    again(platform)
    again(platform)
    models.collect_models(platform, 1)


def do_train(platform: Platform, _: Path) -> None:
    again(platform, job="J-told")
    train(platform, job="J-told")


def do_prompt(platform: Platform, _: Path) -> None:
    soon = NOW.date() + timedelta(days=3)
    put(platform, Noun.NEED, need("ends", "Ends", owner="firm", valid_until=soon))
    prompt_owners(platform, OPERATOR)


def do_revoke(platform: Platform, _: Path) -> None:
    login = person(platform, "t2")
    held, _secret = tokens.new_token(platform, SYSTEM, login, "x", None, 1)
    tokens.revoke_token(platform, SYSTEM, held.token.id)


ANEW = Account(id="new", login="anew", roles=(Role.HOLDER,), node="n2")
BRANCH = Node(id="n9", name="branch", kind=NodeKind.REGIONAL, parent="n1")
FEW = PlanWish(Quota(most=1), outcomes=1)
NOBODY = Subject(noun=Noun.ACCOUNT, id="x")
GONE = PlanEdit(EditKind.REMOVE, "w1", "o1")

TOLD: dict[str, tuple[str, Scenario]] = {
    "accounts.add_account": ("account_added", lambda p, _: accounts.add_account(p, SYSTEM, ANEW)),
    "accounts.change_account": (
        "account_changed",
        lambda p, _: accounts.change_account(p, SYSTEM, person(p, "c1"), {"name": "Other"}),
    ),
    "accounts.set_roles": (
        "roles_set",
        lambda p, _: accounts.set_roles(p, SYSTEM, person(p, "c2"), [Role.ENTERPRISE]),
    ),
    "accounts.set_active": (
        "account_disabled",
        lambda p, _: accounts.set_active(p, SYSTEM, person(p, "c3"), False),
    ),
    "accounts.set_password": (
        "password_set",
        lambda p, _: accounts.set_password(p, SYSTEM, person(p, "c4"), PASSWORD),
    ),
    "backup._note": ("backed_up", lambda p, d: back_up(p, d / "b.zip", models=Models.NONE)),
    "decisions.decide": (
        "accepted",
        lambda p, _: decide(p, SYSTEM, "m2", "w3", "o5", Decision.ACCEPT),
    ),
    "duplicates.propose_merges": ("merge_proposed", do_propose),
    "editing.create": ("record_created", lambda p, _: entered(p)),
    "editing.change": ("record_changed", do_change),
    "editing.remove": (
        "record_removed",
        lambda p, _: remove(p, SYSTEM, Noun.NEED, entered(p), 1),
    ),
    "export._tell": (
        "read_export_need",
        lambda p, d: export_records(p, SYSTEM, "need", d / "n.jsonl"),
    ),
    "followup_change.changed": ("noted", lambda p, _: note(p, SYSTEM, pursued(p, "F-1"), "Rang.")),
    "imports._imported": (
        "imported",
        lambda p, d: imported(p, Noun.NEED, file_of(d, "imported")),
    ),
    "import_undo._undone": ("import_undone", do_undo_import),
    "impressions.tell_shown": ("shown", do_look),
    "init._first_node": ("node_renamed", lambda p, _: init.initialise(p, node_name="Elsewhere")),
    "init._note_upgrade": ("schema_upgraded", do_upgrade),
    "interest_answers._say": ("interest_accepted", do_answer),
    "interest_needs.name_need": ("interest_need_named", do_name_need),
    "interest_routing.route_on": ("interest_routed", lambda p, _: interest(p, "firm2")),
    "interests.express": ("interest_expressed", lambda p, _: interest(p, "firm3")),
    "interests.withdraw": ("interest_withdrawn", do_withdraw),
    "jobs._kept": ("asked_export", lambda p, _: export(p)),
    "jobs.cancel_job": ("cancelled_export", lambda p, _: jobs.cancel_job(p, SYSTEM, export(p))),
    "jobs.retry_job": ("retried_export", do_retry),
    "merging.merge": ("merged", lambda p, _: merging.merge(p, SYSTEM, proposed(p, "one"))),
    "merging.merge_records": (
        "merged",
        lambda p, _: merging.merge_records(p, SYSTEM, Noun.OUTCOME, *pair(p, "two")),
    ),
    "merging.reject": (
        "merge_rejected",
        lambda p, _: merging.reject(p, SYSTEM, proposed(p, "three")),
    ),
    "merging.unmerge": ("unmerged", do_unmerge),
    "models.collect_models": ("models_removed", do_collect),
    "models._note": ("published", lambda p, _: models.publish_model(p, SYSTEM, again(p))),
    "nodes.add_node": ("node_added", lambda p, _: nodes.add_node(p, SYSTEM, BRANCH)),
    "nodes.rename_node": (
        "node_renamed",
        lambda p, _: nodes.rename_node(p, SYSTEM, "n4", name="Other"),
    ),
    "own_account.change_own": ("account_changed", do_change_own),
    "own_account.change_own_password": ("password_set", do_change_own_password),
    "own_account._note_failure": ("sign_in_failed", do_fail_own_password),
    "pipeline_sheet.exported": ("read_export_followup", do_write_pipeline),
    "plan_confirmation.confirm_plan": (
        "plan_confirmed",
        lambda p, _: confirm_plan(p, SYSTEM, plan(p, "P-1")),
    ),
    "plan_edits.edit_plan": (
        "plan_line_removed",
        lambda p, _: edit_plan(p, SYSTEM, plan(p, "P-2"), GONE),
    ),
    "plan_export.export_plan": (
        "read_export_plan",
        lambda p, _: export_plan(p, SYSTEM, plan(p, "P-4"), Language.ZH),
    ),
    "plans.make_plan": ("plan_made", lambda p, _: make_plan(p, SYSTEM, FEW)),
    "plans.discard_plan": (
        "plan_discarded",
        lambda p, _: discard_plan(p, SYSTEM, plan(p, "P-3")),
    ),
    "prompts.prompt_owners": ("prompted", do_prompt),
    "sensitive_reads.tell_read": (
        "read_tokens",
        lambda p, _: tell_read(p, SYSTEM, "read_tokens", [NOBODY]),
    ),
    "sensitive_reads.tell_look": ("read_audit", lambda p, _: tell_look(p, SYSTEM, "read_audit")),
    "train._tell": ("trained", do_train),
    "tokens.new_token": (
        "token_made",
        lambda p, _: tokens.new_token(p, SYSTEM, person(p, "t1"), "x", None, 1),
    ),
    "tokens.revoke_token": ("token_revoked", do_revoke),
}
"""Every other function that writes: the verb of its event, and something that calls it."""
_ABOUT_NOTHING = {
    *("backed_up", "read_export_need", "read_export_followup", "schema_upgraded", "read_audit")
}
_LONGEST = 64


def writers() -> Iterator[str]:
    """The functions of the actions that open a transaction to write."""
    for path in sorted(Path(matcher.actions.__path__[0]).glob("*.py")):
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(one, ast.FunctionDef) and "writing" in _called(one):
                yield f"{path.stem}.{one.name}"


def _called(function: ast.FunctionDef) -> set[str]:
    calls = (one.func for one in ast.walk(function) if isinstance(one, ast.Call))
    return {one.attr for one in calls if isinstance(one, ast.Attribute)}


def test_every_function_that_writes_stands_in_one_of_the_tables() -> None:
    assert not TOLD.keys() & UNTOLD.keys()
    assert set(writers()) == TOLD.keys() | UNTOLD.keys()


def written(platform: Platform, after: int) -> list[Event]:
    with platform.database.reading() as session:
        return [event for _, event in events.read(session, after)]


@pytest.mark.parametrize("name", TOLD)
def test_what_it_writes_is_told(place: Platform, tmp_path: Path, name: str) -> None:
    verb, scenario = TOLD[name]
    with place.database.reading() as session:
        before = events.latest(session)
    scenario(place, tmp_path)
    told = [event for event in written(place, before) if event.verb == verb]
    assert told
    assert all(bool(event.subjects) is (verb not in _ABOUT_NOTHING) for event in told)
    ids = [one.id for event in told for one in event.subjects]
    assert all(len(id_) <= _LONGEST and " " not in id_ for id_ in ids)
    assert verify(place.database).broken is None


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)
def test_a_restored_platform_goes_on_with_the_chain(
    platform: Platform, tmp_path: Path, empty_url: str
) -> None:
    person(platform, "before")
    seal = verify(platform.database).seal
    back_up(platform, tmp_path / "b.zip", models=Models.NONE)
    settings = Settings(home=tmp_path / "new", database=empty_url)
    restore(settings, tmp_path / "b.zip")
    with open_platform(settings) as restored:
        assert [event.verb for event in written(restored, 0)] == ["account_added", "restored"]
        person(restored, "after")
        assert verify(restored.database, expect=seal).broken is None


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_first_node_is_told(empty_url: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, database=empty_url)
    with open_platform(settings, checked=False) as platform:
        init.initialise(platform)
        init.initialise(platform)
        assert [event.verb for event in written(platform, 0)] == ["node_added"]
