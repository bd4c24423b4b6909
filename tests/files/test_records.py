"""Records for a match, from files as people have them."""

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from matcher.domain.enums import Language, TransferMode
from matcher.domain.item import Facts, Item
from matcher.domain.money import MoneyRange
from matcher.errors import DuplicateId, InvalidValue, MatcherError, MissingColumn
from matcher.files.notices import Code
from matcher.files.records import Records, read_portfolio, read_records
from matcher.files.vocabulary import Role, Vocabulary
from matcher.files.vocabulary_file import load_vocabulary
from matcher.resources import data_path

Write = Callable[..., Path]
Make = Callable[..., Path]


def codes(records: Records) -> list[tuple[Code, int | None]]:
    return [(notice.code, notice.row) for notice in records.notices]


def test_a_chinese_excel_as_platforms_export_it(workbook: Make, vocabulary: Vocabulary) -> None:
    rows = [
        ["2025年度科技成果汇总表", *[None] * 7],
        ["编号", "*成果名称", "成果简介", "关键词", "意向价格（万元）", None, "有效期", "转化方式"],
        [None, None, None, None, "最低", "最高", None, None],
        [
            101,
            "石墨烯防腐涂层",
            "水性涂料",
            "石墨烯；防腐",
            30,
            50.5,
            "2027年底",
            "技术转让、技术许可",
        ],
        [None] * 8,
        [102, "水泵", "一种水泵", None, "面议", None, date(2026, 5, 1), None],
    ]
    path = workbook({"说明": [["填表说明"]], "数据": rows}, merged=["A1:H1"])
    records = read_records(path, vocabulary)
    assert records.records == (
        Item(
            id="101",
            title="石墨烯防腐涂层",
            text="水性涂料",
            keywords=("石墨烯", "防腐"),
            lang=None,
            portfolio=(),
            facts=Facts(
                price=MoneyRange(300_000, 505_000, "CNY"),
                valid_until=date(2027, 12, 31),
                modes=(TransferMode.TRANSFER, TransferMode.LICENSE),
            ),
        ),
        Item("102", "水泵", "一种水泵", facts=Facts(valid_until=date(2026, 5, 1))),
    )
    assert records.rows == (4, 6)
    assert codes(records) == []


def test_the_columns_of_a_match(jsonl: Make, vocabulary: Vocabulary) -> None:
    path = jsonl(
        {"id": "q1", "title": "t", "text": "x", "keywords": ["a", "b"], "lang": "en", "extra": 1},
        {"id": "q2", "text": "石墨烯", "lang": "中文", "other": {"deep": [1]}},
    )
    records = read_records(path, vocabulary, Role.QUERY)
    assert [(r.id, r.title, r.text, r.keywords, r.lang) for r in records] == [
        ("q1", "t", "x", ("a", "b"), Language.EN),
        ("q2", "", "石墨烯", (), Language.ZH),
    ]
    assert records.columns.unmapped == ("extra", "other")
    assert codes(records) == [(Code.UNMAPPED_COLUMNS, None)]


def test_texts_are_joined_in_order_and_a_second_title_goes_before(
    jsonl: Make, vocabulary: Vocabulary
) -> None:
    record = {
        "id": "O1",
        "applications": "海工",
        "summary_en": "A coating",
        "summary": "涂料",
        "title_en": "Coating",
        "title": "涂层",
        "keywords": ["石墨烯"],
        "keywords_en": ["graphene", "石墨烯"],
    }
    found = next(iter(read_records(jsonl(record), vocabulary)))
    assert found.title == "涂层"
    assert found.text == "Coating\n涂料\nA coating\n海工"
    assert found.keywords == ("石墨烯", "graphene")


def test_the_text_column_stands_for_all_texts_where_it_is_filled(
    jsonl: Make, vocabulary: Vocabulary
) -> None:
    path = jsonl({"id": 1, "text": "all", "summary": "part"}, {"id": 2, "summary": "part"})
    assert [record.text for record in read_records(path, vocabulary)] == ["all", "part"]


def test_an_english_record_and_a_person_have_titles_too(
    jsonl: Make, vocabulary: Vocabulary
) -> None:
    path = jsonl({"id": 1, "title_en": "Pump"}, {"id": 2, "name": "王工", "name_en": "Wang"})
    titles = [(record.title, record.text) for record in read_records(path, vocabulary)]
    assert titles == [("Pump", ""), ("王工", "Wang")]


def test_without_an_id_column_the_row_numbers_are_ids(write: Write, vocabulary: Vocabulary) -> None:
    records = read_records(write("a.csv", "汇总表,\n名称,简介\n水泵,x\n\n阀门,y\n"), vocabulary)
    assert [record.id for record in records] == ["3", "5"]
    assert codes(records) == [(Code.ROW_NUMBERS_AS_IDS, None)]


@pytest.mark.parametrize("heading", ["序号", "No.", "#", "S/N"])
def test_a_column_of_row_numbers_serves_as_ids_of_one_run(
    write: Write, vocabulary: Vocabulary, heading: str
) -> None:
    records = read_records(write("a.csv", f"{heading},名称\n11,水泵\n12,阀门\n"), vocabulary)
    assert [record.id for record in records] == ["11", "12"]
    assert codes(records) == []


def test_a_blank_id_names_its_row(write: Write, vocabulary: Vocabulary) -> None:
    with pytest.raises(InvalidValue) as caught:
        read_records(write("a.csv", "编号,名称\nO1,x\n ,y\n"), vocabulary)
    assert caught.value.where["row"] == 3
    assert caught.value.where["column"] == "编号"


@pytest.mark.parametrize(("first", "second"), [("O1", "O1 "), ("1", "1"), ("\ufeffO1", "O1")])
def test_a_repeated_id_names_both_rows(
    write: Write, vocabulary: Vocabulary, first: str, second: str
) -> None:
    with pytest.raises(DuplicateId) as caught:
        read_records(write("a.csv", f"id,title\n{first},x\nO2,y\n{second},z\n"), vocabulary)
    assert caught.value.values["rows"] == (2, 4)
    assert caught.value.where["row"] == 4


def test_1_and_1_0_are_one_id(jsonl: Make, vocabulary: Vocabulary) -> None:
    with pytest.raises(DuplicateId):
        read_records(jsonl({"id": 1, "text": "x"}, {"id": 1.0, "text": "y"}), vocabulary)


@pytest.mark.parametrize("name", [True, ["a"], {"a": 1}, 1.5])
def test_odd_ids(jsonl: Make, vocabulary: Vocabulary, name: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        read_records(jsonl({"id": "a", "text": "x"}, {"id": name, "text": "y"}), vocabulary)
    assert caught.value.where["row"] == 2


def test_facts_alone_can_not_be_matched(write: Write, vocabulary: Vocabulary) -> None:
    with pytest.raises(MissingColumn) as caught:
        read_records(write("a.csv", "地区,预算\n330100,5\n"), vocabulary)
    assert caught.value.values["found"] == ("地区", "预算")
    assert caught.value.values["wanted"] == ("id", "title", "text")


def test_an_unreadable_fact_does_not_refuse_the_row(write: Write, vocabulary: Vocabulary) -> None:
    records = read_records(write("a.csv", "id,title,预算\n1,x,看着给\n2,y,5万\n"), vocabulary)
    assert len(records) == 2
    assert codes(records) == [(Code.UNREAD_FACT, 2)]


def test_a_missing_value_written_as_nan(jsonl: Make, vocabulary: Vocabulary) -> None:
    records = read_records(jsonl({"id": 1, "title": "x", "summary": math.nan}), vocabulary)
    assert records.records[0].text == ""
    assert codes(records) == [(Code.NOT_A_NUMBER, 1)]


def test_nan_in_a_number_is_refused(jsonl: Make, vocabulary: Vocabulary) -> None:
    path = jsonl(
        {"id": 1, "title": "x", "price_min": 1}, {"id": 2, "title": "y", "price_min": math.nan}
    )
    with pytest.raises(InvalidValue) as caught:
        read_records(path, vocabulary)
    assert (caught.value.where["row"], caught.value.where["field"]) == (2, "price_min")


def test_a_record_without_text_is_kept_and_noted(write: Write, vocabulary: Vocabulary) -> None:
    records = read_records(write("a.csv", "id,title\n1,x\n2,\n"), vocabulary)
    assert [record.id for record in records] == ["1", "2"]
    assert codes(records) == [(Code.NO_TEXT, 3)]


def test_a_row_of_totals_is_left_out_and_noted(write: Write, vocabulary: Vocabulary) -> None:
    records = read_records(write("a.csv", "编号,名称\nO1,x\n合计：,共1项\n"), vocabulary)
    assert [record.id for record in records] == ["O1"]
    assert codes(records) == [(Code.TOTAL_ROW, 3)]


def test_bytes_of_garbled_characters_survive_for_repair(
    write: Write, vocabulary: Vocabulary
) -> None:
    garbled = "王海燕，王园".encode().decode("latin-1")
    path = write("a.csv", f"编号,姓名,简介\nM1,{garbled}, {garbled} \n")
    record = next(iter(read_records(path, vocabulary)))
    assert record.title.encode("latin-1").decode() == "王海燕，王园"
    assert record.text.encode("latin-1").decode() == "王海燕，王园"


def test_an_unknown_language_is_noted(write: Write, vocabulary: Vocabulary) -> None:
    records = read_records(write("a.csv", "id,title,lang\n1,x,tlh\n2,y,zh-CN\n"), vocabulary)
    assert [record.lang for record in records] == [None, Language.ZH]
    assert codes(records) == [(Code.UNREAD_FACT, 2)]


def test_people_with_deals_and_firms_with_ids(jsonl: Make, vocabulary: Vocabulary) -> None:
    awards = jsonl(
        {"id": "A1", "title": "Pump", "text": "a pump"},
        {"id": "A2", "title": "Valve"},
        name="p.jsonl",
    )
    portfolio, notices = read_portfolio(awards, vocabulary)
    assert dict(portfolio.texts) == {"A1": "Pump\na pump", "A2": "Valve"}
    assert len(notices) == 0
    path = jsonl(
        {"id": "F1", "name": "Firm", "portfolio": ["A1", "A2", "A3"]},
        {"id": "M1", "name": "王工", "statement": "涂料", "deals": [{"title": "防腐", "value": 5}]},
        {"id": "M2", "name": "李工"},
    )
    records = read_records(path, vocabulary, Role.CANDIDATE, portfolio)
    assert [record.portfolio for record in records] == [
        ("Pump\na pump", "Valve"),
        ("防腐",),
        (),
    ]
    assert records.records[1].text == "涂料"
    assert codes(records) == [(Code.UNKNOWN_PORTFOLIO_ID, 1)]


def test_a_mapping_by_role(write: Write) -> None:
    mapping = write(
        "m.toml", '[query.columns]\ntext = "要求"\n[candidate.columns]\ntext = "方案"\n'
    )
    words = load_vocabulary(data_path("mappings", "default.toml"), mapping)
    path = write("a.csv", "编号,要求,方案\n1,要什么,有什么\n")
    assert next(iter(read_records(path, words, Role.QUERY))).text == "要什么"
    assert next(iter(read_records(path, words, Role.CANDIDATE))).text == "有什么"


def test_errors_read_as_sentences_with_place_and_hint(write: Write, vocabulary: Vocabulary) -> None:
    with pytest.raises(MatcherError) as caught:
        read_records(write("a.csv", "id,title\n,x\n"), vocabulary)
    assert str(caught.value).endswith(
        "a.csv, row 2, column id: has no id. "
        "Give the row an id, or remove the column to use row numbers."
    )
