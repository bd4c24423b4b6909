"""Finding the header: title rows above it, two rows of it, or none that is known."""

from collections.abc import Sequence
from typing import Any

import pytest

from matcher.files.header import Header, find_header

KNOWN = {"编号", "成果名称", "简介", "意向价格", "名称", "Title", "Abstract", "id", "title", "text"}


def found(*rows: Sequence[Any]) -> Header | None:
    return find_header(list(enumerate(rows, 1)), KNOWN.__contains__)


def test_the_first_row() -> None:
    assert found(["id", "title"], ["1", "pump"]) == Header(("id", "title"), 1, 2)


def test_below_title_rows_and_blank_rows() -> None:
    header = found(
        ["2025年科技成果汇总表", "", ""],
        ["填报单位：某校", "", "日期：2025年3月"],
        ["", "", ""],
        ["编号", "成果名称", "简介"],
        ["1", "水泵", "一种水泵"],
    )
    assert header == Header(("编号", "成果名称", "简介"), 4, 3)


def test_two_rows_where_the_second_divides_merged_cells() -> None:
    header = found(
        ["编号", "成果名称", "意向价格", "", "联系人", ""],
        ["", "", "最低", "最高", "姓名", "电话"],
        ["1", "水泵", 30, 50, "王工", "010"],
    )
    assert header is not None
    assert header.row == 2
    assert header.columns == (
        *("编号", "成果名称", "意向价格 / 最低", "意向价格 / 最高"),
        *("联系人 / 姓名", "联系人 / 电话"),
    )


def test_two_rows_where_the_lower_one_holds_the_known_names() -> None:
    header = found(
        ["编号", "基本信息", ""],
        ["", "名称", "简介"],
        ["1", "水泵", "一种水泵"],
    )
    assert header is not None
    assert header.columns == ("编号", "基本信息 / 名称", "基本信息 / 简介")


def test_two_rows_in_two_languages() -> None:
    header = found(["编号", "成果名称", "简介"], ["id", "Title", "Abstract"], ["1", "水泵", "泵"])
    assert header is not None
    assert header.columns == ("编号 / id", "成果名称 / Title", "简介 / Abstract")
    assert header.row == 2


@pytest.mark.parametrize(
    "row",
    [
        ["1", "水泵", "一种水泵"],
        ["", "水泵", ""],
        ["2", "", "只有简介"],
        ["简介", "水泵", "x"],
    ],
)
def test_a_record_is_not_taken_for_a_second_header_row(row: list[str]) -> None:
    header = found(["编号", "成果名称", "简介"], row, ["3", "阀门", "一种阀门"])
    assert header is not None
    assert header.row == 1


def test_a_value_beside_an_unnamed_column_is_not_a_name() -> None:
    long_value = "一种用于海上风电塔筒防腐的水性石墨烯涂料及其制备方法"
    header = found(["title", "", "text"], ["pump", long_value, ""])
    assert header is not None
    assert header.row == 1


def test_without_known_names_the_row_with_most_texts() -> None:
    header = found(["报表", "", ""], ["甲", "乙", "丙"], ["1", "2", "3"])
    assert header == Header(("甲", "乙", "丙"), 2, 0)


def test_numbers_and_long_texts_are_no_names() -> None:
    header = found([1, "id", "x" * 200, "title", ""])
    assert header == Header(("", "id", "", "title"), 1, 2)


def test_names_are_one_clean_line() -> None:
    header = found(["成果\n名称\x00", " id "])
    assert header is not None
    assert header.columns == ("成果 名称", "id")


def test_nothing_but_blanks_has_no_header() -> None:
    assert found(["", " ", None], []) is None
    assert found() is None
