"""Locks: who waits for whom, what ends them, and that a removed lock file fools nobody."""

import gc
import os
import threading
from pathlib import Path

import pytest

from matcher.bundle.locks import Mode, acquire, wait


def is_free(path: Path) -> bool:
    lock = acquire(path, Mode.TRIED)
    if lock is not None:
        lock.release()
    return lock is not None


def test_readers_share_and_keep_a_remover_away(tmp_path: Path) -> None:
    path = tmp_path / "locks" / "x"
    with wait(path, Mode.SHARED):
        with wait(path, Mode.SHARED):
            assert not is_free(path)
        assert not is_free(path)
    assert is_free(path)


def test_releasing_twice_gives_back_once(tmp_path: Path) -> None:
    lock = wait(tmp_path / "x", Mode.EXCLUSIVE)
    lock.release()
    other = os.open(tmp_path / "x", os.O_RDONLY)
    lock.release()
    os.fstat(other)
    os.close(other)


def test_a_lock_that_nobody_refers_to_is_given_back(tmp_path: Path) -> None:
    lock = wait(tmp_path / "x", Mode.EXCLUSIVE)
    assert not is_free(tmp_path / "x")
    del lock
    gc.collect()
    assert is_free(tmp_path / "x")


def test_whoever_waited_for_a_removed_file_locks_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "x"
    first = wait(path, Mode.EXCLUSIVE)
    with open(path, "rb") as stream:  # opened before the removal, as a waiting process has it
        inode = os.fstat(stream.fileno()).st_ino
        waiting = threading.Thread(target=lambda: got.append(wait(path, Mode.SHARED)))
        got: list[object] = []
        waiting.start()
        first.discard()
        waiting.join(10)
        assert got
        assert path.stat().st_ino != inode
        assert not is_free(path)


def test_discarding_twice_leaves_the_next_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    lock = wait(path, Mode.EXCLUSIVE)
    lock.discard()
    assert not path.exists()
    path.touch()
    lock.discard()
    assert path.exists()


def test_a_link_in_the_place_of_a_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        wait(tmp_path / "x", Mode.EXCLUSIVE)
    assert not (tmp_path / "elsewhere").exists()


def test_a_reader_needs_no_right_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"
    path.touch()
    plain = os.open

    def read_only(name: str, flags: int, mode: int = 0o777) -> int:
        if flags & (os.O_RDWR | os.O_WRONLY | os.O_CREAT):
            raise OSError(30, "Read-only file system")
        return plain(name, flags, mode)

    monkeypatch.setattr(os, "open", read_only)
    with wait(path, Mode.SHARED):
        monkeypatch.undo()
        assert not is_free(path)
