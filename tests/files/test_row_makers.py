"""How the columns of each noun are found, and what a file can say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.domain.enums import Noun
from matcher.errors import InvalidValue, MissingColumn
from matcher.files.column_guess import chosen
from matcher.files.draft import Draft
from matcher.files.row_makers import MAKERS
from matcher.files.row_report import RowCode
from matcher.files.sheet_columns import INTERACTION
from matcher.files.table import read_table
from matcher.files.vocabulary import Unit, Vocabulary

Make = Callable[..., Draft]
Write = Callable[..., Path]


def test_headings_of_follow_ups_in_people_s_words(write: Write, vocabulary: Vocabulary) -> None:
    path = write(
        "f.csv", "需求编号,科技成果编号,经理人,状态,合同金额（万元）,备忘\nn,o,m,已联系,5,x\n"
    )
    maker = MAKERS[Noun.FOLLOW_UP]
    table = read_table(path, maker.knows(vocabulary))
    found = maker.map(table, vocabulary)
    assert list(found.fields) == ["need", "outcome", "manager", "state", "value"]
    assert found.unit("value") == Unit(10_000, "CNY")
    assert found.unmapped == ("备忘",)
    assert maker.holds(table, found) == {"need", "outcome", "manager", "state"}


def test_interactions_as_the_matching_command_reads_them(
    write: Write, vocabulary: Vocabulary
) -> None:
    path = write("i.tsv", "query_id\tcandidate_id\tweight\nq\tc\t1\n")
    maker = MAKERS[INTERACTION]
    table = read_table(path, maker.knows(vocabulary))
    assert list(maker.map(table, vocabulary).fields) == ["need", "outcome", "weight"]


def test_a_table_of_something_else_says_what_is_wanted(
    write: Write, vocabulary: Vocabulary
) -> None:
    maker = MAKERS[INTERACTION]
    table = read_table(write("i.csv", "colour,taste\nred,sweet\n"), maker.knows(vocabulary))
    with pytest.raises(MissingColumn, match="found colour, taste") as caught:
        maker.map(table, vocabulary)
    assert "weight" in caught.value.values["wanted"]


def test_what_a_file_can_say_and_what_has_no_place(write: Write, vocabulary: Vocabulary) -> None:
    maker = MAKERS[Noun.OUTCOME]
    words = maker.vocabulary(vocabulary)
    path = write("o.csv", "编号,成果名称,正文,意向价格,国家,密级\n1,a,b,5,DE,公开\n")
    table = read_table(path, maker.knows(words))
    columns = maker.map(table, words)
    prices = {"price_min", "price_max", "currency"}
    assert maker.holds(table, columns) == {"id", "title", "summary", "secrecy"} | prices
    assert maker.unkept(columns) == ("country",)


def test_our_headings_never_go_before_the_words_of_a_mapping_file(vocabulary: Vocabulary) -> None:
    for noun in (Noun.OUTCOME, Noun.NEED, Noun.MANAGER, Noun.ORGANISATION):
        words = MAKERS[noun].vocabulary(vocabulary).words[noun]
        assert words.items() >= vocabulary.words[noun].items()


def test_a_record_without_any_text_is_refused(draft: Make) -> None:
    row = draft(region="330100")
    row.fields |= {"id": "1", "region": "330100"}
    with pytest.raises(InvalidValue) as caught:
        MAKERS[Noun.NEED].finish(row)
    assert caught.value.values["row_code"] is RowCode.NO_TEXT


def test_a_manager_with_a_name_alone_is_enough(draft: Make) -> None:
    row = draft()
    row.fields |= {"id": "1", "name": "某"}
    assert MAKERS[Noun.MANAGER].finish(row).to_mapping()["name"] == "某"


def test_what_is_chosen_for_a_column_goes_before_its_name(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    path = tmp_path / "f.csv"
    path.write_text("需求,甲,丙\nN1,O1,x\n", encoding="utf-8")
    words = chosen(vocabulary, {"需求": "outcome", "甲": "need", "丙": ""})
    maker = MAKERS[Noun.FOLLOW_UP]
    assert maker.knows(words)("甲")
    found = maker.map(read_table(path, maker.knows(words)), words)
    assert {name: [one.name for one in columns] for name, columns in found.fields.items()} == {
        "outcome": ["需求"],
        "need": ["甲"],
    }
