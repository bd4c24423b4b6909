"""Walking, sealing and removing: links and pipes are refused, nothing outside is touched."""

import hashlib
import os
from pathlib import Path

import pytest

from matcher.bundle import disk
from matcher.errors import BrokenBundle, UnwritableOutput


def test_files_are_named_relative_and_in_order(tmp_path: Path) -> None:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / "b" / "deep" / "x").write_bytes(b"12")
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    assert list(disk.files_in(tmp_path).items()) == [("a", 0), ("b/deep/x", 2)]


def test_a_link_is_refused_wherever_it_leads(tmp_path: Path) -> None:
    (tmp_path / "inside").touch()
    (tmp_path / "link").symlink_to("inside")
    with pytest.raises(BrokenBundle, match="is a link") as caught:
        disk.files_in(tmp_path)
    assert caught.value.where == {"file": str(tmp_path / "link")}


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BrokenBundle, match="neither file nor folder"):
        disk.seal(tmp_path)


def test_sealing_hashes_and_syncs_every_file_and_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x").write_bytes(b"12")
    synced: list[str] = []
    monkeypatch.setattr(
        os, "fsync", lambda handle: synced.append(os.readlink(f"/proc/self/fd/{handle}"))
    )
    assert disk.seal(tmp_path) == {"b/x": (2, hashlib.sha256(b"12").hexdigest())}
    assert synced == [str(tmp_path / "b" / "x"), str(tmp_path / "b"), str(tmp_path)]
    assert disk.sha256(tmp_path / "b" / "x") == hashlib.sha256(b"12").hexdigest()


def test_removing_a_folder_leaves_what_its_links_lead_to(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").touch()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "link").symlink_to(tmp_path / "kept")
    (tmp_path / "link").symlink_to(tmp_path / "kept")
    for name in ("out", "link", "none"):
        disk.remove(tmp_path / name)
    assert sorted(os.listdir(tmp_path)) == ["kept"]
    assert os.listdir(tmp_path / "kept") == ["file"]


def test_what_the_system_says_is_told_with_the_path(tmp_path: Path) -> None:
    with pytest.raises(UnwritableOutput, match="No space left") as caught, disk.writing(tmp_path):
        raise OSError(28, "No space left on device")
    assert caught.value.where == {"file": str(tmp_path)}
    assert caught.value.hint
