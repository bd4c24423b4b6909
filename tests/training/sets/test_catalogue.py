"""Which cases are measured, and what is said of those that aren't."""

from pathlib import Path

import pytest

from matcher.errors import UnreadableFile, UsageError
from training.sets.catalogue import catalogue, select


def names(sets: Path | None, *only: str) -> list[str]:
    return [entry.name for entry in select(sets, only).entries]


def test_names_are_unique_and_of_the_form_set_what() -> None:
    found = [entry.name for entry in catalogue(Path())]
    assert len(set(found)) == len(found)
    assert all(name.count("/") == 1 for name in found)


def test_without_a_folder_there_is_the_sample_and_a_line_for_each_set() -> None:
    selection = select(None)
    assert [e.name for e in selection.entries] == ["sample/outcomes", "sample/managers"]
    assert any(line.startswith("csl/titles, csl/keywords: skipped") for line in selection.skipped)


def test_a_set_that_is_not_there_is_skipped_with_a_line(tmp_path: Path) -> None:
    (tmp_path / "csl-zh").mkdir()
    selection = select(tmp_path)
    assert [e.name for e in selection.entries if "csl" in e.name] == ["csl/titles", "csl/keywords"]
    assert [line.split(":")[0] for line in selection.skipped if "patents" in line] == [
        "patents/zh-en, patents/en-zh"
    ]
    assert len(selection.skipped) == 4


def test_only_takes_sets_and_cases(tmp_path: Path) -> None:
    (tmp_path / "csl-zh").mkdir()
    assert names(tmp_path, "csl") == ["csl/titles", "csl/keywords"]
    assert names(tmp_path, "csl/keywords", "sample/managers") == ["sample/managers", "csl/keywords"]
    assert select(tmp_path, ["csl/titles"]).skipped == ()


@pytest.mark.parametrize("name", ["cs", "csl/", "csl/title", ""])
def test_an_unknown_name_is_refused_and_the_known_ones_given(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="csl/keywords"):
        select(tmp_path, [name])


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="absent: is not a folder"):
        select(tmp_path / "absent")


def test_an_entry_reads_its_folder() -> None:
    (entry,) = select(None, ["sample/managers"]).entries
    assert entry.load().name == "sample/managers"
