"""Models that are damaged, too new or left half-written are noticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from matcher.actions.finding import Finding
from matcher.actions.health_models import model_findings
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.store import feed
from tests.platforms import outcome, put, small_platform

SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def findings(platform: Platform, *, fix: bool = False) -> dict[str, Finding]:
    found = model_findings(platform.database, platform.library, fix=fix)
    return {finding.subject: finding for finding in found}


def test_changes_since_the_model_are_counted(platform: Platform) -> None:
    assert findings(platform)["model and data"].detail == "0 changes since the model"
    put(platform, Noun.OUTCOME, outcome("o8"), outcome("o9"))
    found = findings(platform)["model and data"]
    assert found == Finding("model and data", True, "2 changes since the model")


def test_without_a_model_one_is_to_be_trained(tmp_path: Path) -> None:
    platform = small_platform(tmp_path / "home", f"sqlite:///{tmp_path / 'new.db'}")
    found = findings(platform)
    platform.database.dispose()
    assert found["model"].ok
    assert "matcher train" in found["model"].detail
    assert found["leftovers"].ok


@SQLITE
def test_a_damaged_byte_is_found(platform: Platform) -> None:
    path = platform.library.current().folder / "outcome" / "items.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    found = findings(platform)["model"]
    assert not found.ok
    assert str(path) in found.detail


@SQLITE
def test_a_model_of_later_data(platform: Platform) -> None:
    """As where an older backup of the database was put beside newer models."""
    with platform.database.writing() as session:
        session.execute(text("DELETE FROM change WHERE seq > 3"))
    found = findings(platform)["model and data"]
    assert not found.ok
    assert "later state" in found.detail


@SQLITE
def test_changes_that_are_gone(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("o8"), outcome("o9"))
    with platform.database.writing() as session:
        feed.prune(session, below=feed.latest(session))
    found = findings(platform)["model and data"]
    assert not found.ok
    assert "are gone" in found.detail


@SQLITE
def test_what_an_interrupted_training_left(platform: Platform) -> None:
    draft = platform.library.folder / ".0007-1.part"
    draft.mkdir()
    found = findings(platform)["leftovers"]
    assert not found.ok
    assert ".0007-1.part" in found.detail
    assert "--fix" in found.detail
    assert findings(platform, fix=True)["leftovers"] == Finding("leftovers", True, "none")
    assert not draft.exists()


@SQLITE
def test_what_is_being_written_is_no_leftover(platform: Platform) -> None:
    with platform.library.new() as draft:
        assert findings(platform, fix=True)["leftovers"].ok
        assert draft.folder.exists()


@SQLITE
def test_an_old_version_that_is_broken(platform: Platform) -> None:
    (platform.library.folder / "0009-00000000").mkdir()
    found = findings(platform)["model 0009-00000000"]
    assert not found.ok
    assert "manifest.json" in found.detail
