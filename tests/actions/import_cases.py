"""An open platform on a database of tests/databases.py, and files to be imported into it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from matcher.actions.import_reading import Request
from matcher.actions.import_report import ImportReport
from matcher.actions.imports import import_file
from matcher.actions.platform import Platform
from matcher.bootstrap import make_platform
from matcher.domain.account import Account
from matcher.domain.enums import NodeKind, Noun, Role
from matcher.domain.node import Node
from matcher.domain.visibility import SYSTEM, Viewer, viewer_of
from matcher.errors import ImportRefused
from matcher.settings import Settings
from matcher.store import feed, nodes, records
from matcher.store.schema.tables import tables

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
NODES = (
    Node(id="core"),
    Node(id="east", kind=NodeKind.REGIONAL, parent="core"),
    Node(id="west", kind=NodeKind.REGIONAL, parent="core"),
)
PARENTS = {node.id: node.parent for node in NODES}
OUTCOMES = (
    {"id": "o1", "title": "石墨烯涂层", "summary": "耐磨", "holder": "某大学", "trl": 6},
    {"id": "o2", "title": "Rice", "summary": "salt tolerant", "holder": "", "trl": 4},
)
NEEDS = ({"id": "n1", "title": "要涂层", "problem": "导轨磨损"},)
MANAGERS = ({"id": "m1", "name": "某", "statement": "涂层"},)


@contextmanager
def opened(url: str, home: Path) -> Iterator[Platform]:
    """The platform on a database that has its tables; its clock stands still."""
    settings = Settings(home=home, database=url)  # type: ignore[arg-type]
    platform = replace(make_platform(settings, checked=False), now=lambda: NOW)
    with platform.database.writing() as session:
        nodes.put(session, NODES, at=NOW)
    yield platform
    platform.database.dispose()


def jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
    return path


def admin(node: str, *roles: Role) -> Viewer:
    """An account with these roles at a node, an admin unless they are given."""
    account = Account(id=f"a-{node}", login=node, roles=roles or (Role.ADMIN,), node=node)
    return viewer_of(account, PARENTS)


def imported(
    platform: Platform, noun: str, path: Path, viewer: Viewer = SYSTEM, **more: Any
) -> ImportReport:
    return import_file(platform, Request(noun, path, **more), viewer)


def refused(
    platform: Platform, noun: str, path: Path, viewer: Viewer = SYSTEM, **more: Any
) -> ImportReport:
    """The report of an import that is refused."""
    try:
        imported(platform, noun, path, viewer, **more)
    except ImportRefused as error:
        report = error.values["report"]
        assert isinstance(report, ImportReport)
        return report
    raise AssertionError("the import was not refused")


def actions(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(one.row, one.id, one.action.value) for one in report.results]


def stored(platform: Platform, noun: Noun, id_: str) -> Any:
    with platform.database.reading() as session:
        return records.get(session, noun, id_)


def everything(platform: Platform) -> dict[str, int]:
    """How many rows each table has, and the number of the last change."""
    with platform.database.reading() as session:
        counts = {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables()
        }
        return {**counts, "latest": feed.latest(session)}


def with_parties(platform: Platform, folder: Path, **more: Any) -> None:
    """Outcomes, a need and a manager, for what refers to them."""
    for noun, rows in ((Noun.OUTCOME, OUTCOMES), (Noun.NEED, NEEDS), (Noun.MANAGER, MANAGERS)):
        imported(platform, noun, jsonl(folder / f"{noun.value}.jsonl", rows), **more)
