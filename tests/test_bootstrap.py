"""From settings to an open platform, or a word on why there is none."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import text

from matcher import bootstrap
from matcher.bootstrap import make_platform, open_platform
from matcher.errors import StoreUnavailable, UsageError, WrongSchema
from matcher.settings import Settings
from matcher.store.database import Database


def test_a_platform_is_what_the_settings_say(standard_settings: Settings) -> None:
    with open_platform(standard_settings) as platform:
        assert platform.settings is standard_settings
        assert platform.library.folder == standard_settings.models
        assert platform.live.serving().version.startswith("0001-")
        assert platform.now().tzinfo is UTC


def test_what_was_never_made_is_not_made_by_opening_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with pytest.raises(UsageError, match="no platform") as caught:
        make_platform(Settings(home=home))
    assert caught.value.hint is not None
    assert "matcher init" in caught.value.hint
    assert not home.exists()
    home.mkdir()
    (home / "matcher.db").touch()
    with pytest.raises(UsageError, match="no platform"):
        make_platform(Settings(home=home))


def test_a_database_without_tables_is_no_platform_unless_one_is_to_be_made(
    empty_url: str, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path, database=empty_url)
    with pytest.raises(UsageError, match="no platform"):
        make_platform(settings)
    with open_platform(settings, checked=False) as platform, platform.database.reading() as session:
        assert session.execute(text("SELECT 1")).scalar_one() == 1


def test_tables_of_another_version_are_refused(standard_settings: Settings) -> None:
    with open_platform(standard_settings) as platform, platform.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WrongSchema) as caught:
        make_platform(standard_settings)
    assert caught.value.hint


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    url = f"postgresql://nobody@/none?host={tmp_path}"
    with pytest.raises(StoreUnavailable):
        make_platform(Settings(home=tmp_path, database=url))


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_database_is_closed_whatever_happens(
    standard_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []
    monkeypatch.setattr(Database, "dispose", lambda database: closed.append(database.url))
    with pytest.raises(ZeroDivisionError), open_platform(standard_settings):
        raise ZeroDivisionError
    assert len(closed) == 1

    def refuse(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "require_tables", refuse)
    with pytest.raises(KeyboardInterrupt):
        make_platform(standard_settings)
    assert len(closed) == 2


def test_what_only_trainings_need_is_not_loaded_to_open_a_platform() -> None:
    """Each takes a tenth of a second or more, of every command and every process that serves."""
    program = "import sys, matcher.bootstrap, matcher.actions.models; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8"
    )
    seldom = {"sklearn", "scipy.stats", "scipy.optimize", "implicit", "lightgbm", "requests"}
    assert seldom & set(run.stdout.split()) == set()
