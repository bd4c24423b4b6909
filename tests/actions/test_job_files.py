"""Files of jobs: nothing of a name becomes a path, and what is broken off leaves nothing."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.actions import job_files as files
from matcher.actions.import_overlay import Overlay
from matcher.actions.job_files import Upload
from matcher.errors import UnwritableOutput, UsageError
from tests.platforms import NOW


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.CSV", ".csv"),
        ("../../etc/x.jsonl.gz", ".jsonl.gz"),
        ("C:\\要\\需求.xlsx", ".xlsx"),
        ("a.tar.tsv", ".tsv"),
    ],
)
def test_of_a_name_the_suffix_alone_counts(tmp_path: Path, name: str, suffix: str) -> None:
    path = files.keep_upload(tmp_path, "J-1", Upload(name, io.BytesIO(b"text")))
    assert path == tmp_path / "jobs" / "J-1" / f"upload{suffix}"
    assert path.read_bytes() == b"text"
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in tmp_path.iterdir()] == ["jobs"]
    files.drop_upload(tmp_path, "J-1")
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("name", ["", "/", "a", "a.pdf", "a.xlsx.gz", "a.gz", "a.csv.zip"])
def test_a_file_that_is_not_read_is_not_taken(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        files.keep_upload(tmp_path, "J-1", Upload(name, io.BytesIO(b"text")))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "a\n.csv", "a\0.csv", "\ud800.csv", "a" * 300 + ".csv"])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        files.shown_name(name)


def test_no_place_for_files_is_said(tmp_path: Path) -> None:
    (tmp_path / "jobs").write_text("in the way")
    with pytest.raises(UnwritableOutput):
        files.make_folder(tmp_path, "J-1")


def test_folders_that_lost_their_job_are_known_after_a_day(tmp_path: Path) -> None:
    assert files.orphans(tmp_path, NOW) == ()
    for name, age in (("old", timedelta(hours=25)), ("new", timedelta(hours=23))):
        folder = files.make_folder(tmp_path, name)
        os.utime(folder, times=((NOW - age).timestamp(),) * 2)
    assert files.orphans(tmp_path, NOW) == ("old",)
    files.drop_folders(tmp_path, ["old", "never"])
    assert [path.name for path in (tmp_path / "jobs").iterdir()] == ["new"]


def test_the_space_that_files_of_jobs_take_is_known(tmp_path: Path) -> None:
    for id_, text in (("J-1", b"four"), ("J-2", b"seven77")):
        files.keep_upload(tmp_path, id_, Upload("a.csv", io.BytesIO(text)))
    (files.folder_of(tmp_path, "J-1") / files.REPORT).write_bytes(b"two")
    assert files.kept_bytes(tmp_path, ["J-1", "J-2", "none"]) == 4 + 3 + 7
    files.drop_upload(tmp_path, "J-1")
    assert (files.has_upload(tmp_path, "J-1"), files.has_upload(tmp_path, "J-2")) == (False, True)
    assert files.kept_bytes(tmp_path, ["J-1"]) == 3


def test_what_was_said_of_a_file_lies_beside_it_and_goes_with_it(tmp_path: Path) -> None:
    overlay = Overlay({"a": "title"}, {"2": {"a": "b"}})
    files.keep_upload(tmp_path, "J-1", Upload("a.csv", io.BytesIO(b"a\nc\n"), overlay))
    assert files.overlay_of(tmp_path, "J-1") == overlay
    files.drop_upload(tmp_path, "J-1")
    assert files.overlay_of(tmp_path, "J-1") is None
    assert not files.has_upload(tmp_path, "J-1")


def test_of_a_file_of_which_nothing_was_said_nothing_is_kept(tmp_path: Path) -> None:
    files.keep_upload(tmp_path, "J-1", Upload("a.csv", io.BytesIO(b"a\nc\n")))
    assert [path.name for path in files.folder_of(tmp_path, "J-1").iterdir()] == ["upload.csv"]
    assert files.overlay_of(tmp_path, "J-1") is None
