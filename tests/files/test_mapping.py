"""From columns to fields: guessed, named outright, missing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matcher.domain.enums import Noun
from matcher.errors import MissingColumn
from matcher.files.mapping import ColumnMap, guess_mapping, guess_noun, map_columns, numbered
from matcher.files.table import Row, Table, read_table
from matcher.files.vocabulary import Role, Unit, Vocabulary
from matcher.files.vocabulary_file import load_vocabulary
from matcher.resources import data_path

Write = Callable[..., Path]
OUTCOMES = ("成果编号", "成果名称", "简介", "完成单位", "意向价格（万元）", "备注")
NEEDS = ("需求编号", "需求名称", "拟解决的技术难题", "单位", "投入预算（万元）")


def names(mapped: ColumnMap) -> dict[str, list[str]]:
    return {field: [c.name for c in columns] for field, columns in mapped.fields.items()}


def load(write: Write, text: str) -> Vocabulary:
    return load_vocabulary(data_path("mappings", "default.toml"), write("mine.toml", text))


def csv(write: Write, vocabulary: Vocabulary, header: str) -> Table:
    return read_table(write("a.csv", f"{header}\n1,2,3\n"), vocabulary.knows)


def test_outcomes_are_guessed_and_the_rest_is_kept_in_a_list(vocabulary: Vocabulary) -> None:
    mapped = guess_mapping(OUTCOMES, Noun.OUTCOME, vocabulary)
    assert names(mapped) == {
        "id": ["成果编号"],
        "title": ["成果名称"],
        "summary": ["简介"],
        "holder": ["完成单位"],
        "price": ["意向价格（万元）"],
    }
    assert mapped.unmapped == ("备注",)
    assert mapped.unit("price") == Unit(10_000, "CNY")
    assert mapped.unit("budget") == Unit(1, "CNY")
    assert (mapped.name("price"), mapped.name("trl")) == ("意向价格（万元）", "trl")


@pytest.mark.parametrize(
    ("columns", "noun"),
    [
        (OUTCOMES, Noun.OUTCOME),
        (NEEDS, Noun.NEED),
        (("姓名", "所属机构", "擅长领域", "备案号"), Noun.MANAGER),
        (("单位名称", "统一社会信用代码", "单位性质", "企业规模"), Noun.ORGANISATION),
        (("id", "title", "text"), Noun.OUTCOME),
        (("x",), Noun.OUTCOME),
    ],
)
def test_the_noun_is_that_with_most_fields(
    vocabulary: Vocabulary, columns: tuple[str, ...], noun: Noun
) -> None:
    assert guess_noun(columns, vocabulary) is noun


def test_of_several_ids_the_surest_name_wins(vocabulary: Vocabulary) -> None:
    mapped = guess_mapping(("序号", "成果编号", "编号"), Noun.OUTCOME, vocabulary)
    assert names(mapped) == {"id": ["成果编号"]}
    assert mapped.unmapped == ("序号", "编号")


def test_a_problem_is_the_title_only_where_nothing_else_is(vocabulary: Vocabulary) -> None:
    alone = guess_mapping(("技术难题", "详细说明"), Noun.NEED, vocabulary)
    assert names(alone) == {"title": ["技术难题"], "problem": ["详细说明"]}
    beside = guess_mapping(("技术难题", "需求名称", "详细说明"), Noun.NEED, vocabulary)
    assert names(beside) == {"title": ["需求名称"], "problem": ["技术难题", "详细说明"]}


def test_a_row_number_is_an_id_only_where_it_is_asked_for(
    write: Write, vocabulary: Vocabulary
) -> None:
    table = read_table(write("a.csv", "序号,名称\n1,泵\n"), vocabulary.knows)
    mapped = map_columns(table, vocabulary, Noun.NEED)
    assert (names(mapped), mapped.unmapped) == ({"title": ["名称"]}, ("序号",))
    as_ids = numbered(mapped, table, vocabulary)
    assert names(as_ids) == {"id": ["序号"], "title": ["名称"]}
    assert as_ids.unmapped == ()
    alone = replace(vocabulary, unused=frozenset({"序号"}))
    assert numbered(mapped, table, alone) == mapped


@pytest.mark.parametrize(
    ("rows", "taken"),
    [
        ("1,甲\n2,乙\n合计,共2项", True),
        ("1,甲\n,乙", False),
        ("1,甲\n1,乙", False),
        ("1,甲\n2", True),
    ],
)
def test_numbers_of_rows_are_ids_where_each_row_has_its_own(
    write: Write, vocabulary: Vocabulary, rows: str, taken: bool
) -> None:
    table = read_table(write("a.csv", f"序号,名称\n{rows}\n"), vocabulary.knows)
    mapped = map_columns(table, vocabulary, Noun.NEED)
    assert ("id" in numbered(mapped, table, vocabulary).fields) is taken


def test_beside_a_column_marked_chinese_the_plain_one_is_english(vocabulary: Vocabulary) -> None:
    columns = ("Title", "Title (Chinese)", "Abstract", "Region", "Region (Chinese)")
    assert names(guess_mapping(columns, Noun.OUTCOME, vocabulary)) == {
        "title": ["Title (Chinese)"],
        "title_en": ["Title"],
        "region": ["Region"],
        "summary": ["Abstract"],
    }


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        (["合计", "共64项", 12.5], True),
        ([None, " Total: ", 3], True),
        (["合计（元）"], True),
        (["O1", "合计", 3], False),
        (["合计", "x", 3, "O9"], False),
        ([1.0, "合计"], False),
        (["综合"], False),
    ],
)
def test_rows_of_totals(vocabulary: Vocabulary, cells: list[Any], total: bool) -> None:
    mapped = guess_mapping(("序", "名称", "价格", "编号"), Noun.OUTCOME, vocabulary)
    assert mapped.is_total(Row(9, cells)) is total


def test_texts_take_all_their_columns_in_the_order_of_the_table(vocabulary: Vocabulary) -> None:
    mapped = guess_mapping(("技术方案", "简介", "标题", "名称"), Noun.OUTCOME, vocabulary)
    assert names(mapped) == {"title": ["标题"], "summary": ["技术方案", "简介"]}
    row = Row(2, ["方案", "简介文字", "泵", "n"])
    assert mapped.values(row)["summary"] == "方案\n简介文字"


def test_values_leave_out_blanks_and_stand_short_rows(vocabulary: Vocabulary) -> None:
    mapped = guess_mapping(("id", "title", "summary", "trl"), Noun.OUTCOME, vocabulary)
    assert mapped.values(Row(2, ["1", " ", None])) == {"id": "1"}
    assert mapped.values(Row(2, [1, "t", "s", 0])) == {
        "id": 1,
        "title": "t",
        "summary": "s",
        "trl": 0,
    }


def test_named_columns_come_first_and_others_are_guessed(write: Write) -> None:
    vocabulary = load(write, '[columns]\ntext = "备注"\n')
    mapped = map_columns(csv(write, vocabulary, "编号,名称, 备 注"), vocabulary)
    assert names(mapped) == {"id": ["编号"], "title": ["名称"], "text": ["备 注"]}


def test_a_named_column_gives_its_guess_up(write: Write) -> None:
    vocabulary = load(write, '[columns]\nkeywords = "名称"\n')
    mapped = map_columns(csv(write, vocabulary, "编号,名称,标题"), vocabulary)
    assert names(mapped) == {"id": ["编号"], "title": ["标题"], "keywords": ["名称"]}


def test_columns_named_for_the_other_file_are_not_asked_for(write: Write) -> None:
    vocabulary = load(write, '[query.columns]\ntext = "难题"\n[candidate.columns]\ntext = "方案"\n')
    table = csv(write, vocabulary, "编号,方案,x")
    assert names(map_columns(table, vocabulary, role=Role.CANDIDATE))["text"] == ["方案"]
    with pytest.raises(MissingColumn):
        map_columns(table, vocabulary, role=Role.QUERY)


def test_a_missing_named_column_is_told_with_those_found(write: Write) -> None:
    vocabulary = load(write, '[columns]\ntitle = "成果名"\n')
    with pytest.raises(MissingColumn) as caught:
        map_columns(csv(write, vocabulary, "编号,成果名称,x"), vocabulary)
    error = caught.value
    assert error.where["row"] == 1
    assert error.where["column"] == "成果名"
    assert error.values["found"] == ("编号", "成果名称", "x")
    assert "成果名称" in str(error.hint)
    assert "mine.toml" in error.message


def test_unused_columns_are_left_alone(write: Write) -> None:
    vocabulary = load(write, 'unused = ["简介"]\n')
    mapped = map_columns(csv(write, vocabulary, "编号,名称,简介"), vocabulary)
    assert names(mapped) == {"id": ["编号"], "title": ["名称"]}
    assert mapped.unmapped == ("简介",)


def test_a_table_nobody_understands_lists_what_it_has_and_what_is_wanted(
    write: Write, vocabulary: Vocabulary
) -> None:
    with pytest.raises(MissingColumn) as caught:
        map_columns(csv(write, vocabulary, "甲,乙,丙"), vocabulary)
    assert caught.value.values["found"] == ("甲", "乙", "丙")
    assert "title" in caught.value.values["wanted"]


@pytest.mark.parametrize(
    ("file", "columns", "expected"),
    [
        (
            "een",
            (
                "POD Reference",
                "Title",
                "Summary",
                "Advantages and innovations",
                "Stage of Development",
            ),
            ["id", "title", "summary", "advantages", "stage"],
        ),
        (
            "sbir",
            ("Company", "Award Title", "Agency Tracking Number", "Abstract", "PI Name"),
            ["holder", "title", "id", "summary", "inventors"],
        ),
        (
            "registration-zh",
            ("成果登记号", "成果名称", "成果英文名称", "成果简介", "第一完成单位名称"),
            ["id", "title", "title_en", "summary", "holder"],
        ),
    ],
)
def test_exports_of_known_platforms(
    file: str, columns: tuple[str, ...], expected: list[str]
) -> None:
    words = (data_path("mappings", f"{name}.toml") for name in ("default", file))
    mapped = guess_mapping(columns, Noun.OUTCOME, load_vocabulary(*words))
    found = {column.name: field for field, held in mapped.fields.items() for column in held}
    assert [found[name] for name in columns] == expected
