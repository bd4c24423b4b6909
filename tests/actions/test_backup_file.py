"""The file of a backup: hashed while it is written, refused when a byte is another."""

from __future__ import annotations

import hashlib
import random
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

import matcher.actions.backup_file as module
from matcher.actions.backup_file import BackupWriter, reading_backup
from matcher.actions.backup_format import CONTENTS, DATABASE, SETTINGS, Contents, model_name
from matcher.bundle.document import render
from matcher.bundle.manifest import FileFacts
from matcher.errors import BrokenBundle, UnreadableFile

VERSION = "0003-1f2e3d4c"
NOISE = random.Random(7).randbytes(300_000)
Told = list[tuple[int, int | None]]


def facts(content: bytes) -> FileFacts:
    return FileFacts(len(content), hashlib.sha256(content).hexdigest())


def written(path: Path, source: Path, told: Told, **more: bytes) -> Path:
    """A backup of a database of two lines and a model of one file; more: files it doesn't list."""
    source.write_bytes(NOISE)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        writer = BackupWriter(archive, lambda done, total: told.append((done, total)), len(NOISE))
        with writer.member(DATABASE) as stream:
            stream.write(b"one\n")
            stream.write(b"two\n")
        writer.copy(source, model_name(VERSION, "a/b"), facts(NOISE))
        writer.add(SETTINGS, b"{}")
        contents = Contents(
            product="0.1.0",
            created_at=datetime(2026, 3, 1, tzinfo=UTC),
            schema="0001",
            rows={},
            current=VERSION,
            history=(),
            files=dict(writer.files),
        )
        writer.add(CONTENTS, render(contents))
        for name, content in more.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def backup(tmp_path: Path, told: Told) -> Path:
    return written(tmp_path / "b.zip", tmp_path / "source", told)


def test_what_was_written_is_read(backup: Path, told: Told) -> None:
    assert told == [(8, None), (len(NOISE), len(NOISE))]
    told.clear()
    with reading_backup(backup) as reader:
        reader.verify(lambda done, total: told.append((done, total)))
        assert reader.open(DATABASE).read() == b"one\ntwo\n"
        assert reader.contents.files[model_name(VERSION, "a/b")] == facts(NOISE)
    assert told[-1] == (len(NOISE) + 10, len(NOISE) + 10)


def test_a_copy_that_is_not_what_it_should_be(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"damaged")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        writer = BackupWriter(archive, lambda *_: None, 0)
        with pytest.raises(BrokenBundle, match="source: is damaged"):
            writer.copy(tmp_path / "source", "x", facts(b"whole"))
        with pytest.raises(BrokenBundle, match="can't be read"):
            writer.copy(tmp_path / "nothing", "y")


def check(path: Path) -> None:
    with reading_backup(path) as reader:
        reader.verify(lambda *_: None)


@pytest.mark.parametrize("at", [0.001, 0.2, 0.5, 0.9, 0.99])
def test_a_damaged_byte_is_found(at: float, backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[int(at * len(content))] ^= 0x55
    backup.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        check(backup)
    assert refused.value.where["file"] == str(backup)


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.999])
def test_a_file_that_was_cut_off(share: float, backup: Path) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[: int(share * len(content))])
    with pytest.raises(UnreadableFile, match="damaged or cut off"):
        check(backup)


def test_a_file_that_grows_when_unpacked_is_not_unpacked_to_its_end(backup: Path) -> None:
    """A few bytes that would fill the disk: reading stops where the listed size is passed."""
    bomb = backup.with_name("bomb.zip")
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as to:
        for name in source.namelist():
            content = source.read(name)
            to.writestr(name, bytes(50_000_000) if name == DATABASE else content)
    done: list[int] = []
    with reading_backup(bomb) as reader, pytest.raises(UnreadableFile, match=f"{DATABASE} in it"):
        reader.verify(lambda size, _: done.append(size))
    assert max(done) <= 1 << 20


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "models/x/../../evil", "matcher.db"])
def test_a_name_that_leads_elsewhere(name: str, tmp_path: Path, told: Told) -> None:
    path = written(tmp_path / "b.zip", tmp_path / "source", told, **{name: b"x"})
    with pytest.raises(UnreadableFile, match="which no backup does"):
        check(path)


@pytest.mark.parametrize("name", [DATABASE, CONTENTS])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice(name: str, tmp_path: Path, told: Told) -> None:
    path = written(tmp_path / "b.zip", tmp_path / "source", told, **{name: b"x"})
    with pytest.raises(UnreadableFile, match="twice"):
        check(path)


def test_what_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="doesn't exist"):
        check(tmp_path / "nothing.zip")
    with pytest.raises(UnreadableFile, match="no backup"):
        check(tmp_path)
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    with pytest.raises(UnreadableFile, match=r"no backup\.json"):
        check(tmp_path / "empty.zip")


def test_checking_tells_each_byte_once(
    backup: Path, monkeypatch: pytest.MonkeyPatch, told: Told
) -> None:
    monkeypatch.setattr(module, "CHUNK", 1000)
    told.clear()
    with reading_backup(backup) as opened:
        opened.verify(lambda done, total: told.append((done, total)))
        every = sum(facts.bytes for facts in opened.contents.files.values())
    assert told[-1] == (every, every)
    assert len(told) > 300
