"""A column name reduced to its words and remarks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.files.heading import Heading, fold, parse_heading


@pytest.mark.parametrize(
    ("text", "key", "notes"),
    [
        ("成果名称", "成果名称", ()),
        ("1. *成果名称（必填，50字以内）", "成果名称", ("必填", "50字以内")),
        ("一、成果 名称:", "成果名称", ()),
        ("预算（万元）", "预算", ("万元",)),
        ("【选填】 Technology_Title", "technologytitle", ("选填",)),
        ("Price ($)", "price", ("$",)),
        ("Ｔｉｔｌｅ　（ＥＮ）", "title", ("en",)),
        ("意向價格（萬元）", "意向价格", ("万元",)),
        ("專案名稱", "项目名称", ()),
        ("3D打印技术", "3d打印技术", ()),
        ("Budget (EUR/thousand)", "budget", ("eur", "thousand")),
        ("价格[单位:万元]", "价格", ("单位", "万元")),
        ("※", "", ()),
    ],
)
def test_headings(text: str, key: str, notes: tuple[str, ...]) -> None:
    assert parse_heading(text) == Heading(key, notes)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
