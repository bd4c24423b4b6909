"""Workbooks: the sheet that holds the table, and its rows with Excel's numbers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook, PasswordError

from matcher.errors import MatcherError, MissingColumn, UnreadableFile
from matcher.files.source import locate
from matcher.files.spreadsheet import Sheet, open_sheet

Workbook = Callable[..., Path]
KNOWN = {"id", "title", "text", "说明"}


def opened(path: Path) -> Sheet:
    return open_sheet(locate(path), KNOWN.__contains__)


def refusal(path: Path) -> MatcherError:
    with pytest.raises(MatcherError) as caught:
        opened(path)
    return caught.value


def test_rows_keep_the_numbers_of_the_sheet(workbook: Workbook) -> None:
    path = workbook({"s": [[], [None, "id", "title"], [], [None, 1, "x"]]})
    sheet = opened(path)
    assert sheet.header.row == 2
    assert list(sheet.read_rows())[3] == (4, [1.0, "x"])
    assert list(sheet.read_rows()) == list(sheet.read_rows())


def test_the_first_sheet_with_a_table_is_taken(workbook: Workbook) -> None:
    rows = {
        "封面": [["汇总"]],
        "数据": [["id", "title"], [1, "x"]],
        "旧": [["id", "text"], [2, "y"]],
    }
    assert opened(workbook(rows)).name == "数据"


def test_instructions_with_one_known_word_do_not_win(workbook: Workbook) -> None:
    rows = {"填表须知": [["栏目", "说明"], ["名称", "必填"]], "数据": [["id", "title"], [1, "x"]]}
    assert opened(workbook(rows)).name == "数据"


def test_one_known_column_is_enough_where_there_is_no_better(workbook: Workbook) -> None:
    assert opened(workbook({"空": [], "a": [["text"], ["x"]]})).name == "a"


def test_hidden_sheets_are_passed_over(workbook: Workbook) -> None:
    rows = {"字典": [["id", "title"], [1, "x"]], "数据": [["id", "text"], [1, "x"]]}
    assert opened(workbook(rows, hidden="字典")).name == "数据"


def test_merged_title_rows(workbook: Workbook) -> None:
    rows = {"s": [["成果汇总表", None, None], ["id", "title", "text"], [1, "x", "y"]]}
    sheet = opened(workbook(rows, merged=["A1:C1"]))
    assert sheet.header.columns == ("id", "title", "text")


def test_dates_numbers_and_errors_come_as_they_are(workbook: Workbook) -> None:
    rows = {"s": [["id", "title", "text"], [45292, date(2025, 3, 1), "#N/A"]]}
    assert list(opened(workbook(rows)).read_rows())[1] == (2, [45292.0, date(2025, 3, 1), ""])


def test_no_usable_sheet_names_them_all(workbook: Workbook) -> None:
    error = refusal(workbook({"甲": [["a", "b"]], "乙": [["c"]]}))
    assert isinstance(error, MissingColumn)
    assert error.values["sheets"] == ("甲", "乙")
    assert error.values["found"] == ("a", "b", "c")
    assert "甲: a, b; 乙: c" in error.message


def test_an_empty_workbook(workbook: Workbook) -> None:
    error = refusal(workbook({"甲": [], "乙": []}))
    assert isinstance(error, UnreadableFile)
    assert "empty" in error.message


def test_an_old_workbook_with_a_password(
    workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_: object) -> CalamineWorkbook:
        raise PasswordError("Workbook is password protected")

    monkeypatch.setattr("matcher.files.spreadsheet.CalamineWorkbook.from_filelike", locked)
    assert "password" in refusal(workbook({"s": [["id"], [1]]})).message


def test_a_zip_that_only_looks_like_a_workbook(tmp_path: Path, workbook: Workbook) -> None:
    good = workbook({"s": [["id"], [1]]}).read_bytes()
    path = tmp_path / "odd.xlsx"
    path.write_bytes(good.replace(b"xl/_rels/workbook.xml.rels", b"xl/_rels/workbook.xml.relx"))
    assert "workbook" in refusal(path).message
