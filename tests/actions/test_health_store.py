"""A database that was tampered with is noticed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from matcher.actions.finding import Finding
from matcher.actions.health_store import store_findings
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.store import imports
from matcher.store.database import Database
from matcher.store.schema.append_only import no_triggers
from tests.platforms import NOW

SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def findings(database: Database) -> dict[str, Finding]:
    return {finding.subject: finding for finding in store_findings(database)}


def test_a_database_that_is_well(platform: Platform) -> None:
    found = findings(platform.database)
    assert all(finding.ok for finding in found.values())
    both = {"triggers", "imports", "change feed"}
    assert found.keys() == both | (
        {"integrity", "references"} if platform.database.is_sqlite else set()
    )


def test_a_missing_trigger_is_named(platform: Platform) -> None:
    dialect = "sqlite" if platform.database.is_sqlite else "postgresql"
    with platform.database.writing() as session:
        session.execute(text(no_triggers("event")[dialect][0]))
    found = findings(platform.database)["triggers"]
    assert not found.ok
    assert found.detail.startswith("event_")


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_trigger_that_was_switched_off(platform: Platform) -> None:
    with platform.database.writing() as session:
        session.execute(text("ALTER TABLE event DISABLE TRIGGER event_append_only"))
    assert findings(platform.database)["triggers"].detail.startswith("event_append_only missing")


def test_an_import_that_never_ended(platform: Platform) -> None:
    run = imports.ImportRun(
        id="i1", noun=Noun.NEED, file="needs.csv", sha256="ab", actor="operator", started_at=NOW
    )
    with platform.database.writing() as session:
        imports.start(session, run)
    found = findings(platform.database)["imports"]
    assert not found.ok
    assert "i1" in found.detail


@SQLITE
def test_numbers_that_would_come_again(platform: Platform) -> None:
    with platform.database.writing() as session:
        session.execute(text("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'change'"))
    found = findings(platform.database)["change feed"]
    assert not found.ok
    assert "repeat from 2" in found.detail


@SQLITE
def test_a_row_that_refers_to_nothing(platform: Platform) -> None:
    with sqlite3.connect(file(platform)) as connection:
        connection.execute("INSERT INTO account_role (account, role) VALUES ('nobody', 'admin')")
    connection.close()
    found = findings(platform.database)["references"]
    assert not found.ok
    assert "rows of account_role refer to rows of account" in found.detail


@SQLITE
def test_a_damaged_page(platform: Platform) -> None:
    platform.database.dispose()
    with open(file(platform), "r+b") as stream:
        stream.seek(4096 * 5)
        stream.write(b"\xff" * 4096 * 20)
    found = findings(Database.open(f"sqlite:///{file(platform)}"))
    assert not found["integrity"].ok


def file(platform: Platform) -> Path:
    return platform.settings.home / "matcher.db"
