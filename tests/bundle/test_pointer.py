"""The pointer: what becomes of its history, and a swap that is made or isn't."""

import os
from pathlib import Path

import pytest

from matcher.bundle.pointer import (
    POINTER,
    Pointer,
    published,
    read_pointer,
    rolled_back,
    stamp,
    write_pointer,
)
from matcher.errors import BrokenBundle, UnwritableOutput

A, B, C, D = ALL = tuple(f"000{n}-aaaaaaaa" for n in range(1, 5))


def point(version: str, *history: str, publication: int = 5) -> Pointer:
    return Pointer(version=version, publication=publication, history=history)


def test_the_first_publication_has_no_past() -> None:
    assert published(None, A, ALL) == point(A, publication=1)


def test_publishing_puts_what_was_current_behind() -> None:
    assert published(point(B, A), C, ALL) == point(C, A, B, publication=6)


def test_publishing_what_is_current_changes_nothing() -> None:
    assert published(point(B, A), B, ALL) == point(B, A)


def test_what_is_gone_leaves_the_history() -> None:
    assert published(point(C, A, B), D, (B, C, D)) == point(D, B, C, publication=6)


def test_going_back_goes_back_in_history_too() -> None:
    once = rolled_back(point(C, A, B), B, ALL)
    assert once == point(B, A, publication=6)
    assert rolled_back(once, A, ALL) == point(A, publication=7)


def test_going_further_back_skips_what_lies_between() -> None:
    assert rolled_back(point(D, A, B, C), A, ALL) == point(A, publication=6)


def test_going_to_what_was_never_current_is_a_publication() -> None:
    assert rolled_back(point(B, A), D, ALL) == point(D, A, B, publication=6)
    assert rolled_back(None, D, ALL) == point(D, publication=1)


def test_going_back_to_one_of_two_times_takes_the_later() -> None:
    assert rolled_back(point(C, A, B, A), A, ALL) == point(A, A, B, publication=6)


def test_the_previous_one_is_still_there_and_not_the_current_one() -> None:
    assert point(C, A, B).previous(ALL) == B
    assert point(C, A, B).previous((A, C)) == A
    assert point(C, A, C).previous(ALL) == A
    assert point(C, A, B).previous((C, D)) is None


def test_a_pointer_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert read_pointer(tmp_path) is None
    write_pointer(tmp_path, point(B, A))
    assert read_pointer(tmp_path) == point(B, A)
    assert os.listdir(tmp_path) == [POINTER]


def test_the_stamp_changes_with_the_pointer_and_only_then(tmp_path: Path) -> None:
    assert stamp(tmp_path) == ""
    write_pointer(tmp_path, point(A, publication=1))
    first = stamp(tmp_path)
    write_pointer(tmp_path, point(A, publication=1))
    assert stamp(tmp_path) == first
    write_pointer(tmp_path, point(B, A, publication=2))
    assert stamp(tmp_path) not in {"", first}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"0001-aaaaaaaa",
        b'{"format": 1, "version": "../../x", "publication": 1, "history": []}',
        b'{"format": 1, "version": "0001-aaaaaaaa", "publication": 1}',
        b'{"format": 2, "version": "0001-aaaaaaaa"}',
    ],
)
def test_a_damaged_pointer_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / POINTER).write_bytes(content)
    with pytest.raises(BrokenBundle) as caught:
        read_pointer(tmp_path)
    assert caught.value.where["file"] == str(tmp_path / POINTER)
    assert "Roll back" in str(caught.value.hint) or "Install" in str(caught.value.hint)


@pytest.mark.parametrize("before", [None, point(A, publication=1)])
def test_a_swap_that_may_not_last_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: Pointer | None
) -> None:
    """The second sync is that of the folder, after the swap."""
    if before:
        write_pointer(tmp_path, before)
    plain, calls = os.fsync, iter([False, True])

    def full_at_second(handle: int) -> None:
        if next(calls, False):
            raise OSError(28, "No space left on device")
        plain(handle)

    monkeypatch.setattr(os, "fsync", full_at_second)
    with pytest.raises(UnwritableOutput, match="No space left"):
        write_pointer(tmp_path, point(B, A, publication=2))
    assert read_pointer(tmp_path) == before
    assert os.listdir(tmp_path) == ([POINTER] if before else [])
