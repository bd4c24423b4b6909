"""A backup becomes the same platform again, or nothing at all."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import matcher.actions.restore as module
from matcher.actions.accounts import add_account, list_accounts
from matcher.actions.answer import Wish
from matcher.actions.backup import Models, back_up
from matcher.actions.backup_format import DATABASE
from matcher.actions.health import examine_platform
from matcher.actions.models import rollback_model
from matcher.actions.platform import Platform
from matcher.actions.restore import restore
from matcher.actions.search import search
from matcher.bootstrap import open_platform
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.node import Node
from matcher.domain.visibility import SYSTEM
from matcher.errors import (
    BrokenBundle,
    MatcherError,
    UnreadableFile,
    UnwritableOutput,
    UsageError,
    WrongSchema,
)
from matcher.settings import Settings
from matcher.store import accounts, migrate, nodes
from matcher.store.database import Database
from tests.platforms import NOW, outcome, publish, put

SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
PASSWORD = "four words that fit"  # noqa: S105


def found(platform: Platform) -> list[tuple[str, float]]:
    platform.live.look_now()
    answer = search(platform, SYSTEM, Noun.OUTCOME, "锂电池 cobalt recovery", Wish(k=5))
    return [(row.candidate_id, row.score) for row in answer.matches]


@pytest.fixture
def backup(platform: Platform, tmp_path: Path) -> Path:
    """Of a platform with an account, and a record that is newer than the model."""
    account = Account(id="new", login="zhang", roles=(Role.ADMIN,))
    add_account(platform, SYSTEM, account, PASSWORD)
    put(platform, Noun.OUTCOME, outcome("o8", "Cobalt recovery from lithium batteries"))
    back_up(platform, tmp_path / "b.zip")
    return tmp_path / "b.zip"


def test_the_same_is_found_and_all_is_well(
    platform: Platform, backup: Path, empty_url: str, tmp_path: Path
) -> None:
    """Into an empty database of the same kind."""
    settings = Settings(home=tmp_path / "new", database=empty_url)
    done: list[tuple[int, int | None]] = []
    restored = restore(settings, backup, progress=lambda *told: done.append(told))
    assert restored.models == (platform.library.current().version,)
    assert done[-1][0] == done[-1][1]
    with open_platform(settings) as again:
        assert found(again) == found(platform)
        assert "o8" in {id_ for id_, _ in found(again)}
        assert list_accounts(again, SYSTEM) == list_accounts(platform, SYSTEM)
        with again.database.reading() as session:
            assert accounts.verify_password(session, "zhang", PASSWORD) is not None
    wrong = [one for one in examine_platform(settings, NOW, fix=False) if not one.ok]
    assert wrong == []


@pytest.mark.slow
def test_it_can_be_restored_into_the_other_kind_of_database(
    platform: Platform, backup: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if platform.database.is_sqlite:
        server = request.getfixturevalue("server")
        settings = Settings(
            home=tmp_path / "new", database=server.address(server.create("template1"))
        )
    else:
        settings = Settings(home=tmp_path / "new")
    restore(settings, backup)
    with open_platform(settings) as again:
        assert found(again) == found(platform)


@SQLITE
@pytest.mark.slow
def test_work_goes_on_after_a_restore(platform: Platform, tmp_path: Path) -> None:
    """Numbers of changes and models go on, and one can go back to the model before."""
    first = platform.library.current().version
    put(platform, Noun.OUTCOME, outcome("o8", "Hydrogen storage"))
    second = publish(platform)
    back_up(platform, tmp_path / "b.zip", models=Models.ALL)
    settings = Settings(home=tmp_path / "new")
    assert set(restore(settings, tmp_path / "b.zip").models) == {first, second}
    with open_platform(settings) as again:
        assert again.library.current().version == second
        put(again, Noun.OUTCOME, outcome("o9", "Hydrogen compressor"))
        assert rollback_model(again, SYSTEM) == first
        assert publish(again).startswith("0003-")


@SQLITE
def test_models_need_not_come_along(platform: Platform, backup: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "new")
    assert restore(settings, backup, with_models=False).models == ()
    assert not settings.models.exists()
    with open_platform(settings) as again:
        assert list_accounts(again, SYSTEM).has_admin


@SQLITE
def test_a_home_that_is_there_but_empty(platform: Platform, backup: Path, tmp_path: Path) -> None:
    home = tmp_path / "new"
    home.mkdir()
    (home / "matcher.toml").write_text("# settings")
    restore(Settings(home=home), backup)
    assert sorted(path.name for path in home.iterdir()) == ["matcher.db", "matcher.toml", "models"]


def test_a_place_that_is_not_empty_stays_as_it_is(platform: Platform, backup: Path) -> None:
    before = found(platform)
    with pytest.raises(UsageError, match="empty place"):
        restore(platform.settings, backup)
    assert found(platform) == before


@SQLITE
def test_models_in_the_way(platform: Platform, backup: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "new", models=platform.settings.models)
    with pytest.raises(UsageError, match="there are models"):
        restore(settings, backup)
    assert not settings.home.exists()


def rewritten(backup: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The backup with other contents, for which nobody adapted the hashes."""
    path = backup.with_name("other.zip")
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return path


@SQLITE
@pytest.mark.parametrize("name", [DATABASE, "settings.json", "manifest.json", "items.npy"])
def test_a_changed_file_is_refused_before_anything_is_written(
    name: str, platform: Platform, backup: Path, tmp_path: Path
) -> None:
    other = rewritten(backup, lambda n, c: c + b" " if n.endswith(name) else c)
    with pytest.raises(UnreadableFile, match=rf"{name} in it is damaged"):
        restore(Settings(home=tmp_path / "new"), other)
    assert not (tmp_path / "new").exists()


@SQLITE
def test_a_file_that_was_cut_off(platform: Platform, backup: Path, tmp_path: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-1000])
    with pytest.raises(UnreadableFile, match="cut off"):
        restore(Settings(home=tmp_path / "new"), backup)
    assert not (tmp_path / "new").exists()


@SQLITE
def test_a_backup_of_another_schema(
    platform: Platform, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = migrate.newest()
    monkeypatch.setattr(migrate, "newest", lambda: "9999")
    with pytest.raises(WrongSchema, match=f"of the schema {now}, this version works with 9999"):
        restore(Settings(home=tmp_path / "new"), backup)
    assert not (tmp_path / "new").exists()


FAULTS: list[tuple[str, BaseException, type[BaseException]]] = [
    ("prove", BrokenBundle("finds something else."), BrokenBundle),
    ("seal", OSError(28, "No space left on device"), UnwritableOutput),
    ("load", UnreadableFile("The dump is damaged."), UnreadableFile),
    ("load", KeyboardInterrupt(), KeyboardInterrupt),
]


@pytest.mark.parametrize(("step", "error", "seen"), FAULTS)
@pytest.mark.parametrize("there", [False, True])
def test_whatever_goes_wrong_nothing_is_left(
    there: bool,
    step: str,
    error: BaseException,
    seen: type[BaseException],
    platform: Platform,
    backup: Path,
    empty_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """there: the folders exist before, and something in them."""

    def failing(*_: Any, **__: Any) -> None:
        raise error

    home = tmp_path / "new"
    if there:
        (home / "models").mkdir(parents=True)
        (home / "models" / "README").touch()
    monkeypatch.setattr(module, step, failing)
    settings = Settings(home=home, database=empty_url)
    with pytest.raises(seen):
        restore(settings, backup)
    left = sorted(str(path.relative_to(home)) for path in home.rglob("*"))
    assert left == (["models", "models/README"] if there else [])
    assert home.exists() == there
    assert not (tmp_path / "empty.db").exists()
    monkeypatch.undo()
    restore(settings, backup)
    with open_platform(settings) as again:
        assert found(again) == found(platform)


@pytest.mark.parametrize("step", ["_restore_models", "load"])
def test_what_somebody_else_put_there_meanwhile_stays(
    step: str,
    platform: Platform,
    backup: Path,
    empty_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Filled by another process while this one restores the models, or waits for the database."""
    settings = Settings(home=tmp_path / "new", database=empty_url)
    real = getattr(module, step)

    def overtaken(*given: Any) -> Any:
        other = Database.open(settings.database.get_secret_value())
        migrate.upgrade(other)
        with other.writing() as session:
            nodes.put(session, [Node(id="theirs")], at=NOW)
        other.dispose()
        return real(*given)

    monkeypatch.setattr(module, step, overtaken)
    with pytest.raises(UsageError, match="empty"):
        restore(settings, backup)
    again = Database.open(settings.database.get_secret_value())
    with again.reading() as session:
        assert [node.id for node in nodes.every(session)] == ["theirs"]
    again.dispose()


@SQLITE
def test_a_place_that_cannot_be_written(platform: Platform, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MatcherError):
        restore(Settings(home=tmp_path / "file" / "new"), backup)
    assert (tmp_path / "file").read_bytes() == b""


@SQLITE
def test_the_backup_outlives_its_platform(platform: Platform, backup: Path, tmp_path: Path) -> None:
    before = found(platform)
    platform.database.dispose()
    shutil.rmtree(platform.settings.home)
    settings = Settings(home=platform.settings.home)
    restore(settings, backup)
    assert Database.open(settings.database.get_secret_value()).url
    with open_platform(settings) as again:
        assert found(again) == before
