"""The dirty files that ship with the sample, read for a match."""

import pytest

from matcher.domain.item import Item
from matcher.domain.money import MoneyRange
from matcher.errors import DuplicateId, UnreadableFile
from matcher.files.decode import Encoding
from matcher.files.notices import Code
from matcher.files.records import Records, read_records
from matcher.files.table import read_table
from matcher.files.vocabulary import Vocabulary
from matcher.resources import data_path


def read(name: str, vocabulary: Vocabulary) -> Records:
    return read_records(data_path("sample", "dirty", name), vocabulary)


def by_id(records: Records) -> dict[str, Item]:
    return {record.id: record for record in records}


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("科技成果登记表.xlsx", 64),
        ("outcomes_big5.csv", 42),
        ("managers_mojibake.csv", 64),
        ("outcomes_utf16.tsv", 44),
        ("needs.jsonl.gz", 54),
        ("needs_no_ids.xlsx", 45),
        ("outcomes_one_row.csv", 1),
    ],
)
def test_every_record_is_there(vocabulary: Vocabulary, name: str, count: int) -> None:
    records = read(name, vocabulary)
    assert len(records) == count
    assert all(record.title and record.id for record in records)


def test_the_register(vocabulary: Vocabulary) -> None:
    records = read("科技成果登记表.xlsx", vocabulary)
    found = by_id(records)
    prices = {
        "O108": MoneyRange(80_000, 300_000),
        "O112": MoneyRange(400_000, 500_000),
        "O238": MoneyRange(1_200_000, 2_000_000),
        "O339": MoneyRange(700_000, 1_100_000),
    }
    assert {name: found[name].facts.price for name in prices} == prices
    assert str(found["O108"].facts.valid_until) == "2027-06-30"
    assert str(found["O131"].facts.valid_until) == "2025-12-31"
    assert {record.facts.trl for record in records} <= {None, *range(1, 10)}
    assert (records.rows[0], records.rows[-1]) == (5, 71)
    assert [notice.row for notice in records.notices if notice.code is Code.TOTAL_ROW] == [73]


def test_ids_that_are_taken_twice_name_the_rows(vocabulary: Vocabulary) -> None:
    with pytest.raises(DuplicateId) as caught:
        read("needs_gbk.csv", vocabulary)
    assert caught.value.values["rows"] == (6, 53)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("needs_gbk.csv", Encoding.GB18030),
        ("outcomes_big5.csv", Encoding.BIG5),
        ("outcomes_utf16.tsv", Encoding.UTF16),
        ("managers_mojibake.csv", Encoding.UTF8),
    ],
)
def test_encodings(vocabulary: Vocabulary, name: str, encoding: Encoding) -> None:
    table = read_table(data_path("sample", "dirty", name), vocabulary.knows)
    assert table.encoding is encoding


def test_english_headings_beside_chinese_titles(vocabulary: Vocabulary) -> None:
    records = read("outcomes_utf16.tsv", vocabulary)
    priced = [record for record in records if record.facts.price]
    assert len(priced) == 21
    assert sum(any("\u4e00" <= char <= "\u9fff" for char in r.title) for r in records) == 21


def test_what_can_not_be_read_of_a_fact_is_noted(vocabulary: Vocabulary) -> None:
    records = read("needs.jsonl.gz", vocabulary)
    found = by_id(records)
    assert found["N107"].facts.budget == MoneyRange(300_000, 500_000)
    assert str(found["N116"].facts.valid_until) == "2025-12-31"
    assert found["N214"].facts.min_trl is None
    assert records.columns.unmapped == ("备注",)
    assert {notice.code for notice in records.notices} == {
        Code.UNMAPPED_COLUMNS,
        Code.UNREAD_FACT,
        Code.CHARACTERS_REMOVED,
    }


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("outcomes_header_only.csv", "no record"),
        ("not_an_excel.xlsx", "HTML"),
        ("truncated.jsonl.gz", "truncated"),
    ],
)
def test_files_that_are_refused(vocabulary: Vocabulary, name: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        read(name, vocabulary)
