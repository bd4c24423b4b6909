"""`matcher doctor`: every finding on a line, and a code for scripts."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from collections.abc import Callable
from typing import Any

import pytest

from matcher.cli import doctor as module
from matcher.cli.doctor import Finding, examine
from matcher.errors import MissingData

Run = Callable[..., Any]
Usage = namedtuple("Usage", "total used free")


def test_this_machine_is_well(matcher: Run) -> None:
    ran = matcher("doctor")
    assert ran.code == 0
    assert {line[:4] for line in ran.out.splitlines()} == {"ok  "}


def test_json(matcher: Run) -> None:
    found = json.loads(matcher("doctor", "--json").out)
    assert found["ok"] is True
    assert [finding["subject"] for finding in found["findings"]] == [f.subject for f in examine()]


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_what_is_wrong_is_named(
    options: list[str], matcher: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PACKAGES", ("no-such-package",))
    ran = matcher("doctor", *options)
    assert ran.code == 1
    assert "no-such-package" in ran.out
    assert "needs attention: no-such-package" in ran.err


def test_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 9, 1))
    [disk] = [finding for finding in examine() if finding.subject == "disk"]
    assert not disk.ok
    assert "make room" in disk.detail


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
