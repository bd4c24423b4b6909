"""Leases: what is read isn't removed, what isn't there can't be leased."""

import os
from pathlib import Path

import pytest

from matcher.bundle.lease import existing, lease
from matcher.bundle.library import Library
from matcher.bundle.locks import Mode, acquire
from matcher.errors import NoModel
from tests.bundle.some_models import finished


def test_a_lease_keeps_its_version_until_it_is_given_back(library: Library) -> None:
    version = finished(library, "one")
    finished(library, "two")
    with lease(library.folder, version) as held:
        assert (held.version, held.folder) == (version, library.folder / version)
        assert held.guarded
        assert library.collect(1) == ()
    assert library.collect(1) == (version,)


def test_two_leases_of_a_version_both_count(library: Library) -> None:
    version = finished(library, "one")
    finished(library, "two")
    first, second = lease(library.folder, version), lease(library.folder, version)
    first.release()
    first.release()
    assert library.collect(1) == ()
    second.release()
    assert library.collect(1) == (version,)


@pytest.mark.parametrize("version", ["0009-aaaaaaaa", "", "..", "current.json", "/etc"])
def test_what_is_not_there_can_not_be_leased(library: Library, version: str) -> None:
    there = finished(library)
    with pytest.raises(NoModel) as caught:
        lease(library.folder, version)
    assert caught.value.values["versions"] == (there,)
    assert there in str(caught.value.hint)


def test_without_any_version_the_hint_is_to_train(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match="train one first"):
        existing(tmp_path / "none", "0001-aaaaaaaa")


def test_a_version_removed_while_waiting_is_not_leased(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = finished(library, "one")
    finished(library, "two")

    def removed_first(path: Path, mode: Mode) -> object:
        monkeypatch.undo()
        assert library.collect(1) == (version,)
        return acquire(path, mode)

    monkeypatch.setattr("matcher.bundle.lease.wait", removed_first)
    with pytest.raises(NoModel):
        lease(library.folder, version)


def test_a_folder_that_takes_no_locks_is_read_unguarded(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = finished(library)

    def read_only(*_: object) -> int:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "open", read_only)
    with lease(library.folder, version) as held:
        assert not held.guarded
        assert (held.folder / "ids.json").read_text() == '["o1"]'
