"""`matcher doctor`: every finding on a line, and a code for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from matcher.actions.audit import note
from matcher.actions.finding import Finding
from matcher.actions.platform import Platform
from matcher.cli.doctor import examine
from matcher.errors import MissingData
from matcher.store.schema.append_only import no_triggers
from tests.platforms import NOW

Run = Callable[..., Any]
# `matcher.cli.doctor` is the function where a package hides it.
module = import_module("matcher.cli.doctor")
SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder without a platform."""
    monkeypatch.chdir(tmp_path)


def test_this_machine_is_well(matcher: Run) -> None:
    ran = matcher("doctor")
    assert ran.code == 0
    assert {line[:4] for line in ran.out.splitlines()} == {"ok  "}
    assert "matcher init" in ran.out.splitlines()[-1]


def test_json(matcher: Run) -> None:
    found = json.loads(matcher("doctor", "--json").out)
    assert found["ok"] is True
    subjects = [finding["subject"] for finding in found["findings"]]
    machine = [finding.subject for finding in examine()]
    assert subjects[: len(machine)] == machine
    assert subjects[-1] == "platform"


@SQLITE
def test_a_platform_is_looked_at_too(matcher: Run, platform: Platform) -> None:
    home = platform.settings.home
    ran = matcher("--home", home, "doctor")
    assert ran.code == 0
    assert f"setting home: {home} (caller)" in ran.out
    assert f"ok  model: {platform.library.current().version}, whole" in ran.out
    (home / "models" / ".0007-1.part").mkdir()
    ran = matcher("--home", home, "doctor")
    assert ran.code == 1
    assert "needs attention: leftovers" in ran.err
    assert matcher("--home", home, "doctor", "--fix").code == 0


def test_settings_that_cannot_be_read_are_a_finding(matcher: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("hom = 1")
    ran = matcher("--config", tmp_path / "bad.toml", "doctor")
    assert ran.code == 1
    assert "NO  settings:" in ran.out
    assert "Did you mean home?" in ran.out


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_what_is_wrong_is_named(
    options: list[str], matcher: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PACKAGES", ("no-such-package",))
    ran = matcher("doctor", *options)
    assert ran.code == 1
    assert "no-such-package" in ran.out
    assert "needs attention: no-such-package" in ran.err


def test_missing_data(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: str) -> None:
        raise MissingData("isn't there.", file="lexicon")

    monkeypatch.setattr(module, "data_path", missing)
    assert Finding("shipped data", False, "lexicon: isn't there.") in list(examine())


def test_lightfm_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """find_spec of a module in a package that is missing raises."""

    def find(name: str) -> None:
        if "." in name:
            raise ModuleNotFoundError(name)

    monkeypatch.setattr(module, "find_spec", find)
    [openmp] = [finding for finding in examine() if finding.subject == "OpenMP in lightfm"]
    assert not openmp.ok


@SQLITE
def test_events_are_checked_where_that_is_asked_for(matcher: Run, platform: Platform) -> None:
    home = platform.settings.home
    with platform.database.writing() as session:
        note(session, "a1", "published", NOW)
        note(session, "a1", "rolled_back", NOW)
    ran = matcher("--home", home, "doctor", "--audit")
    assert ran.code == 0
    last = ran.out.splitlines()[-1]
    assert last.startswith("ok  audit: 2 events")
    seal = last.split()[-1]
    assert matcher("--home", home, "doctor", "--audit", "--expect", seal).code == 0
    assert matcher("--home", home, "doctor", "--audit", "--expect", "0" * 64).code == 1
    with platform.database.writing() as session:
        for statement in no_triggers("event")["sqlite"]:
            session.execute(text(statement))
        session.execute(text("UPDATE event SET actor = 'a2' WHERE seq = 1"))
    ran = matcher("--home", home, "doctor", "--audit")
    assert ran.code == 1
    assert "NO  audit: event 1 " in ran.out


def test_an_audit_needs_a_platform(matcher: Run) -> None:
    ran = matcher("doctor", "--audit")
    assert (ran.code, "NO  audit: There is no platform" in ran.out) == (1, True)
    assert matcher("doctor", "--expect", "0").code == 2
