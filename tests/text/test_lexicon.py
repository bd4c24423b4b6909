"""The lexicon's lines, good and bad."""

import pytest

from matcher.errors import InvalidValue, UnreadableFile
from matcher.resources import data_path
from matcher.text.lexicon import LexiconTerm, read_lexicon, read_terms
from matcher.text.segment import is_chinese

HEADER = "zh\ten\tweight\n"


@pytest.fixture
def write(tmp_path):
    def write(text, name="terms.tsv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text(text, encoding=encoding)
        return path

    return write


def test_a_line_is_a_term(write):
    path = write(HEADER + "石墨烯\tgraphene\t1\n涂层 \t coating layer\t0.5\n")
    assert read_terms(path) == [
        LexiconTerm("石墨烯", "graphene", 1.0),
        LexiconTerm("涂层", "coating layer", 0.5),
    ]


def test_comments_and_blank_lines_are_skipped(write):
    assert read_terms(write(HEADER + "# materials\n\n \n钢\tsteel\t1\n")) == [("钢", "steel", 1.0)]


def test_a_byte_order_mark_is_no_part_of_the_header(write):
    assert read_terms(write(HEADER + "钢\tsteel\t1\n", encoding="utf-8-sig"))


def test_files_come_in_the_order_of_their_names(write, tmp_path):
    write(HEADER + "乙\tsecond\t1\n", "b.tsv")
    write(HEADER + "甲\tfirst\t1\n", "a.tsv")
    write("no lexicon", "c.txt")
    assert [term.en for term in read_lexicon(tmp_path)] == ["first", "second"]


@pytest.mark.parametrize(
    "line",
    ["石墨烯", "石墨烯\tgraphene", "石墨烯\tgraphene\tmuch", "\tgraphene\t1", "石墨烯\t \t1"]
    + [f"石墨烯\tgraphene\t{weight}" for weight in ("0", "-1", "1.01", "nan", "inf")],
)
def test_a_line_that_is_no_term_is_named_by_its_row(write, line):
    path = write(HEADER + "# comment\n钢\tsteel\t1\n" + line + "\n")
    with pytest.raises(InvalidValue) as caught:
        read_terms(path)
    assert caught.value.where["row"] == 4
    assert caught.value.where["file"] == str(path)


@pytest.mark.parametrize("text", ["", "石墨烯\tgraphene\t1\n", "zh,en,weight\n"])
def test_a_file_without_header_is_refused(write, text):
    with pytest.raises(InvalidValue, match="header") as caught:
        read_terms(write(text))
    assert caught.value.where["row"] == 1
    assert caught.value.hint


def test_another_encoding_is_refused(write):
    """Not every word does for this: 石墨烯 in GBK happens to be valid UTF-8."""
    path = write(HEADER + "钢材\tsteel\t1\n", encoding="gbk")
    with pytest.raises(UnreadableFile, match="UTF-8") as caught:
        read_terms(path)
    assert caught.value.where["file"] == str(path)


def test_the_shipped_terms_are_chinese_and_english():
    terms = read_lexicon(data_path("lexicon"))
    assert ("石墨烯", "graphene") in {term[:2] for term in terms}
    assert [term for term in terms if not is_chinese(term.zh) or is_chinese(term.en)] == []
