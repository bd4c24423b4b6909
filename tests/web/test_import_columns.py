"""Columns beside our fields, and back from a form."""

from __future__ import annotations

from matcher.web.import_columns import columns_chosen, columns_shown
from tests.web.import_drafted import DRAFT, EN, ZH


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


def test_what_was_chosen_in_vain_stays_chosen() -> None:
    shown = columns_shown(DRAFT, {"field-2": "title"}, EN)
    assert [one.field for one in shown.columns] == ["id", "title", "title"]


def test_a_form_says_the_field_of_each_column_that_it_has() -> None:
    assert columns_chosen(DRAFT, {"field-0": "", "field-2": "problem", "x": "y"}) == {
        "编号": "",
        "甲": "problem",
    }
