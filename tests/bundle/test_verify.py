"""Verification names the first file that isn't as it was written, and what is wrong with it."""

import os
import shutil
from pathlib import Path

import pytest

from matcher.bundle.library import Library
from matcher.bundle.manifest import MANIFEST
from matcher.bundle.verify import verify
from matcher.errors import BrokenBundle
from tests.bundle.some_models import finished

VECTORS = "index/vectors.bin"


@pytest.fixture
def folder(library: Library) -> Path:
    return library.folder / finished(library, "one")


def refusal(folder: Path, *, fast: bool = False) -> BrokenBundle:
    with pytest.raises(BrokenBundle) as caught:
        verify(folder, folder.name, fast=fast)
    assert caught.value.hint
    return caught.value


def refused(folder: Path, name: str, told: str, *, fast: bool = False) -> None:
    error = refusal(folder, fast=fast)
    assert error.where["file"] == str(folder / name)
    assert told in error.message


def test_what_was_written_is_accepted(folder: Path) -> None:
    manifest = verify(folder, folder.name)
    assert manifest == verify(folder, folder.name, fast=True)
    assert {name: facts.bytes for name, facts in manifest.files.items()} == {
        "ids.json": 6,
        VECTORS: 300,
    }


@pytest.mark.parametrize("fast", [True, False])
def test_a_missing_file(folder: Path, fast: bool) -> None:
    (folder / VECTORS).unlink()
    refused(folder, VECTORS, "is missing", fast=fast)


@pytest.mark.parametrize("fast", [True, False])
def test_a_truncated_file(folder: Path, fast: bool) -> None:
    os.truncate(folder / VECTORS, 299)
    refused(folder, VECTORS, "is truncated: 299 of 300 bytes", fast=fast)


@pytest.mark.parametrize("fast", [True, False])
def test_a_file_that_grew(folder: Path, fast: bool) -> None:
    os.truncate(folder / VECTORS, 301)
    refused(folder, VECTORS, "301 bytes instead of 300", fast=fast)


def test_one_flipped_bit_is_found_by_reading_every_byte(folder: Path) -> None:
    content = bytearray((folder / VECTORS).read_bytes())
    content[150] ^= 1
    (folder / VECTORS).write_bytes(content)
    verify(folder, folder.name, fast=True)
    refused(folder, VECTORS, "is damaged: its sha256")


@pytest.mark.parametrize("content", ["two", "other"])
def test_a_file_of_another_version_is_named_as_such(
    library: Library, folder: Path, content: str
) -> None:
    other = finished(library, content)
    shutil.copy(library.folder / other / VECTORS, folder / VECTORS)
    refused(folder, VECTORS, f"is of another version: {other}")


def test_a_broken_neighbour_does_not_hide_what_is_wrong_here(
    library: Library, folder: Path
) -> None:
    (library.folder / finished(library, "two") / MANIFEST).write_text("{")
    (folder / VECTORS).write_bytes(b"twx" * 100)
    refused(folder, VECTORS, "is damaged")


def test_the_manifest_of_another_version(library: Library, folder: Path) -> None:
    other = finished(library, "two")
    shutil.copy(library.folder / other / MANIFEST, folder / MANIFEST)
    refused(folder, MANIFEST, f"is of another version: {other}")


@pytest.mark.parametrize("fast", [True, False])
def test_a_file_too_many(folder: Path, fast: bool) -> None:
    (folder / "index" / "more").touch()
    refused(folder, "index/more", "isn't in the manifest", fast=fast)


@pytest.mark.parametrize("fast", [True, False])
def test_a_link_in_the_place_of_a_file(folder: Path, tmp_path: Path, fast: bool) -> None:
    shutil.move(folder / VECTORS, tmp_path / "outside")
    (folder / VECTORS).symlink_to(tmp_path / "outside")
    refused(folder, VECTORS, "is a link", fast=fast)


def test_a_link_in_the_place_of_a_folder(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / "index", tmp_path / "outside")
    (folder / "index").symlink_to(tmp_path / "outside")
    refused(folder, "index", "is a link")


def test_a_folder_in_the_place_of_a_file(folder: Path) -> None:
    (folder / VECTORS).unlink()
    (folder / VECTORS).mkdir()
    refused(folder, VECTORS, "is missing")


def test_a_manifest_without_its_bundle(tmp_path: Path) -> None:
    assert "can't be read" in refusal(tmp_path / "0001-aaaaaaaa").message
