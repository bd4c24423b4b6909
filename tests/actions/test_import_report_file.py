from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matcher.actions.import_report import Action, ImportReport, PlanCode, Problem, RowResult
from matcher.actions.import_report_file import check_report, write_report
from matcher.domain import Noun
from matcher.errors import UnwritableOutput, UsageError
from matcher.files.row_report import RowCode

ONE = Problem(RowCode.REPAIRED, "was repaired.", "题", "title")
TWO = Problem(PlanCode.WAS_DELETED, "was deleted.", hint="See.")
REPORT = ImportReport(
    noun=Noun.NEED,
    file="a.csv",
    node="core",
    results=(
        RowResult(2, "=a", Action.UPDATED, ("title", "trl"), (ONE, TWO), {"title": "ＡＢ"}),
        RowResult(3, "b", Action.CREATED),
    ),
)
LINES = [
    ["2", "=a", "updated", "title, trl", "repaired", "题", "was repaired.", "", "ＡＢ"],
    ["2", "=a", "updated", "title, trl", "was_deleted", "", "was deleted.", "See.", ""],
    ["3", "b", "created", "", "", "", "", "", ""],
]


def test_a_line_of_json_a_row(tmp_path: Path) -> None:
    write_report(tmp_path / "r.jsonl", REPORT)
    lines = (tmp_path / "r.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [one.to_mapping() for one in REPORT.results]


def test_a_table_has_a_line_a_problem_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    write_report(path, REPORT)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    assert rows == [[cell.replace("=a", "'=a") for cell in line] for line in LINES]


def test_a_workbook_has_the_same_lines(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_report(path, REPORT)
    sheet = load_workbook(path).active
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows == LINES


def test_a_bad_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.docx"):
        check_report(tmp_path / "r.docx")
    with pytest.raises(UnwritableOutput):
        check_report(tmp_path / "none" / "r.csv")
