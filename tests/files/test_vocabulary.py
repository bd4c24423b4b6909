"""What column names mean, by the words that ship with the product."""

import pytest

from matcher.domain.enums import Noun
from matcher.files.fields import FIELDS
from matcher.files.vocabulary import PLAIN, Unit, Vocabulary

WAN = Unit(10_000, "CNY")


def field(vocabulary: Vocabulary, name: str, noun: Noun) -> str | None:
    meaning = vocabulary.meaning(name, noun)
    return meaning.field if meaning else None


@pytest.mark.parametrize(
    ("name", "noun", "expected"),
    [
        ("成果名称", Noun.OUTCOME, "title"),
        ("项目名称", Noun.OUTCOME, "title"),
        ("名称", Noun.NEED, "title"),
        ("标题", Noun.NEED, "title"),
        ("Technology title", Noun.OUTCOME, "title"),
        ("简介", Noun.OUTCOME, "summary"),
        ("摘要", Noun.OUTCOME, "summary"),
        ("Abstract", Noun.OUTCOME, "summary"),
        ("Description", Noun.NEED, "problem"),
        ("技术需求描述", Noun.NEED, "problem"),
        ("拟解决的技术难题", Noun.NEED, "problem"),
        ("关键词", Noun.NEED, "keywords"),
        ("编号", Noun.NEED, "id"),
        ("登记号", Noun.OUTCOME, "reg_no"),
        ("单位", Noun.NEED, "organisation"),
        ("单位", Noun.OUTCOME, "holder"),
        ("投入预算", Noun.NEED, "budget"),
        ("意向价格", Noun.OUTCOME, "price"),
        ("有效期", Noun.OUTCOME, "valid_until"),
        ("所在地区", Noun.NEED, "region"),
        ("技术成熟度", Noun.OUTCOME, "trl"),
        ("姓名", Noun.MANAGER, "name"),
        ("统一社会信用代码", Noun.ORGANISATION, "credit_code"),
        ("*成果名称（必填）", Noun.OUTCOME, "title"),
        ("成果名称必填", Noun.OUTCOME, "title"),
        ("成果英文名称", Noun.OUTCOME, None),
        ("成果名称（英文）", Noun.OUTCOME, "title_en"),
        ("英文摘要", Noun.OUTCOME, "summary_en"),
        ("Title_EN", Noun.OUTCOME, "title_en"),
        ("English title", Noun.OUTCOME, "title_en"),
        ("中文标题", Noun.OUTCOME, "title"),
        ("关键词(EN)", Noun.OUTCOME, "keywords_en"),
        ("summary_en", Noun.OUTCOME, "summary_en"),
        ("意向价格（万元） / 最低", Noun.OUTCOME, "price_min"),
        ("基本信息 / 成果名称", Noun.OUTCOME, "title"),
        ("成果名称 / Title", Noun.OUTCOME, "title"),
        ("备注", Noun.OUTCOME, None),
        ("", Noun.OUTCOME, None),
    ],
)
def test_headings_people_write(
    vocabulary: Vocabulary, name: str, noun: Noun, expected: str | None
) -> None:
    assert field(vocabulary, name, noun) == expected


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("预算（万元）", WAN),
        ("预算（单位：万元，不含税）", WAN),
        ("预算万元", WAN),
        ("预算(元)", PLAIN),
        ("预算", PLAIN),
        ("Budget (EUR)", Unit(1, "EUR")),
        ("Budget (k€)", Unit(1000, "EUR")),
        ("budget, $", Unit(1, "USD")),
        ("预算（亿元）", Unit(100_000_000, "CNY")),
        ("投入预算（万元） / 最低", WAN),
    ],
)
def test_units_of_columns_of_money(vocabulary: Vocabulary, name: str, unit: Unit) -> None:
    meaning = vocabulary.meaning(name, Noun.NEED)
    assert meaning is not None
    assert meaning.unit == unit


def test_a_unit_means_nothing_for_a_text(vocabulary: Vocabulary) -> None:
    meaning = vocabulary.meaning("简介（1万字以内）", Noun.OUTCOME)
    assert meaning is not None
    assert meaning.unit == PLAIN


def test_the_first_word_of_a_list_is_the_surest(vocabulary: Vocabulary) -> None:
    names = ("id", "成果编号", "编号", "记录编号")
    found = [m for m in (vocabulary.meaning(name, Noun.OUTCOME) for name in names) if m]
    assert [meaning.field for meaning in found] == ["id"] * 4
    assert [meaning.rank for meaning in found] == sorted({meaning.rank for meaning in found})


ROW_NUMBERS = ("序号", " 序 号 ", "行号", "No.", "NO", "#", "＃", "S/N", "Row no.", "序号（必填）")


@pytest.mark.parametrize("name", ROW_NUMBERS)
def test_a_row_number_is_known_and_no_id(vocabulary: Vocabulary, name: str) -> None:
    assert vocabulary.counts_rows(name)
    assert vocabulary.knows(name)
    assert not any(vocabulary.meaning(name, noun) for noun in FIELDS)


@pytest.mark.parametrize("name", ["编号", "ID", "需求编号", "成果编号", "Number", "***", ""])
def test_an_id_is_no_row_number(vocabulary: Vocabulary, name: str) -> None:
    assert not vocabulary.counts_rows(name)


NEED_TEXTS = (
    *("详细说明", "需求描述", "需求详情", "技术需求描述", "具体内容", "主要技术难题", "主要内容"),
    *("Description of need", "Abstract", "Detailed description", "存在问题", "技术难点"),
)
OUTCOME_TEXTS = (
    *("技术简介", "成果介绍", "成果描述", "项目简介", "主要内容", "技术特点", "详细说明"),
    *("具体内容", "成果详情", "Abstract", "Description of technology"),
)


@pytest.mark.parametrize(
    ("noun", "field", "names"),
    [(Noun.NEED, "problem", NEED_TEXTS), (Noun.OUTCOME, "summary", OUTCOME_TEXTS)],
)
def test_usual_headings_of_the_main_text_are_understood(
    vocabulary: Vocabulary, noun: Noun, field: str, names: tuple[str, ...]
) -> None:
    found = [vocabulary.meaning(name, noun) for name in names]
    assert [one.field if one else name for one, name in zip(found, names, strict=True)] == [
        field
    ] * len(names)


def test_what_is_known_for_any_noun_is_known(vocabulary: Vocabulary) -> None:
    assert vocabulary.knows("统一社会信用代码")
    assert not vocabulary.knows("备注")
    assert not vocabulary.knows("名称" * 500)


def test_every_field_is_known_by_its_own_name(vocabulary: Vocabulary) -> None:
    for noun, names in FIELDS.items():
        assert [field(vocabulary, name, noun) for name in names] == list(names)
