"""What the doctor says of a platform, well and ill."""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from matcher.actions.backup import back_up
from matcher.actions.finding import Finding
from matcher.actions.health import examine_platform, free_space
from matcher.actions.platform import Platform
from matcher.settings import Settings
from tests.platforms import NOW

Usage = namedtuple("Usage", "total used free")


def findings(settings: Settings, now: datetime = NOW, *, fix: bool = False) -> dict[str, Finding]:
    found = list(examine_platform(settings, now, fix=fix))
    by_subject = {finding.subject: finding for finding in found}
    assert len(by_subject) == len(found)
    return by_subject


def test_a_platform_that_is_well(platform: Platform) -> None:
    found = findings(platform.settings)
    assert [finding for finding in found.values() if not finding.ok] == []
    assert found["model"].detail.endswith("whole")
    assert found["setting home"].detail == f"{platform.settings.home} (caller)"
    assert found["setting keep_models"].detail == "5 (default)"
    assert found["backup"].detail.startswith("none known")


def test_where_nothing_was_initialised_one_line_says_so(tmp_path: Path) -> None:
    found = findings(Settings(home=tmp_path / "home"))
    last = found.popitem()[1]
    assert last.subject == "platform"
    assert last.ok
    assert "matcher init" in last.detail
    assert {subject.partition(" ")[0] for subject in found} == {"setting"}
    assert not (tmp_path / "home").exists()


def test_a_database_without_tables(empty_url: str, tmp_path: Path) -> None:
    found = findings(Settings(home=tmp_path, database=empty_url))
    assert found["platform"].ok
    assert "matcher init" in found["platform"].detail


def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    url = "postgresql://me:hidden@127.0.0.1:9/nothing"
    found = findings(Settings(home=tmp_path, database=url))
    assert not found["database"].ok
    assert not any("hidden" in finding.detail for finding in found.values())


def test_tables_of_another_version(platform: Platform) -> None:
    with platform.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    found = findings(platform.settings)
    assert not found["schema"].ok
    assert "newer version" in found["schema"].detail


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "matcher.db").write_bytes(b"something else" * 100)
    found = findings(Settings(home=tmp_path))
    assert not found["database"].ok
    assert "damaged or no database" in found["database"].detail


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_database_that_everybody_may_read(platform: Platform) -> None:
    file = platform.settings.home / "matcher.db"
    subject = "permissions of the database"
    assert findings(platform.settings)[subject].ok
    file.chmod(0o644)
    found = findings(platform.settings)[subject]
    assert not found.ok
    assert "chmod 600" in found.detail


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_age_of_the_last_backup(platform: Platform, tmp_path: Path) -> None:
    back_up(platform, tmp_path / "one.zip")
    assert findings(platform.settings)["backup"].detail == "0 days old"
    later = NOW + timedelta(days=9, hours=1)
    assert findings(platform.settings, later)["backup"].detail == "9 days old"


def test_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    missing = tmp_path / "not" / "there"
    assert free_space("disk", missing).ok
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 9, 1))
    found = free_space("disk", missing)
    assert not found.ok
    assert found.detail == f"0 GB free at {tmp_path}; make room"
