"""Steps that are there whole or not at all, and a folder that one process holds at a time."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from matcher.bundle.work import sweep_work, working
from matcher.errors import UnwritableOutput, UsageError


def do(root: Path, key: str, *steps: str) -> None:
    """Do these steps and be interrupted."""
    with suppress(KeyboardInterrupt), working(root, key) as work:
        for step in steps:
            with work.writing(step) as folder:
                (folder / "result").write_text(step)
        raise KeyboardInterrupt


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def test_what_was_done_before_an_interrupt_is_there_afterwards(tmp_path: Path) -> None:
    do(tmp_path, "k1", "first", "second")
    with working(tmp_path, "k1") as work:
        assert [work.done(step) for step in ("first", "second", "third")] == [True, True, False]
        assert (work.step("second") / "result").read_text() == "second"


def test_a_step_that_was_interrupted_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), working(tmp_path, "k1") as work, work.writing("first"):
        raise KeyboardInterrupt
    assert names(tmp_path / "k1") == set()


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_step_whose_process_was_killed_is_done_again(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        with working(tmp_path, "k1") as work, work.writing("first") as folder:
            (folder / "half").write_text("")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert names(tmp_path / "k1") == {".first.part"}
    with working(tmp_path, "k1") as work:
        assert not work.done("first")
        with work.writing("first") as folder:
            assert names(folder) == set()
        assert names(work.folder) == {"first"}


def test_after_success_nothing_is_left_of_any_work(tmp_path: Path) -> None:
    do(tmp_path, "k1", "first")
    with working(tmp_path, "k2") as work, work.writing("first"):
        pass
    assert names(tmp_path) == {".locks"}
    assert names(tmp_path / ".locks") == set()


def test_beginning_afresh_forgets_the_steps(tmp_path: Path) -> None:
    do(tmp_path, "k1", "first")
    with working(tmp_path, "k1", fresh=True) as work:
        assert not work.done("first")


def test_what_somebody_holds_is_not_swept(tmp_path: Path) -> None:
    with working(tmp_path, "k1") as work:
        with work.writing("first"):
            pass
        sweep_work(tmp_path)
        assert work.done("first")
    do(tmp_path, "k2", "first")
    sweep_work(tmp_path)
    assert names(tmp_path) == {".locks"}
    sweep_work(tmp_path / "nowhere")


def test_a_second_one_says_so_and_waits_for_the_first(tmp_path: Path) -> None:
    waits, order = threading.Event(), []

    def second() -> None:
        with working(tmp_path, "k1", waits=waits.set):
            order.append("second")

    with working(tmp_path, "k1"):
        other = threading.Thread(target=second)
        other.start()
        assert waits.wait(10)
        order.append("first")
    other.join(10)
    assert order == ["first", "second"]


def test_a_step_is_done_once(tmp_path: Path) -> None:
    with working(tmp_path, "k1") as work:
        with work.writing("first"):
            pass
        with pytest.raises(UsageError, match="first is done"), work.writing("first"):
            pass


@pytest.mark.parametrize("key", ["", "..", "a/b", "K1", ".locks"])
def test_a_key_is_a_plain_name(tmp_path: Path, key: str) -> None:
    with pytest.raises(UsageError), working(tmp_path, key):
        pass


def test_the_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    with working(tmp_path / "training", "k1") as work:
        assert work.folder.stat().st_mode & 0o077 == 0
        assert work.folder.parent.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableOutput, match="file"), working(tmp_path / "file", "k1"):
        pass
