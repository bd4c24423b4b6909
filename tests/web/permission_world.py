"""A platform with somebody in every role, in a node and out of it, and things that are theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matcher.actions.accounts import add_account
from matcher.actions.decisions import Decision, decide
from matcher.actions.job_files import make_folder
from matcher.actions.merging import merge
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.tokens import new_token
from matcher.bootstrap import make_platform
from matcher.domain.account import Account
from matcher.domain.enums import NodeKind, Noun, Role, Visibility
from matcher.domain.interest import Interest, InterestState, InterestStep
from matcher.domain.job import Job, JobKind, JobState
from matcher.domain.node import Node
from matcher.domain.organisation import Organisation
from matcher.domain.plan import Plan, PlanLine, Quota
from matcher.domain.visibility import SYSTEM
from matcher.setting_values import NO_LIMIT
from matcher.settings import Settings
from matcher.store import accounts, imports, interests, jobs, merges, nodes, plans
from matcher.store.imports import ImportRow, ImportRun, RowAction
from matcher.web.app import create_app
from matcher.web.context import EXTENSION
from tests.platforms import NOW, manager, need, outcome, put
from tests.web.people import PASSWORD

NODE = "n2"
"""Whose things are asked for; n1 is above it, n3 beside it, n5 below it."""
STRANGER, ROOT = "stranger", "root admin"
_ROLES = {
    "enterprise": Role.ENTERPRISE,
    "holder": Role.HOLDER,
    "manager": Role.MANAGER,
    "admin": Role.ADMIN,
}
COLUMNS = (STRANGER, *_ROLES, ROOT)
PLACES = ("owner", "colleague", "outsider")
"""Whose it is, somebody else of the node, somebody of another node."""


def names(column: str) -> tuple[str, ...]:
    """Those who act in the role of a column, in the order of `PLACES`."""
    return tuple(f"{column}-{place}" for place in PLACES) if column in _ROLES else (column,)


PEOPLE = tuple(name for column in COLUMNS for name in names(column) if column != STRANGER)


@dataclass
class World:
    """The platform, who there is and what they send; what is made is new each time."""

    platform: Platform
    accounts: dict[str, Account] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def new(self, kind: str) -> str:
        return f"{kind}-{next(self._numbers)}"

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self.platform.database.writing() as session:
            yield session

    def account(self, role: Role = Role.ENTERPRISE, node: str = NODE, manager: str = "") -> Account:
        account = Account(id="-", login=self.new("login"), roles=(role,), node=node)
        return add_account(self.platform, SYSTEM, replace(account, manager=manager), PASSWORD)

    def token(self, login: str) -> str:
        return new_token(self.platform, SYSTEM, login, "laptop", None, 9)[0].token.id

    def listing(self, noun: Noun, owner: str = "", visibility: Visibility | None = None) -> str:
        make = outcome if noun is Noun.OUTCOME else need
        id_ = self.new(noun.value)
        title, text = f"Kiln lining {id_}", "A lining of alumina fibre keeps a kiln hot."
        more = {"owner": owner, "visibility": visibility or Visibility.PUBLIC, "field": "02"}
        put(self.platform, noun, make(id_, title, text, node=NODE, **more))
        return id_

    def pair(self, visibility: Visibility | None = None) -> tuple[str, str]:
        needed = self.listing(Noun.NEED, visibility=visibility)
        return needed, self.listing(Noun.OUTCOME, visibility=visibility)

    def carrier(self, node: str = NODE) -> str:
        id_ = self.new("manager")
        put(self.platform, Noun.MANAGER, manager(id_, "Kilns and fibres.", node=node))
        return id_

    def organisation(self) -> str:
        id_ = self.new("organisation")
        made = Organisation(id=id_, name=f"Kilns {id_}", node=NODE)
        put(self.platform, Noun.ORGANISATION, made)
        return id_

    def node(self) -> str:
        id_, kind = self.new("node"), NodeKind.PROFESSIONAL
        made = Node(id=id_, name="kilns", kind=kind, parent=NODE)
        with self.writing() as session:
            nodes.put(session, [made], at=NOW)
        return made.id

    def followup(self, pair: tuple[str, str] | None = None) -> str:
        found = decide(self.platform, SYSTEM, "in", *(pair or self.pair()), Decision.ACCEPT)
        return found.followup.id

    def interest(self, owner: str, routed: bool = True) -> str:
        made = Interest(
            id=self.new("X"), outcome="o1", account=owner, made_at=NOW, node=NODE, contact="1390"
        )
        if routed:
            state = InterestState.ROUTED
            step = InterestStep(to_state=state, by=OPERATOR, at=NOW, manager="in")
            made = replace(made, state=state, manager="in", history=(step,))
        with self.writing() as session:
            return interests.add(session, made).interest.id

    def plan(self, pair: tuple[str, str] = ("w1", "o1")) -> str:
        line = PlanLine(need=pair[0], outcome=pair[1], manager="in", value=0.5)
        made = Plan(
            id=self.new("plan"), made_at=NOW, by="-", quota=Quota(most=9), node=NODE, lines=(line,)
        )
        with self.writing() as session:
            plans.add(session, made)
        return made.id

    def proposal(self, merged: bool = False, visibility: Visibility | None = None) -> str:
        both = [self.listing(Noun.OUTCOME, visibility=visibility) for _ in range(2)]
        with self.writing() as session:
            found = merges.propose(session, Noun.OUTCOME, *both, score=0.9, why={}, at=NOW)
        if merged:
            merge(self.platform, SYSTEM, found.id)
        return found.id

    def run(self) -> str:
        asked = {"kind": "need", "node": NODE}
        made = ImportRun(
            id=self.new("import"),
            noun=Noun.NEED,
            file="needs.csv",
            sha256="0" * 64,
            actor="-",
            started_at=NOW,
            mapping=asked,
        )
        with self.writing() as session:
            imports.start(session, made)
            said = dict.fromkeys(("column", "field", "hint")) | {"code": "no_text", "message": "-"}
            row = ImportRow(2, "w7", RowAction.REFUSED, (said,), {"title": "w7"})
            imports.add_rows(session, made.id, [row])
            imports.finish(session, made.id, NOW, {"refused": 1})
        return made.id

    def job(self, owner: str, state: JobState = JobState.WAITING) -> str:
        ended = NOW if state in (JobState.DONE, JobState.CANCELLED) else None
        with self.platform.database.reading() as session:
            account = accounts.get(session, owner)
        assert account is not None
        [role] = account.roles
        made = Job(
            id=self.new("J"),
            kind=JobKind.EXPORT,
            account=owner,
            role=role,
            node=NODE,
            arguments={"noun": "need", "format": "jsonl", "language": "zh"},
            made_at=NOW,
            run_at=NOW,
            state=state,
            ended_at=ended,
            result={"file": "need.jsonl"} if state is JobState.DONE else {},
        )
        with self.writing() as session:
            jobs.add(session, made)
        folder = make_folder(self.platform.settings.home, made.id)
        (folder / "need.jsonl").write_text("{}\n", encoding="utf-8")
        return made.id

    def app(self) -> Flask:
        """The application over this platform, on its day."""
        app = create_app(self.platform.settings.model_copy(update={"rate_limit": NO_LIMIT}))
        app.extensions[EXTENSION]._platform = self.platform
        return app

    def clients(self) -> dict[str, FlaskClient]:
        """Everybody's, by name."""
        app = self.app()
        found = {STRANGER: app.test_client()}
        for name, secret in self.secrets.items():
            found[name] = app.test_client()
            found[name].environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        return found

    def reopened(self, home: Path) -> World:
        """The same people on the platform in this folder, a copy of this one or itself."""
        return replace(self, platform=opened(home), _numbers=count(1000))


def opened(home: Path) -> Platform:
    settings = Settings(home=home, poll_seconds=1e-6)
    return replace(make_platform(settings), now=lambda: NOW)


def peopled(home: Path) -> World:
    """A world over the standard platform in this folder."""
    world = World(opened(home))
    for id_, node in (("in", NODE), ("beside", NODE), ("out", "n3")):
        put(world.platform, Noun.MANAGER, manager(id_, "Kilns and fibres.", node=node))
    linked = {"manager-owner": "in", "manager-colleague": "beside", "manager-outsider": "out"}
    for name in PEOPLE:
        column, _, place = name.partition("-")
        role = _ROLES.get(column, Role.ADMIN)
        node = "n1" if name == ROOT else "n3" if place == PLACES[-1] else NODE
        account = world.account(role, node, linked.get(name, ""))
        world.accounts[name] = account
        made = new_token(world.platform, SYSTEM, account.login, "tests", None, 30)
        world.secrets[name] = made[1]
    return world
