"""Any table as an Excel sheet."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import openpyxl
import pytest

from matcher.errors import UnwritableOutput
from matcher.files import sheets
from matcher.files.sheets import SheetColumn, SheetValue, write_sheet

COLUMNS = (
    SheetColumn("Name", 20, wrapped=True),
    SheetColumn("Sum", 9, number_format="#,##0"),
    SheetColumn("Day", 12, number_format="yyyy-mm-dd"),
)


def written(rows: Sequence[Sequence[SheetValue]]) -> io.BytesIO:
    stream = io.BytesIO()
    assert write_sheet(stream, "t", COLUMNS, rows, name="t.xlsx", instead="Ask.") == len(rows)
    stream.seek(0)
    return stream


def test_values_keep_their_kind_and_their_look() -> None:
    rows = [["=a", 1234, date(2027, 1, 2)], [None, None, None], ["b\x00", 0.5, None]]
    sheet = openpyxl.load_workbook(written(rows)).active
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert found == [["=a", 1234, datetime(2027, 1, 2)], [None] * 3, ["b", 0.5, None]]
    assert [sheet["A2"].data_type, sheet["A2"].quotePrefix] == ["s", True]
    assert [cell.number_format for cell in sheet[2]] == ["General", "#,##0", "yyyy-mm-dd"]
    assert sheet["A2"].alignment.wrap_text
    assert sheet.column_dimensions["C"].width == 12
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("t", "A2", "A1:C4")


def test_the_same_rows_give_the_same_bytes() -> None:
    rows = [["a", 1, date(2027, 1, 2)]]
    assert written(rows).getvalue() == written(rows).getvalue()


def test_a_sheet_without_rows_has_its_header() -> None:
    sheet = openpyxl.load_workbook(written([])).active
    assert [cell.value for cell in sheet[1]] == ["Name", "Sum", "Day"]


def test_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 1)
    with pytest.raises(UnwritableOutput) as caught:
        written([["a", 1, None], ["b", 2, None]])
    assert caught.value.where == {"file": "t.xlsx"}
    assert caught.value.hint == "Ask."
