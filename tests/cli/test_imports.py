"""`matcher import` and `matcher imports`, as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_bad_input import BAD

Run = Callable[..., Any]
DIRTY = Path(__file__).resolve().parents[2] / "data" / "sample" / "dirty"
DIRTY_FILES = (
    # noun, file, created, refused, and what the error says of a file that can't be read
    ("outcomes", "科技成果登记表.xlsx", 64, 0, ""),
    ("needs", "needs_gbk.csv", 50, 2, ""),
    ("outcomes", "outcomes_big5.csv", 42, 0, ""),
    ("managers", "managers_mojibake.csv", 64, 0, ""),
    ("outcomes", "outcomes_utf16.tsv", 44, 0, ""),
    ("needs", "needs.jsonl.gz", 54, 0, ""),
    ("needs", "needs_no_ids.xlsx", 43, 0, ""),
    ("outcomes", "outcomes_one_row.csv", 1, 0, ""),
    ("outcomes", "outcomes_header_only.csv", 0, 0, "a header but no record"),
    ("outcomes", "not_an_excel.xlsx", 0, 0, "HTML"),
    ("needs", "truncated.jsonl.gz", 0, 0, "truncated"),
)


@pytest.fixture
def at_home(matcher: Run, tmp_path: Path) -> Run:
    """The command on a platform of its own."""
    home = tmp_path / "home"
    assert matcher("--home", home, "init", "-q").code == 0
    return lambda *arguments: matcher("--home", home, *arguments)


@pytest.fixture
def outcomes(tmp_path: Path) -> Path:
    path = tmp_path / "outcomes.csv"
    path.write_text("id,title,holder,trl\n1,ＡＢＣ,某大学,6\n2,y,,4\n", encoding="utf-8")
    return path


def runs(at_home: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(at_home("imports", "list", "--json").out)
    return found


def test_an_import_in_words(at_home: Run, outcomes: Path) -> None:
    ran = at_home("import", "outcomes", outcomes)
    assert (ran.code, ran.out) == (0, "")
    assert "row 2 (1): column title: was repaired: full-width letters" in ran.err
    assert "1 rows name organisations that nobody knows yet: 某大学." in ran.err
    assert f"{outcomes}: 2 rows: 2 created." in ran.err
    again = at_home("import", "outcomes", outcomes, "-q")
    assert (again.code, again.out, again.err) == (0, "", "")
    assert [run["counts"]["unchanged"] for run in runs(at_home)] == [2, 0]


def test_an_import_for_scripts(at_home: Run, outcomes: Path) -> None:
    dry = json.loads(at_home("import", "outcomes", outcomes, "--dry-run", "--json").out)
    assert runs(at_home) == []
    done = json.loads(at_home("import", "outcomes", outcomes, "--json").out)
    assert (dry["imported"], done["imported"]) == (False, True)
    assert {**done, "id": "", "imported": False, "dry_run": True} == dry
    assert (done["counts"]["created"], done["unresolved"]) == (2, {"某大学": 1})
    assert done["problems"][0]["problems"][0]["code"] == "repaired"


def test_a_refused_import_says_what_to_do(at_home: Run, tmp_path: Path) -> None:
    path, report = tmp_path / "a.csv", tmp_path / "report.csv"
    path.write_text("id,title,price_min\n1,x,5\n2,y,-5\n", encoding="utf-8")
    ran = at_home("import", "outcomes", path, "--report", report, "--json")
    assert ran.code == 1
    assert json.loads(ran.out)["counts"]["refused"] == 1
    assert "1 of 2 rows can't be imported; nothing was." in ran.err
    assert "Row 3, column price_min" in ran.err
    assert "below_zero" in report.read_text(encoding="utf-8-sig")
    assert runs(at_home) == []
    assert at_home("import", "outcomes", path, "--accept-partial").code == 0
    assert runs(at_home)[0]["counts"]["created"] == 1


def test_an_import_is_listed_shown_and_undone(at_home: Run, outcomes: Path) -> None:
    assert "Nothing was imported yet" in at_home("imports", "list").out
    at_home("import", "outcomes", outcomes, "--source", "s", "--mapping", "registration-zh")
    (run,) = runs(at_home)
    assert (run["source"], run["mapping"]["mapping"]) == ("s", "registration-zh")
    assert run["id"] in at_home("imports", "list").out
    shown = at_home("imports", "show", run["id"])
    assert "row 2 (s:1), created: column title: was repaired" in shown.out
    told = json.loads(at_home("imports", "show", run["id"], "--json").out)
    assert told["problems"][0]["original"]["title"] == "ＡＢＣ"
    dry = at_home("imports", "undo", run["id"], "--dry-run")
    assert "would be undone: 2 deleted" in dry.out
    assert runs(at_home)[0]["state"] == "done"
    undone = json.loads(at_home("imports", "undo", run["id"], "--json").out)
    assert undone["counts"]["deleted"] == 2
    twice = at_home("imports", "undo", run["id"])
    assert (twice.code, "undone already" in twice.err) == (1, True)
    assert at_home("imports", "show", "none").code == 1


def test_an_undo_can_leave_what_was_changed_since(at_home: Run, outcomes: Path) -> None:
    at_home("import", "outcomes", outcomes)
    first = runs(at_home)[0]["id"]
    outcomes.write_text("id,title\n1,new\n", encoding="utf-8")
    at_home("import", "outcomes", outcomes)
    ran = at_home("imports", "undo", first)
    assert (ran.code, "--force" in ran.err) == (1, True)
    forced = at_home("imports", "undo", first, "--force")
    assert "1 deleted, 1 left alone, changed since" in forced.out


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_imports_nothing(case: str, at_home: Run, tmp_path: Path) -> None:
    bad = BAD[case]
    path = tmp_path / bad.name
    path.write_bytes(bad.content)
    ran = at_home("import", "outcomes", path)
    if case == "blank id":
        # An import makes an id of what the row says.
        assert (ran.code, runs(at_home)[0]["counts"]["created"]) == (0, 2)
        return
    assert ran.code == bad.code
    assert str(path) in ran.err
    assert runs(at_home) == []
    assert "Error: " in ran.err


@pytest.mark.parametrize(("noun", "name", "created", "refused", "error"), DIRTY_FILES)
def test_a_dirty_file(
    noun: str, name: str, created: int, refused: int, error: str, at_home: Run
) -> None:
    ran = at_home("import", noun, DIRTY / name, "--dry-run", "--json")
    assert (ran.code, error in ran.err) == (int(bool(error or refused)), True)
    if not error:
        counts = json.loads(ran.out)["counts"]
        assert (counts["created"], counts["refused"]) == (created, refused)
    assert runs(at_home) == []
    if created and not refused:
        assert at_home("import", noun, DIRTY / name, "-q").code == 0
        again = json.loads(at_home("import", noun, DIRTY / name, "--json").out)
        assert (again["counts"]["unchanged"], again["counts"]["updated"]) == (created, 0)


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ("--node north", 1, "core"),
        ("--mapping nobody-knows-it", 1, "sbir"),
        ("--source a:b", 2, "source"),
        ("--report r.docx", 2, ".docx"),
        ("--report none/r.csv", 1, "none"),
    ],
)
def test_a_bad_option(options: str, code: int, words: str, at_home: Run, outcomes: Path) -> None:
    ran = at_home("import", "outcomes", outcomes, *options.split())
    assert (ran.code, words in ran.err) == (code, True)
    assert runs(at_home) == []


def test_accounts_are_not_imported(at_home: Run, outcomes: Path) -> None:
    assert at_home("import", "accounts", outcomes).code == 2


@pytest.mark.parametrize("command", ["import", "imports list", "imports show", "imports undo"])
def test_help_gives_an_example(command: str, matcher: Run) -> None:
    ran = matcher(*command.split(), "--help")
    assert f"Example: matcher {command}" in ran.out
