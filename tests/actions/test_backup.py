"""Making a backup: whole, private, and of one moment."""

from __future__ import annotations

import json
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.actions import backup_file
from matcher.actions.backup import VERB, Models, back_up
from matcher.actions.backup_file import reading_backup
from matcher.actions.backup_format import CONTENTS, DATABASE, LEDGER, SETTINGS
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.enums import Noun
from matcher.errors import BrokenBundle, StoreUnavailable, UnwritableOutput, UsageError
from matcher.store import events, records
from matcher.store.database import Database
from tests.platforms import NOW, outcome, publish, put

SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_a_backup_holds_database_and_current_model(platform: Platform, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    saved = back_up(platform, path)
    current = platform.library.current()
    assert saved.bytes == path.stat().st_size
    assert saved.contents.rows["outcome"] == 5
    assert (saved.contents.current, saved.contents.created_at) == (current.version, NOW)
    with reading_backup(path) as reader:
        reader.verify(lambda *_: None)
        assert reader.contents == saved.contents
    with zipfile.ZipFile(path) as archive:
        of_model = {name for name in archive.namelist() if name.startswith("models/0")}
        assert set(archive.namelist()) - of_model == {DATABASE, SETTINGS, LEDGER, CONTENTS}
    assert len(of_model) == sum(one.is_file() for one in current.folder.rglob("*"))


def test_it_is_its_owners_alone_and_noted(platform: Platform, tmp_path: Path) -> None:
    back_up(platform, tmp_path / "b.zip")
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    with platform.database.reading() as session:
        [(_, event)] = events.read(session, verbs=[VERB])
    assert (event.actor, event.at) == (OPERATOR, NOW)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_the_settings_hold_no_secret(platform: Platform, tmp_path: Path) -> None:
    address = "postgresql://me:hidden@host/name?password=hidden"
    settings = platform.settings.model_copy(
        update={"database": type(platform.settings.database)(address)}
    )
    back_up(replace(platform, settings=settings), tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        told = json.loads(archive.read(SETTINGS))
    assert "hidden" not in json.dumps(told)
    assert told["keep_models"] == {"value": "5", "origin": "default"}


@SQLITE
@pytest.mark.slow
def test_which_models_go_in(platform: Platform, tmp_path: Path) -> None:
    first = platform.library.current().version
    put(platform, Noun.OUTCOME, outcome("o8", "Hydrogen storage"))
    second = publish(platform)
    (platform.library.folder / "0009-00000000").mkdir()
    said: list[str] = []
    of = {
        models: back_up(platform, tmp_path / f"{models.name}.zip", models=models, say=said.append)
        for models in Models
    }
    assert of[Models.NONE].contents.models() == ()
    assert of[Models.NONE].contents.current is None
    assert of[Models.CURRENT].contents.models() == (second,)
    assert of[Models.CURRENT].contents.history == ()
    assert set(of[Models.ALL].contents.models()) == {first, second}
    assert of[Models.ALL].contents.history == (first,)
    assert of[Models.ALL].contents.current == second
    assert "Left out: the model 0009-00000000 is broken." in said


@SQLITE
def test_without_a_model_the_database_is_saved(platform: Platform, tmp_path: Path) -> None:
    (platform.library.folder / "current.json").unlink()
    said: list[str] = []
    saved = back_up(platform, tmp_path / "b.zip", say=said.append)
    assert saved.contents.models() == ()
    assert saved.contents.rows["need"] == 3
    assert said[0].startswith("No model has been published")


@SQLITE
def test_a_damaged_model_leaves_no_file_and_the_old_one_stays(
    platform: Platform, tmp_path: Path
) -> None:
    path = platform.library.current().folder / "outcome" / "items.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(BrokenBundle, match="--no-models"):
        back_up(platform, tmp_path / "b.zip")
    assert list(tmp_path.glob("*b.zip*")) == []
    back_up(platform, tmp_path / "b.zip", models=Models.NONE)
    before = (tmp_path / "b.zip").read_bytes()
    with pytest.raises(BrokenBundle):
        back_up(platform, tmp_path / "b.zip", overwrite=True)
    assert (tmp_path / "b.zip").read_bytes() == before


@SQLITE
def test_a_file_is_not_written_over_unasked(platform: Platform, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    path.write_text("something dear")
    with pytest.raises(UsageError, match="--force"):
        back_up(platform, path)
    assert path.read_text() == "something dear"
    back_up(platform, path, overwrite=True)
    assert zipfile.is_zipfile(path)


@SQLITE
def test_where_no_backup_can_be(platform: Platform, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"notes\.zip"):
        back_up(platform, tmp_path / "notes.xlsx")
    with pytest.raises(UnwritableOutput):
        back_up(platform, tmp_path / "nowhere" / "b.zip")


def test_others_write_meanwhile_and_the_backup_is_of_one_moment(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record is written between the first line of the dump and the rest of it."""
    monkeypatch.setattr(backup_file, "CHUNK", 100)
    written: list[str] = []

    def write(done: int, total: int | None) -> None:
        if not written:
            written.append("o8")
            other = Database.open(platform.settings.database.get_secret_value())
            with other.writing() as session:
                records.put(session, Noun.OUTCOME, [outcome("o8")], actor=OPERATOR, at=NOW)
            other.dispose()

    saved = back_up(platform, tmp_path / "b.zip", progress=write)
    assert written == ["o8"]
    assert saved.contents.rows["outcome"] == 5
    with platform.database.reading() as session:
        assert records.count(session, Noun.OUTCOME) == 6


@SQLITE
def test_a_backup_that_could_not_be_noted_is_one(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> None:
        raise StoreUnavailable("The disk is full.")

    monkeypatch.setattr(platform.database, "writing", failing)
    said: list[str] = []
    back_up(platform, tmp_path / "b.zip", say=said.append)
    assert said[-1].endswith("couldn't note it: The disk is full.")
    assert zipfile.is_zipfile(tmp_path / "b.zip")
