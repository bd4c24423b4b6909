"""The sheet for a broker: layout, texts that stay texts, limits of Excel."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from matcher.errors import UnwritableOutput
from matcher.files import sheets, workbook
from matcher.files.match_row import MatchRow


def row(**values: object) -> MatchRow:
    given: dict[str, object] = {"query_id": "q1", "candidate_id": "c1", "rank": 1, "score": 0.5}
    return MatchRow(**{**given, "parts": {}, "reasons": [], **values})  # type: ignore[arg-type]


def written(rows: Iterable[MatchRow], labels: dict[str, str] | None = None) -> io.BytesIO:
    stream = io.BytesIO()
    workbook.write_workbook(stream, rows, labels or workbook.LABELS, name="m.xlsx")
    stream.seek(0)
    return stream


def opened(stream: io.BytesIO) -> Worksheet:
    return openpyxl.load_workbook(stream).active


def test_headings_titles_and_numbers() -> None:
    full = row(
        rank=3,
        query_title="需求",
        candidate_title="成果",
        band="strong",
        reason_texts=("一", "二"),
    )
    sheet = opened(written([full, row()]))
    values = [[cell.value for cell in cells] for cells in sheet.iter_rows()]
    assert values == [
        ["Query", "Candidate", "Rank", "Score", "Band", "Reasons", "Query id", "Candidate id"],
        ["需求", "成果", 3, 0.5, "strong", "一\n二", "q1", "c1"],
        ["q1", "c1", 1, 0.5, None, None, "q1", "c1"],
    ]


def test_a_column_of_likelihoods_only_where_they_are_known() -> None:
    sheet = opened(written([row(likelihood=0.42), row(rank=2)]))
    values = [[cell.value for cell in cells][3:6] for cells in sheet.iter_rows()]
    assert values == [["Score", "Likelihood", "Band"], [0.5, 0.42, None], [0.5, None, None]]
    assert sheet["E2"].number_format == "0%"
    assert sheet.auto_filter.ref == "A1:I3"
    assert sheet.column_dimensions["G"].width == 70
    assert sheet["G2"].alignment.wrap_text


def test_layout() -> None:
    sheet = opened(written([row()]))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H2"
    assert sheet.column_dimensions["F"].width == 70
    assert sheet["A1"].font.bold
    assert sheet["F2"].alignment.wrap_text
    assert sheet["D2"].number_format == "0.000"


def test_headings_in_another_language() -> None:
    labels = dict.fromkeys(workbook.LABELS, "x") | {"query": "需求"}
    assert opened(written([row()], labels))["A1"].value == "需求"


def test_formulas_are_texts_with_the_mark_of_one_and_only_they() -> None:
    sheet = opened(written([row(query_title="=1+1", candidate_title="+5"), row(query_title="x")]))
    marks = [
        (sheet[name].data_type, sheet[name].quotePrefix, sheet[name].value)
        for name in ("A2", "B2", "C2", "A3")
    ]
    assert marks == [
        ("s", True, "=1+1"),
        ("s", False, "+5"),
        ("n", False, 1),
        ("s", False, "x"),
    ]


def test_error_names_and_long_texts_are_texts() -> None:
    sheet = opened(written([row(query_title="#N/A", candidate_title="x" * 40_000)]))
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", "#N/A")
    assert len(sheet["B2"].value) == 32_767


def test_times_are_fixed_inside_and_on_the_parts() -> None:
    stream = written([row()])
    properties = openpyxl.load_workbook(stream).properties
    assert properties.created == properties.modified == datetime(2000, 1, 1)
    with zipfile.ZipFile(stream) as package:
        assert {part.date_time for part in package.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    assert opened(written([row(), row()])).max_row == 3
    with pytest.raises(UnwritableOutput) as caught:
        written(row() for _ in range(3))
    assert caught.value.where == {"file": "m.xlsx"}
    assert ".tsv" in str(caught.value.hint)
