"""Making room: what stays, what goes, and what is cleaned up after dead processes."""

import os
from pathlib import Path

import pytest

from matcher.bundle.library import Library
from matcher.bundle.pointer import POINTER
from matcher.errors import BrokenBundle, UsageError
from tests.bundle.some_models import finished, held, published, visible


def test_the_oldest_beyond_those_kept_go(library: Library) -> None:
    a, b, c, d = (published(library, content) for content in "abcd")
    assert library.collect(3) == (a,)
    assert visible(library.folder) == [b, c, d, POINTER]
    assert held(library.folder) == [b, c, d, "library"]
    assert library.collect(3) == ()


def test_the_current_and_the_one_before_it_stay_however_old(library: Library) -> None:
    a, b = published(library, "a"), published(library, "b")
    c, d = finished(library, "c"), finished(library, "d")
    assert library.collect(1) == (c,)
    assert visible(library.folder) == [a, b, d, POINTER]
    assert library.rollback() == a


def test_after_a_rollback_what_was_left_may_go(library: Library) -> None:
    a, b, c = (published(library, content) for content in "abc")
    d = finished(library, "d")
    library.rollback()
    assert library.collect(1) == (c,)
    assert visible(library.folder) == [a, b, d, POINTER]


def test_a_number_is_not_given_twice(library: Library) -> None:
    finished(library, "a")
    b = finished(library, "b")
    library.collect(1)
    os.rename(library.folder / b, library.folder / "elsewhere")
    assert finished(library, "c").startswith("0003-")


@pytest.mark.parametrize("keep", [0, -1])
def test_fewer_than_one_can_not_be_kept(library: Library, keep: int) -> None:
    with pytest.raises(UsageError):
        library.collect(keep)


def test_with_a_damaged_pointer_nothing_goes(library: Library) -> None:
    for content in "abc":
        published(library, content)
    (library.folder / POINTER).write_text("{")
    before = visible(library.folder)
    with pytest.raises(BrokenBundle):
        library.collect(1)
    assert visible(library.folder) == before


def test_a_folder_that_is_not_there_stays_so(library: Library) -> None:
    assert library.collect(1) == ()
    library.sweep()
    assert not library.folder.exists()


def test_what_dead_processes_left_goes_and_what_people_put_stays(library: Library) -> None:
    version = published(library)
    for name in (".0007-4711.part", ".0003-aaaaaaaa.gone", "my notes"):
        (library.folder / name).mkdir()
        (library.folder / name / "file").touch()
    for name in (".current.json.0123456789ab.part", ".ledger.json.0123456789ab.part"):
        (library.folder / name).touch()
    (library.folder / ".locks" / ".0007-4711.part").touch()
    (library.folder / ".locks" / "0003-aaaaaaaa").touch()
    library.sweep()
    assert visible(library.folder) == [version, POINTER, "my notes"]
    assert held(library.folder) == [version, "library"]
    assert (library.folder / "my notes" / "file").exists()


def test_the_next_draft_sweeps_too(library: Library) -> None:
    library.folder.mkdir(parents=True)
    (library.folder / ".0007-4711.part").mkdir()
    version = finished(library)
    assert visible(library.folder) == [version]


def test_a_removal_that_stopped_half_way_shows_no_half_version(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = finished(library, "a"), finished(library, "b")

    def stopped(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("matcher.bundle.collect.remove", stopped)
    with pytest.raises(KeyboardInterrupt):
        library.collect(1)
    monkeypatch.undo()
    assert [entry.version for entry in library.versions()] == [b]
    library.sweep()
    assert visible(library.folder) == [b]
    assert held(library.folder) == [b, "library"]
    assert a not in visible(library.folder)
