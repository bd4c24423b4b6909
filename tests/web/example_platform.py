"""A small platform of data/sample, with somebody in each role, and a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from flask import Flask
from flask.testing import FlaskClient

from matcher.actions.accounts import add_account
from matcher.actions.import_reading import Request
from matcher.actions.imports import import_file
from matcher.actions.platform import Platform
from matcher.actions.tokens import new_token
from matcher.bootstrap import make_platform
from matcher.domain.account import Account
from matcher.domain.enums import NodeKind, Noun, Role
from matcher.domain.node import Node
from matcher.domain.visibility import SYSTEM
from matcher.resources import data_path
from matcher.setting_values import NO_LIMIT
from matcher.settings import Settings
from matcher.store import merges, migrate, nodes
from matcher.web.app import create_app
from matcher.web.context import EXTENSION
from tests.platforms import publish
from tests.web.people import PASSWORD

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
KEPT: Mapping[Noun, tuple[str, int]] = MappingProxyType(
    {
        Noun.ORGANISATION: ("U1", 99),
        Noun.OUTCOME: ("O1", 24),
        Noun.NEED: ("N1", 8),
        Noun.MANAGER: ("M1", 4),
    }
)
"""How the ids of those begin that are imported, and how many are at most."""
PEOPLE: Mapping[str, Account] = MappingProxyType(
    {
        "admin": Account(id="new", login="chief", roles=(Role.ADMIN,), node="n1"),
        "regional admin": Account(id="new", login="east", roles=(Role.ADMIN,), node="n2"),
        "enterprise": Account(
            id="new", login="lin", roles=(Role.ENTERPRISE,), node="n1", organisation="U106"
        ),
        "holder": Account(
            id="new", login="zhou", roles=(Role.HOLDER,), node="n1", organisation="U101"
        ),
        "manager": Account(id="new", login="qin", roles=(Role.MANAGER,), node="n1", manager="M101"),
    }
)
NODES = (
    Node(id="n1", name="核心节点", name_en="Core"),
    Node(id="n2", name="东部", name_en="East", kind=NodeKind.REGIONAL, parent="n1"),
)
DUPLICATES = (("O101", "O102", 0.9), ("O103", "O104", 0.8))


@dataclass(slots=True)
class Clock:
    """Stands still until it is moved, so that every run tells the same times."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def go_on(self) -> None:
        self.at += timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Sampled:
    """What examples are played on. clients: by role, "" for a stranger."""

    platform: Platform
    app: Flask
    clock: Clock
    clients: Mapping[str, FlaskClient]


@contextmanager
def sample_platform(folder: Path) -> Iterator[Sampled]:
    """A platform in this folder with a published model, and callers."""
    home, clock = folder / "home", Clock()
    home.mkdir()
    settings = Settings(home=home, poll_seconds=1e-6, rate_limit=NO_LIMIT)
    platform = replace(make_platform(settings, checked=False), now=clock.now)
    migrate.upgrade(platform.database)
    with platform.database.writing() as session:
        nodes.put(session, NODES, at=clock.at)
    _fill(platform, folder)
    publish(platform)
    app = create_app(settings)
    app.extensions[EXTENSION]._platform = platform
    clients = {role: _client(app, platform, one) for role, one in PEOPLE.items()}
    yield Sampled(platform, app, clock, {**clients, "": app.test_client()})
    platform.database.dispose()


def _fill(platform: Platform, folder: Path) -> None:
    for noun, (prefix, most) in KEPT.items():
        lines = data_path("sample", f"{noun.value}s.jsonl").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line.startswith(f'{{"id": "{prefix}')][:most]
        file = folder / f"{noun.value}s.jsonl"
        file.write_text("\n".join(kept), encoding="utf-8")
        import_file(platform, Request(noun=noun.value, file=file, node="n1"), SYSTEM)
    with platform.database.writing() as session:
        for first, second, score in DUPLICATES:
            why: dict[str, object] = {"keys": []}
            merges.propose(session, Noun.OUTCOME, first, second, score=score, why=why, at=START)


def _client(app: Flask, platform: Platform, account: Account) -> FlaskClient:
    add_account(platform, SYSTEM, account, PASSWORD)
    secret = new_token(platform, SYSTEM, account.login, "examples", None, 90)[1]
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return client
