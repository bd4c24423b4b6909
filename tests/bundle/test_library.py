"""Publish, roll back, read: what is current is always whole, and failures leave it as it was."""

import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matcher.bundle.library import Library
from matcher.bundle.pointer import POINTER
from matcher.errors import BrokenBundle, InvalidValue, MatcherError, NoModel, UnwritableOutput
from tests.bundle.some_models import FACTS, fill, finished, published, visible


def test_without_a_publication_there_is_no_model(library: Library) -> None:
    assert library.pointer_stamp() == ""
    for look in (library.current, library.pointer, library.in_use, library.rollback):
        with pytest.raises(NoModel, match="matcher train"):
            look()
    finished(library)
    for look in (library.current, library.pointer, library.in_use, library.rollback):
        with pytest.raises(NoModel, match="matcher train"):
            look()


def test_what_was_published_last_is_current(library: Library) -> None:
    a = published(library, "a")
    assert library.current() == (a, library.folder / a)
    stamp = library.pointer_stamp()
    b = published(library, "b")
    assert library.current().version == b
    assert library.pointer_stamp() != stamp
    assert library.pointer().history == (a,)
    assert library.pointer().publication == 2


def test_publishing_again_what_is_current_changes_nothing(library: Library) -> None:
    published(library, "a")
    b = published(library, "b")
    stamp = library.pointer_stamp()
    library.publish(b)
    assert library.pointer_stamp() == stamp


def test_the_check_sees_the_folder_before_anybody_else_does(library: Library) -> None:
    a, b = published(library, "a"), finished(library, "b")
    seen = []
    library.publish(b, lambda folder: seen.append((folder, library.current().version)))
    assert seen == [(library.folder / b, a)]


@pytest.mark.parametrize("error", [InvalidValue("worse"), KeyboardInterrupt(), MemoryError()])
def test_a_check_that_fails_leaves_what_was_current(library: Library, error: BaseException) -> None:
    a, b = published(library, "a"), finished(library, "b")

    def check(_: Path) -> None:
        raise error

    with pytest.raises(type(error)):
        library.publish(b, check)
    assert library.current().version == a
    assert visible(library.folder) == [a, b, POINTER]
    library.publish(b)


def test_a_damaged_version_is_not_published(library: Library) -> None:
    a, b = published(library, "a"), finished(library, "b")
    (library.folder / b / "index" / "vectors.bin").write_bytes(b"x" * 100)
    with pytest.raises(BrokenBundle, match="is damaged: its sha256"):
        library.publish(b)
    with pytest.raises(NoModel):
        library.publish("0009-aaaaaaaa")
    assert library.current().version == a


def test_going_back_step_by_step_and_forward_by_name(library: Library) -> None:
    a, b, c = (published(library, content) for content in "abc")
    assert [library.rollback(), library.rollback()] == [b, a]
    with pytest.raises(NoModel, match="No model was current before") as caught:
        library.rollback()
    assert c in str(caught.value.hint)
    assert library.current().version == a
    assert library.rollback(c) == c
    assert library.rollback() == a


def test_going_back_skips_what_is_no_longer_there(library: Library) -> None:
    a, b, _ = (published(library, content) for content in "abc")
    shutil.rmtree(library.folder / b)
    assert library.rollback() == a


def test_going_back_to_what_is_damaged_is_refused(library: Library) -> None:
    a, b = published(library, "a"), published(library, "b")
    os.truncate(library.folder / a / "ids.json", 1)
    for to in (None, a):
        with pytest.raises(BrokenBundle, match="truncated: 1 of 6 bytes"):
            library.rollback(to)
    with pytest.raises(NoModel):
        library.rollback("../../etc")
    assert library.current().version == b


def test_a_pointer_to_what_is_gone_says_to_go_back(library: Library) -> None:
    a, b = published(library, "a"), published(library, "b")
    shutil.rmtree(library.folder / b)
    for look in (library.current, library.in_use):
        with pytest.raises(BrokenBundle, match="is current, but isn't there") as caught:
            look()
        assert "Roll back" in str(caught.value.hint)
    assert library.rollback() == a


def test_a_pointer_to_what_is_broken_says_to_go_back(library: Library) -> None:
    a, b = published(library, "a"), published(library, "b")
    os.truncate(library.folder / b / "ids.json", 0)
    with pytest.raises(BrokenBundle, match="Roll back"):
        library.current()
    assert library.rollback() == a


def test_a_damaged_pointer_is_mended_by_naming_a_version(library: Library) -> None:
    a, b = published(library, "a"), published(library, "b")
    (library.folder / POINTER).write_bytes(b"\0" * 40)
    for call in (library.current, library.rollback, lambda: library.publish(a)):
        with pytest.raises(BrokenBundle, match="Roll back to a version by its name"):
            call()
    assert library.rollback(b) == b
    assert library.current().version == b


def test_the_pointer_of_a_newer_product_is_not_overwritten(library: Library) -> None:
    version = published(library)
    (library.folder / POINTER).write_text('{"format": 2, "shards": {}}')
    with pytest.raises(BrokenBundle, match="newer version"):
        library.rollback(version)
    assert "shards" in (library.folder / POINTER).read_text()


def test_a_removed_pointer_can_be_made_anew(library: Library) -> None:
    version = published(library)
    (library.folder / POINTER).unlink()
    with pytest.raises(NoModel):
        library.current()
    library.rollback(version)
    assert library.current().version == version


def test_what_is_current_can_be_held_through_a_swap(library: Library) -> None:
    a = published(library, "a")
    with library.in_use() as lease:
        for content in "bcd":
            published(library, content)
        assert lease.version == a
        assert a not in library.collect(1)
        assert (lease.folder / "ids.json").is_file()
    assert library.collect(1) == (a,)


def test_a_swap_during_the_look_is_no_error(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version that the reader was sent to is removed before it's looked at."""
    a = published(library, "a")
    plain = Library.verify

    def swapped(self: Library, version: str, *, fast: bool = False) -> object:
        if version == a:
            monkeypatch.undo()
            shutil.rmtree(library.folder / a)
            published(library, "b")
        return plain(self, version, fast=fast)

    monkeypatch.setattr(Library, "verify", swapped)
    assert library.current().version.startswith("0002-")


def test_a_version_removed_before_it_is_held_is_no_error(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = published(library, "a")
    plain = Library.current

    def outdated(self: Library) -> object:
        current = plain(self)
        monkeypatch.undo()
        shutil.rmtree(library.folder / a)
        published(library, "b")
        return current

    monkeypatch.setattr(Library, "current", outdated)
    with library.in_use() as lease:
        assert lease.version.startswith("0002-")


@pytest.mark.slow
def test_publishers_readers_and_a_collector_at_once_all_end_well(library: Library) -> None:
    """Each thread has file handles of its own, so the locks part them as they part processes."""
    published(library, "first")
    done = threading.Event()

    def publish(name: str) -> None:
        for turn in range(8):
            with library.new() as draft:
                fill(draft.folder, f"{name}{turn}")
                library.publish(draft.finish(FACTS))
            library.collect(1)

    def read() -> int:
        looks = 0
        while not done.is_set():
            with library.in_use() as lease:
                library.verify(lease.version)
            looks += 1
        return looks

    with ThreadPoolExecutor() as pool:
        readers = [pool.submit(read) for _ in range(2)]
        writers = [pool.submit(publish, name) for name in "abc"]
        failures = [writer.exception() for writer in writers]
        done.set()
        assert failures == [None] * 3
        assert all(reader.result() > 0 for reader in readers)
    assert library.pointer().publication == 25
    library.verify(library.current().version)
    library.collect(1)
    assert len(library.versions()) <= 3


@pytest.mark.parametrize("action", ["publish", "rollback"])
def test_a_full_disk_leaves_what_was_current(
    library: Library, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    published(library, "a")
    b, c = published(library, "b"), finished(library, "c")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = visible(library.folder)
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(UnwritableOutput, match="No space left"):
        library.publish(c) if action == "publish" else library.rollback()
    monkeypatch.undo()
    assert library.current().version == b
    assert visible(library.folder) == before


def test_every_refusal_is_one_of_the_house(library: Library) -> None:
    for call in (
        lambda: library.verify("x"),
        lambda: library.in_use("x"),
        lambda: library.publish("x"),
        lambda: library.rollback("x"),
    ):
        with pytest.raises(MatcherError):
            call()
