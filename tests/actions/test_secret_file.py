"""Secrets: made once, for one platform, readable by its owner alone; or derived from a setting."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matcher.actions.secret_file import secret
from matcher.errors import UnwritableOutput, UsageError
from matcher.settings import Settings


def test_it_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    found = secret(Settings(home=tmp_path), "session")
    assert len(found) >= 32
    assert secret(Settings(home=tmp_path), "session") == found
    path = tmp_path / "secrets" / "session.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["session.key"]


def test_another_use_or_another_platform_has_another(tmp_path: Path) -> None:
    homes = [tmp_path / "one", tmp_path / "two"]
    for home in homes:
        home.mkdir()
    found = {secret(Settings(home=home), name) for home in homes for name in ("session", "queue")}
    assert len(found) == 4


def test_all_who_ask_for_the_first_time_at_once_get_the_same(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(lambda _: secret(settings, "queue"), range(64)))) == 1


def test_of_the_setting_every_host_makes_the_same_and_keeps_nothing(tmp_path: Path) -> None:
    one, two = (
        Settings(home=tmp_path / name, secret_key="k" * 32)  # type: ignore[arg-type]
        for name in ("one", "two")
    )
    assert secret(one, "session") == secret(two, "session") != secret(one, "queue")
    assert b"kkkk" not in secret(one, "session")
    assert not one.home.exists()


def test_what_is_damaged_or_open_to_everybody_is_refused(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    secret(settings, "session")
    path = tmp_path / "secrets" / "session.key"
    path.chmod(0o644)
    with pytest.raises(UsageError, match="everybody"):
        secret(settings, "session")
    path.chmod(0o600)
    path.write_bytes(b"")
    with pytest.raises(UsageError, match="too short"):
        secret(settings, "session")


def test_where_it_can_not_be_kept_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnwritableOutput, match="MATCHER_SECRET_KEY"):
        secret(Settings(home=tmp_path / "nowhere"), "session")
    assert not (tmp_path / "nowhere").exists()
