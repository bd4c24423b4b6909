"""A small platform with a published model, for tests of what is done with one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from matcher.actions.platform import OPERATOR, Platform
from matcher.bootstrap import make_platform
from matcher.domain.enums import NodeKind, Noun
from matcher.domain.manager import Deal, Manager
from matcher.domain.need import Need
from matcher.domain.node import Node
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome
from matcher.domain.record import Record
from matcher.resources import data_path
from matcher.settings import Settings
from matcher.store import migrate, nodes, records
from training.build import build

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
# 1 → 2 and 3; 2 → 4.
NODES = (
    Node(id="n1", name="core"),
    Node(id="n2", name="east", kind=NodeKind.REGIONAL, parent="n1"),
    Node(id="n3", name="west", kind=NodeKind.REGIONAL, parent="n1"),
    Node(id="n4", name="port", kind=NodeKind.PROFESSIONAL, parent="n2"),
)
OUTCOMES = (
    ("o1", "石墨烯耐磨涂层", "导轨表面的石墨烯耐磨涂层,摩擦系数低。"),
    ("o2", "Rice breeding", "Disease resistant rice varieties for saline soil."),
    ("o3", "Lithium battery recycling", "Recovers lithium and cobalt from battery cells."),
    ("o4", "锂电池回收", "废旧锂电池电芯的钴锂回收工艺。"),
    ("o5", "Ultrasonic flaw detection", "Ultrasonic inspection finds cracks in welds."),
)
NEEDS = (
    ("w1", "Graphene coating wanted", "Wear resistant graphene coating for guideways."),
    ("w2", "废旧电池", "我们要回收锂电池里的钴。"),
    ("w3", "Weld inspection", "Find cracks in welds with ultrasonic inspection."),
)
MANAGERS = (
    ("m1", "涂层、新材料方向,懂石墨烯。", "graphene coating licence"),
    ("m2", "Battery recycling and chemistry.", "锂电池回收技术转让"),
)


def in_zone(platform: Platform, zone: str) -> Platform:
    """The same platform, with the days of a zone."""
    settings = platform.settings.model_copy(update={"time_zone": zone})
    return replace(platform, settings=settings)


def outcome(id_: str, title: str = "", text: str = "", **more: object) -> Outcome:
    return Outcome(id=id_, title=title, summary=text, **{"node": "n1", **more})  # type: ignore[arg-type]


def need(id_: str, title: str = "", text: str = "", **more: object) -> Need:
    return Need(id=id_, title=title, problem=text, **{"node": "n1", **more})  # type: ignore[arg-type]


def manager(id_: str, statement: str = "", deal: str = "", **more: object) -> Manager:
    deals = (Deal(title=deal),) if deal else ()
    return Manager(id=id_, statement=statement, deals=deals, **{"node": "n1", **more})  # type: ignore[arg-type]


def standard_records() -> dict[Noun, list[Record]]:
    """Five outcomes, three needs, two managers, all public."""
    return {
        Noun.OUTCOME: [outcome(*row) for row in OUTCOMES],
        Noun.NEED: [need(*row) for row in NEEDS],
        Noun.MANAGER: [manager(*row) for row in MANAGERS],
    }


def put(platform: Platform, noun: Noun, *found: Outcome | Need | Manager | Organisation) -> None:
    """Write records as the operator does."""
    with platform.database.writing() as session:
        records.put(session, noun, found, actor=OPERATOR, at=NOW)


def remove(platform: Platform, noun: Noun, ids: Iterable[str]) -> None:
    """Delete records as the operator does."""
    with platform.database.writing() as session:
        records.delete(session, noun, ids, actor=OPERATOR, at=NOW)


def small_platform(home: Path, url: str = "", **settings: object) -> Platform:
    """An open platform with nodes and tables, without records or a model."""
    home.mkdir(parents=True, exist_ok=True)
    given = {"home": home, **({"database": url} if url else {}), "poll_seconds": 1e-6, **settings}
    platform = make_platform(Settings(**given), checked=False)  # type: ignore[arg-type]
    migrate.upgrade(platform.database)
    with platform.database.writing() as session:
        nodes.put(session, NODES, at=NOW)
    return platform


def publish(platform: Platform) -> str:
    """Train on what is there and publish it; the version."""
    recipe = data_path("recipes", "default.toml")
    version = build(platform, recipe, "trained", lambda _: None).version
    platform.library.publish(version)
    return version


def standard_platform(home: Path, url: str = "") -> Platform:
    """A platform with the standard records and a model of them."""
    platform = small_platform(home, url)
    for noun, found in standard_records().items():
        put(platform, noun, *found)  # type: ignore[arg-type]
    publish(platform)
    return platform
