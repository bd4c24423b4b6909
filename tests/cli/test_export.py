"""`matcher export`, as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from matcher.bootstrap import open_platform
from matcher.domain import Account, Role
from matcher.settings import Settings
from matcher.store import accounts

Run = Callable[..., Any]


@pytest.fixture
def at_home(matcher: Run, tmp_path: Path) -> Run:
    """The command on a platform with two outcomes."""
    home, path = tmp_path / "home", tmp_path / "outcomes.csv"
    path.write_text("id,title,visibility\n1,ＡＢＣ,public\n2,y,named\n", encoding="utf-8")
    assert matcher("--home", home, "init", "-q").code == 0
    assert matcher("--home", home, "import", "outcomes", path, "-q").code == 0
    return lambda *arguments: matcher("--home", home, *arguments)


def test_records_are_written(at_home: Run, tmp_path: Path) -> None:
    out = tmp_path / "o.xlsx"
    ran = at_home("export", "outcomes", out, "--lang", "en", "--original")
    assert (ran.code, ran.out) == (0, "")
    assert f"2 outcomes written to {out}." in ran.err
    sheet = load_workbook(out).active
    assert [cell.value for cell in sheet[1]][:3] == ["Id", "Source id", "Title"]
    assert "1,title,ＡＢＣ,ABC" in (tmp_path / "o.original.csv").read_text(encoding="utf-8-sig")


def test_an_export_for_scripts(at_home: Run, tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    ran = at_home("export", "outcomes", out, "--json")
    assert json.loads(ran.out) == {
        "noun": "outcome",
        "file": str(out),
        "records": 2,
        "originals_file": None,
        "originals": 0,
    }
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_an_account_gets_what_it_sees(at_home: Run, tmp_path: Path) -> None:
    account = Account(id="b", login="broker", roles=(Role.MANAGER,), node="core")
    home = Settings(home=tmp_path / "home")
    with open_platform(home) as platform, platform.database.writing() as session:
        accounts.add(session, account, at=platform.now())
    out = tmp_path / "o.jsonl"
    assert at_home("export", "outcomes", out, "--as", "broker", "-q").code == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["1"]
    assert at_home("export", "outcomes", out, "--as", "nobody").code == 1


@pytest.mark.parametrize(
    ("options", "code"), [("outcomes o.docx", 2), ("outcomes none/o.csv", 1), ("models o.csv", 2)]
)
def test_a_bad_export_writes_nothing(
    options: str, code: int, at_home: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    ran = at_home("export", *options.split())
    assert (ran.code, ran.out) == (code, "")
    assert sorted(tmp_path.iterdir()) == before


def test_help_gives_an_example(matcher: Run) -> None:
    assert "Example: matcher export" in matcher("export", "--help").out
