"""Drafts: invisible until they are whole, gone without a trace when they are not."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.bundle.library import Library
from matcher.bundle.manifest import MANIFEST
from matcher.errors import BrokenBundle, InvalidValue, UnwritableOutput, UsageError
from tests.bundle.some_models import FACTS, fill, finished, held, visible


def broken_off(library: Library, error: BaseException) -> None:
    with library.new() as draft:
        fill(draft.folder)
        raise error


def test_a_finished_draft_is_a_version_with_all_its_files(library: Library) -> None:
    with library.new() as draft:
        fill(draft.folder)
        version = draft.finish(FACTS)
        assert draft.version == version
    assert visible(library.folder) == [version]
    assert held(library.folder) == [version, "library"]
    manifest = library.verify(version)
    assert sorted(manifest.files) == ["ids.json", "index/vectors.bin"]
    assert (manifest.version, manifest.seq) == (version, 41)


def test_the_same_files_and_recipe_give_the_same_hash_under_the_next_number(
    library: Library,
) -> None:
    one, two = finished(library, seq=1), finished(library, seq=2)
    assert (one[:5], two[:5]) == ("0001-", "0002-")
    assert one[5:] == two[5:]


def test_nothing_is_visible_before_the_end(library: Library) -> None:
    with library.new() as draft:
        fill(draft.folder)
        assert library.versions() == ()
        assert draft.folder.name.startswith(".")
        assert draft.folder.parent == library.folder


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), ValueError("x"), SystemExit(1), MemoryError()]
)
def test_whatever_ends_a_draft_early_leaves_no_trace(
    library: Library, error: BaseException
) -> None:
    with pytest.raises(type(error)):
        broken_off(library, error)
    assert visible(library.folder) == []
    assert held(library.folder) == ["library"]
    assert finished(library).startswith("0002-")


def test_a_draft_that_is_not_finished_is_dropped(library: Library) -> None:
    with library.new() as draft:
        fill(draft.folder)
    assert visible(library.folder) == []


def test_a_full_disk_while_the_files_are_written_is_told_as_such(library: Library) -> None:
    with pytest.raises(UnwritableOutput, match="No space left"):
        broken_off(library, OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(FileNotFoundError):
        broken_off(library, FileNotFoundError(2, "No such file", "/elsewhere/texts.csv"))
    assert visible(library.folder) == []


def test_two_drafts_at_once_have_two_numbers_and_both_end_well(library: Library) -> None:
    with library.new() as first, library.new() as second:
        fill(first.folder, "one")
        fill(second.folder, "two")
        later, earlier = second.finish(FACTS), first.finish(FACTS)
    assert visible(library.folder) == [earlier, later]
    assert (earlier[:4], later[:4]) == ("0001", "0002")


def test_a_sweep_lets_a_living_draft_be(library: Library) -> None:
    with library.new() as draft:
        fill(draft.folder)
        library.sweep()
        library.collect(1)
        assert (draft.folder / "ids.json").is_file()
        draft.finish(FACTS)


def test_a_finished_version_is_kept_until_its_draft_ends(library: Library) -> None:
    with library.new() as draft:
        fill(draft.folder)
        version = draft.finish(FACTS)
        finished(library, "two")
        assert library.collect(1) == ()
    assert library.collect(1) == (version,)


def test_a_draft_is_finished_once(library: Library) -> None:
    with library.new() as draft:
        version = draft.finish(FACTS)
        with pytest.raises(UsageError, match=version):
            draft.finish(FACTS)
    assert visible(library.folder) == [version]


def test_a_link_in_a_draft_is_refused(library: Library, tmp_path: Path) -> None:
    with library.new() as draft:
        (draft.folder / "link").symlink_to(tmp_path)
        with pytest.raises(BrokenBundle, match="is a link"):
            draft.finish(FACTS)
    assert visible(library.folder) == []


@pytest.mark.parametrize("name", ["a\\b", "a\nb", os.fsdecode(b"\xff"), MANIFEST])
def test_a_file_name_that_no_manifest_may_hold_is_refused(library: Library, name: str) -> None:
    with library.new() as draft:
        (draft.folder / name).touch()
        with pytest.raises(BrokenBundle, match="no name of a file in a bundle"):
            draft.finish(FACTS)
    assert visible(library.folder) == []
    assert held(library.folder) == ["library"]


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        (replace(FACTS, recipe={"x": float("nan")}), InvalidValue),
        (replace(FACTS, seq=-1), BrokenBundle),
        (replace(FACTS, parent="the last one"), BrokenBundle),
    ],
)
def test_facts_that_can_not_be_read_again_are_refused(
    library: Library, facts: object, kind: type[Exception]
) -> None:
    with library.new() as draft, pytest.raises(kind):
        draft.finish(facts)  # type: ignore[arg-type]
    assert visible(library.folder) == []


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "models").touch()
    with pytest.raises(UnwritableOutput), Library(tmp_path / "models").new():
        pass
