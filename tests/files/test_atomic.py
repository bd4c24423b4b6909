"""A file is there whole or as it was: crashes, interrupts, places that can't be written."""

import os
import stat
from pathlib import Path

import pytest

from matcher.errors import UnwritableOutput
from matcher.files.atomic import check_writable, replacing


def write(path: Path, content: bytes) -> None:
    with replacing(path) as stream:
        stream.write(content)


def write_half(path: Path, error: type[BaseException]) -> None:
    with replacing(path) as stream:
        stream.write(b"half")
        raise error


def test_a_new_file_has_ordinary_permissions(tmp_path: Path) -> None:
    write(tmp_path / "out", b"new")
    plain = tmp_path / "plain"
    plain.touch()
    assert (tmp_path / "out").read_bytes() == b"new"
    assert (tmp_path / "out").stat().st_mode == plain.stat().st_mode


def test_an_existing_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit, MemoryError])
def test_whatever_stops_it_the_old_file_stays_and_nothing_else(
    tmp_path: Path, error: type[BaseException]
) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    with pytest.raises(error):
        write_half(path, error)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out"]


def test_a_full_disk_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(UnwritableOutput) as caught, replacing(tmp_path / "out"):
        raise OSError(28, "No space left on device")
    assert "No space left" in caught.value.message
    assert os.listdir(tmp_path) == []


def test_a_link_leads_to_the_file_that_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def refuse(path: Path) -> str:
    with pytest.raises(UnwritableOutput) as checked:
        check_writable(path)
    with pytest.raises(UnwritableOutput) as written:
        write(path, b"x")
    assert checked.value.message == written.value.message
    assert checked.value.where == {"file": str(path)}
    assert checked.value.hint
    return checked.value.message


def test_places_that_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "locked").touch(mode=0o400)
    assert "folder doesn't exist" in refuse(tmp_path / "none" / "out")
    assert "folder doesn't exist" in refuse(tmp_path / "file" / "out")
    assert "is a folder" in refuse(tmp_path)
    assert "read-only" in refuse(tmp_path / "locked")
    assert "not a regular file" in refuse(Path(os.devnull))


def test_a_folder_that_takes_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    assert "Permission denied" in refuse(tmp_path / "out")


def test_checking_leaves_nothing_behind(tmp_path: Path) -> None:
    check_writable(tmp_path / "out")
    assert os.listdir(tmp_path) == []
    (tmp_path / "out").write_bytes(b"old")
    check_writable(tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"old"


def test_the_longest_name_a_file_may_have(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250 + ".tsv")
    write(path, b"x")
    assert path.read_bytes() == b"x"
