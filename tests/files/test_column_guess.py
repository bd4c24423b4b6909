"""A first look at a file: columns, values, and how sure it is what they hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.domain.enums import Noun
from matcher.errors import UnreadableFile
from matcher.files.column_guess import Sureness, chosen, fields_of, guess_columns, takes_several
from matcher.files.row_makers import MAKERS
from matcher.files.table import read_table
from matcher.files.vocabulary import Vocabulary

Write = Callable[..., Path]


def test_columns_come_with_values_and_how_sure_they_are(
    write: Write, vocabulary: Vocabulary
) -> None:
    path = write("n.csv", "需求名称,英文名称,甲\n泵,Pump,1\n泵,,2\n阀,,3\n轴,,4\n")
    title, english, unknown = guess_columns(path, Noun.NEED, vocabulary)
    assert (title.field, title.sureness, title.samples) == (
        *("title", Sureness.SURE, ("泵", "阀", "轴")),
    )
    assert (english.field, english.sureness) == ("title_en", Sureness.LIKELY)
    assert (unknown.field, unknown.sureness, unknown.samples) == (
        *("", Sureness.UNKNOWN, ("1", "2", "3")),
    )


@pytest.mark.parametrize("noun", list(MAKERS))
def test_a_row_number_is_told_and_not_read(write: Write, vocabulary: Vocabulary, noun: str) -> None:
    number, *_ = guess_columns(write("n.csv", "序号,名称,需求\n1,泵,n1\n"), noun, vocabulary)
    assert (number.field, number.sureness) == ("", Sureness.ROW_NUMBER)


def test_a_file_of_which_nothing_is_understood_is_still_shown(
    write: Write, vocabulary: Vocabulary
) -> None:
    found = guess_columns(write("n.csv", "甲,乙\n1,2\n"), Noun.NEED, vocabulary)
    assert [(one.name, one.field) for one in found] == [("甲", ""), ("乙", "")]


def test_a_file_without_a_row_isnt_read(write: Write, vocabulary: Vocabulary) -> None:
    with pytest.raises(UnreadableFile):
        guess_columns(write("n.csv", "id,title\n"), Noun.NEED, vocabulary)


def test_what_a_person_chose_is_what_is_read(write: Write, vocabulary: Vocabulary) -> None:
    path = write("n.csv", "编号,需求名称,甲,乙\nN1,泵,x,y\n")
    words = chosen(vocabulary, {"编号": "id", "需求名称": "", "甲": "problem", "乙": "problem"})
    found = MAKERS[Noun.NEED].map(read_table(path, words.knows), words)
    assert {name: [one.name for one in columns] for name, columns in found.fields.items()} == {
        "id": ["编号"],
        "problem": ["甲", "乙"],
    }
    assert found.unmapped == ("需求名称",)


@pytest.mark.parametrize("noun", list(MAKERS))
def test_every_guess_can_be_chosen(noun: str, write: Write, vocabulary: Vocabulary) -> None:
    headings = [column for field in fields_of(noun) for column in [field]]
    path = write("a.csv", f"{','.join(headings)}\n{','.join('1' for _ in headings)}\n")
    assert {one.field for one in guess_columns(path, noun, vocabulary)} <= {*fields_of(noun), ""}


def test_texts_take_several_columns_and_an_id_takes_one() -> None:
    assert takes_several("summary")
    assert not takes_several("id")
