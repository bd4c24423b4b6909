"""The report of a dry run: numbers, problems, rows with their cells."""

from __future__ import annotations

from dataclasses import replace

from matcher.actions.import_findings import FileNotice, Finding, Findings, Group
from matcher.actions.import_preparing import mark
from matcher.actions.import_report import Action
from matcher.web.import_findings import (
    SIZE,
    cells_typed,
    codes_shown,
    notices_shown,
    others_told,
    row_shown,
    rows_shown,
    text_missing,
    tiles,
)
from tests.web.import_drafted import DRAFT, EN, ZH, corrected

FOUND = Findings(
    5,
    dict.fromkeys(Group, 0) | {Group.NEW: 3, Group.REFUSED: 2},
    {Group.REFUSED: {"no_text": 1, "bad_id": 2}},
    (
        FileNotice("legacy_encoding", "was read as Big5."),
        FileNotice("odd", "Odd."),
        FileNotice("unmapped_columns", "columns that are not read: 甲, 乙.", ("甲", "乙")),
        FileNotice("no_text_column", "no column is a text.", ("problem",)),
    ),
    {},
)
SAID = {"code": "bad_id", "message": "too long.", "column": "名称", "found": "x", "hint": "Cut it."}
ROW = Finding(7, "", Action.REFUSED, {"编号": "X1", "名称": "泵"}, (SAID,), (), True)


def test_numbers_lead_to_their_rows_and_nothing_corrected_has_none() -> None:
    shown = tiles(FOUND, Group.REFUSED, EN)
    assert [(one.label, one.count) for one in shown if one.count] == [("New", 3), ("Refused", 2)]
    assert [one.group for one in shown if one.chosen] == [Group.REFUSED]
    assert Group.CORRECTED not in [one.group for one in shown]


def test_problems_are_told_the_most_frequent_first() -> None:
    shown = codes_shown(FOUND, Group.REFUSED, "no_text", EN)
    assert [(one.code, one.count, one.chosen) for one in shown] == [
        ("bad_id", 2, False),
        ("no_text", 1, True),
    ]


def test_notices_are_told_in_words_and_exactly() -> None:
    assert notices_shown(FOUND, EN) == (
        ("Read in an older encoding", "was read as Big5."),
        ("Odd.", "Odd."),
        ("Columns that aren’t read: 甲, 乙", ""),
    )
    assert ("没有读的列：甲、乙", "") in notices_shown(FOUND, ZH)


def test_that_no_column_is_a_text_stands_by_itself() -> None:
    assert "请为一列选择“拟解决的技术难题”" in text_missing(DRAFT, FOUND, ZH)
    assert text_missing(DRAFT, replace(FOUND, notices=()), EN) == ""


def test_a_row_that_would_become_another_thing_is_asked_about() -> None:
    said = {"code": "other_title", "message": "was 'a'.", "was": "污水", "now": "飞机"}
    row = Finding(3, "3", Action.UPDATED, {"名称": "飞机"}, (said,), ("title",), True)
    [problem] = row_shown(DRAFT, row, ZH).problems
    assert problem.what == "编号 3 原来是“污水”，将变成“飞机”。是同一项吗？"
    assert problem.detail == ""
    [problem] = row_shown(DRAFT, row, EN).problems
    assert problem.what == "3 was “污水” and becomes “飞机”. Is it the same?"


def test_how_many_records_would_be_another_is_said_above_all() -> None:
    codes = {Group.NOTED: {"other_title": 2}}
    assert others_told(replace(FOUND, codes=codes), ZH).startswith("2 行会把")
    assert others_told(FOUND, EN) == ""


def test_what_a_problem_says_in_words_isnt_repeated_in_english() -> None:
    known = {"code": "no_text", "message": "has no title and no text.", "hint": "Give it one."}
    unknown = {"code": "unknown_code", "message": "'x' is not in the list.", "column": "名称"}
    again = {"code": "duplicate_row", "message": "is the same as row 2.", "earlier": "2"}
    row = Finding(3, "", Action.REFUSED, {"名称": "飞机"}, (known, unknown, again), (), True)
    shown = row_shown(DRAFT, row, ZH).problems
    assert [one.detail for one in shown] == ["", "", ""]
    assert [one.found for one in shown] == ["", "飞机", ""]
    assert shown[2].what == "与第 2 行相同，只算一次"


def test_a_row_says_what_was_found_and_what_to_do() -> None:
    shown = row_shown(DRAFT, ROW, ZH)
    assert (shown.title, shown.said, shown.corrected) == ("泵", "不能导入", False)
    [problem] = shown.problems
    assert (problem.column, problem.what, problem.found) == ("名称", "编号不能用", "x")
    assert problem.detail == "too long. Cut it."
    assert [(one.column, one.doubtful) for one in shown.cells] == [("名称", True), ("编号", False)]
    assert shown.seen == mark(DRAFT, 7)


def test_a_row_that_was_corrected_says_what_the_file_has() -> None:
    draft = corrected(7, 名称="阀\n门")
    shown = row_shown(draft, ROW, EN)
    assert (shown.title, shown.corrected, shown.seen != mark(DRAFT, 7)) == ("阀\n门", True, True)
    name = shown.cells[0]
    assert (name.text, name.was, name.long) == ("阀\n门", "泵", True)


def test_of_a_row_with_nothing_to_say_no_cell_is_corrected() -> None:
    assert row_shown(DRAFT, Finding(8, "n1", Action.CREATED), EN).cells == ()


def test_a_form_corrects_only_what_it_says_otherwise() -> None:
    form = {"cell-0": "X1 ", "cell-1": "阀\r\n门", "cell-9": "x"}
    assert cells_typed(DRAFT, ROW, form) == {"名称": "阀\n门"}


def test_a_page_ends_where_the_next_begins() -> None:
    rows = [Finding(row, "", Action.CREATED) for row in range(2, SIZE + 3)]
    page = rows_shown(DRAFT, rows, EN)
    assert (len(page.rows), page.next) == (SIZE, SIZE + 1)
    assert rows_shown(DRAFT, rows[:SIZE], EN).next is None
