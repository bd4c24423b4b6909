"""Where a database is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.actions.database_file import database_file
from matcher.errors import UsageError
from matcher.settings import Settings


def test_sqlite_has_a_file(tmp_path: Path) -> None:
    assert database_file(Settings(home=tmp_path)) == tmp_path / "matcher.db"
    elsewhere = Settings(home=tmp_path, database="sqlite:////srv/other name.db")
    assert database_file(elsewhere) == Path("/srv/other name.db")


def test_a_server_has_none() -> None:
    assert database_file(Settings(database="postgresql://me@host/name")) is None


def test_another_kind_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown kind"):
        database_file(Settings(database="mysql://me@host/name"))
