"""Columns beside our fields, and back from a form."""

from __future__ import annotations

from dataclasses import replace

from matcher.files.column_guess import ColumnGuess, Sureness
from matcher.web.import_columns import columns_chosen, columns_shown
from tests.web.import_drafted import DRAFT, EN, GUESSES, ZH


def test_each_column_has_a_box_with_what_is_chosen() -> None:
    shown = columns_shown(DRAFT, {}, EN)
    assert [(one.box, one.name, one.field, one.sure) for one in shown.columns] == [
        ("field-0", "编号", "id", "sure"),
        ("field-1", "名称", "title", "likely"),
        ("field-2", "甲", "", "not known"),
    ]
    assert shown.left == 1
    assert dict(shown.fields)["budget_min"] == "Minimum budget"
    assert dict(columns_shown(DRAFT, {}, ZH).fields)["budget"] == "预算（一格）"


def test_that_no_column_is_a_text_is_said() -> None:
    wanting = columns_shown(DRAFT, {}, ZH).wanting
    assert wanting.startswith("没有一列是正文")
    assert "“拟解决的技术难题”" in wanting
    assert columns_shown(DRAFT, {"field-2": "indicators"}, ZH).wanting == ""
    ours = ColumnGuess("format", (), "", Sureness.UNKNOWN)
    assert columns_shown(replace(DRAFT, guesses=(*GUESSES, ours)), {}, ZH).wanting == ""
    assert columns_shown(replace(DRAFT, noun="organisation"), {}, ZH).wanting == ""


def test_a_row_number_says_what_comes_of_choosing_it() -> None:
    number = ColumnGuess("序号", ("1",), "", Sureness.ROW_NUMBER)
    draft = replace(DRAFT, guesses=(number,))
    assert columns_shown(draft, {}, ZH).columns[0].sure == "只是行号，不读"
    assert "overwrite" in columns_shown(draft, {"field-0": "id"}, EN).columns[0].sure


def test_what_was_chosen_in_vain_stays_chosen() -> None:
    shown = columns_shown(DRAFT, {"field-2": "title"}, EN)
    assert [one.field for one in shown.columns] == ["id", "title", "title"]


def test_a_form_says_the_field_of_each_column_that_it_has() -> None:
    assert columns_chosen(DRAFT, {"field-0": "", "field-2": "problem", "x": "y"}) == {
        "编号": "",
        "甲": "problem",
    }
