"""Making a platform, once and again."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from matcher.actions.init import (
    initialise,
    make_home,
    none_made,
    require_made,
    require_tables,
)
from matcher.actions.platform import Platform
from matcher.bootstrap import open_platform
from matcher.errors import UnwritableOutput, UsageError, WrongSchema
from matcher.settings import Settings
from matcher.store import migrate, nodes


@pytest.fixture
def empty_platform(empty_url: str, tmp_path: Path) -> Iterator[Platform]:
    """A platform without a table."""
    settings = Settings(home=tmp_path, database=empty_url)
    with open_platform(settings, checked=False) as platform:
        yield platform


def set_revision(platform: Platform, revision: str) -> None:
    with platform.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})


def test_a_new_platform_has_tables_and_a_node(empty_platform: Platform) -> None:
    made = initialise(empty_platform)
    assert (made.before, made.schema) == (None, migrate.newest())
    migrate.check(empty_platform.database)
    with empty_platform.database.reading() as session:
        assert nodes.every(session) == [made.node] == [nodes.CORE]


def test_a_second_time_changes_nothing(platform: Platform) -> None:
    with platform.database.reading() as session:
        before = nodes.every(session)
    made = initialise(platform)
    assert made.before == made.schema
    assert made.node.id == "n1"
    with platform.database.reading() as session:
        assert nodes.every(session) == before


def test_the_first_node_gets_the_name(empty_platform: Platform) -> None:
    named = initialise(empty_platform, node_name=" 华东 ").node
    assert (named.id, named.name, named.name_en) == ("core", "华东", "")
    assert initialise(empty_platform).node == named


@pytest.mark.parametrize("upgrade", [False, True])
def test_a_newer_database_stays_as_it_is(upgrade: bool, platform: Platform) -> None:
    set_revision(platform, "9999")
    with pytest.raises(WrongSchema, match="9999"):
        initialise(platform, upgrade=upgrade)
    assert migrate.revision_of(platform.database) == "9999"


def test_an_older_database_is_upgraded_when_asked(
    empty_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is but one revision yet, so what happens is seen by what is asked of `migrate`."""
    asked: list[str] = []

    def older(*_: Any, **__: Any) -> None:
        raise WrongSchema("older", hint="Run `matcher init --upgrade`.", found="0000")

    migrate.upgrade(empty_platform.database)
    monkeypatch.setattr(migrate, "check", older)
    monkeypatch.setattr(migrate, "upgrade", lambda _: asked.append("upgrade"))
    with pytest.raises(WrongSchema, match="Copy the database first") as refused:
        initialise(empty_platform)
    assert "matcher init --upgrade" in str(refused.value)
    assert (refused.value.values, asked) == ({"found": "0000"}, [])
    initialise(empty_platform, upgrade=True)
    assert asked == ["upgrade"]


def test_the_home_is_its_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    assert make_home(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert not make_home(home)


def test_a_home_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for home in (tmp_path / "file", tmp_path / "file" / "home"):
        with pytest.raises(UnwritableOutput, match="--home"):
            make_home(home)


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with pytest.raises(UsageError, match="matcher init"):
        require_made(settings)
    assert not settings.home.exists()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "matcher.db").touch()
    with pytest.raises(UsageError, match="matcher init"):
        require_made(settings)


def test_tables_are_needed(empty_platform: Platform) -> None:
    settings = empty_platform.settings
    with pytest.raises(UsageError) as refused:
        require_tables(empty_platform.database, settings)
    assert str(refused.value) == str(none_made(settings))
    initialise(empty_platform)
    require_tables(empty_platform.database, settings)
    require_made(settings)
