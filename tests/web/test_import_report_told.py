"""The report of every row, in the reader's words."""

from __future__ import annotations

import csv
from pathlib import Path

from matcher.actions.import_report import Action, ImportReport, Problem, RowResult
from matcher.actions.import_report_file import write_report
from matcher.domain.enums import Noun
from matcher.files.row_report import RowCode
from matcher.web.import_report_told import report_told
from matcher.web.say import Say
from tests.web.import_drafted import EN, ZH

SAID = Problem(RowCode.NO_TEXT, "has no title and no text.", "=名称", "title", "Give it one.")
RESULTS = (
    RowResult(2, "n1", Action.UPDATED, ("title", "problem")),
    RowResult(3, "", Action.REFUSED, (), (SAID,), {"title": "=1"}),
)


def told(path: Path, say: Say) -> list[list[str]]:
    report = ImportReport(noun=Noun.NEED, file="n.csv", node="core", results=RESULTS)
    write_report(path, report)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(report_told(stream, "need", say))
    assert lines[0].startswith("\ufeff")
    return list(csv.reader(lines))[1:]


def test_rows_fields_and_problems_are_said_in_the_readers_language(tmp_path: Path) -> None:
    changed, refused = told(tmp_path / "r.csv", ZH)
    assert changed[:4] == ["2", "n1", "更新", "需求名称、拟解决的技术难题"]
    assert refused[2:5] == ["不能导入", "", "no_text"]
    assert refused[6:8] == ["没有名称也没有正文", "填上名称或正文。"]
    assert refused[9] == "has no title and no text. Give it one."
    assert told(tmp_path / "r.csv", EN)[1][2] == "refused"


def test_what_a_spreadsheet_could_take_for_a_formula_is_kept_from_it_once(tmp_path: Path) -> None:
    refused = told(tmp_path / "r.csv", ZH)[1]
    assert (refused[5], refused[8]) == ("'=名称", "'=1")
