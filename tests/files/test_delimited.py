"""CSV and TSV: which delimiter, which records, which number each has in a spreadsheet."""

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.errors import InvalidValue
from matcher.files import delimited
from matcher.files.cells import MAX_CELL
from matcher.files.decode import Encoding
from matcher.files.source import locate

Write = Callable[..., Path]
KNOWN = {"id", "title", "text"}


def delimiter(path: Path) -> str:
    return delimited.delimiter_of(locate(path), Encoding.UTF8, KNOWN.__contains__)


def rows(path: Path, mark: str = ",") -> list[tuple[int, list[str]]]:
    return list(delimited.read_rows(locate(path), Encoding.UTF8, mark))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_told_from_known_names(write: Write, mark: str) -> None:
    text = f'id{mark}title{mark}text\n1{mark}pump, large; new{mark}"a,b;c\td"\n'
    assert delimiter(write("a.csv", text)) == mark


def test_the_delimiter_is_told_from_equal_widths(write: Write) -> None:
    text = "甲;乙;丙\n1;水泵, 大型;x\n2;阀门;y, z, u\n"
    assert delimiter(write("a.csv", text)) == ";"


def test_a_title_row_does_not_confuse(write: Write) -> None:
    assert delimiter(write("a.csv", "Technologies, 2025, all\n\nid;title\n1;x\n")) == ";"


def test_an_overlong_first_cell_does_not_stop_the_telling(write: Write) -> None:
    assert delimiter(write("a.csv", "id;title\n" + "x" * (MAX_CELL + 1) + ";y\n")) in ",;\t"


def test_tsv_is_always_cut_at_tabs(write: Write) -> None:
    assert delimiter(write("a.tsv", "id,title\n1,x\n")) == "\t"


def test_rows_are_numbered_as_a_spreadsheet_shows_them(write: Write) -> None:
    path = write("a.csv", 'id,text\n\n1,"two\nlines"\n2,"a ""b"""\r\n')
    assert rows(path) == [
        (1, ["id", "text"]),
        (2, []),
        (3, ["1", "two\nlines"]),
        (4, ["2", 'a "b"']),
    ]


def test_quotes_inside_a_cell_are_kept(write: Write) -> None:
    assert rows(write("a.csv", '1,5" pipe\n'))[0] == (1, ["1", '5" pipe'])


def test_a_quote_that_is_never_closed_is_refused_with_its_row(write: Write) -> None:
    path = write("a.csv", 'id,text\n1,x\n2,"never closed\n3,y\n4,z\n')
    with pytest.raises(InvalidValue) as caught:
        rows(path)
    assert caught.value.where["row"] == 3
    assert "never closed" in caught.value.message


def test_a_closed_quote_at_the_very_end_is_fine(write: Write) -> None:
    assert rows(write("a.csv", 'id\n"two\nlines"'))[-1] == (2, ["two\nlines"])


def test_a_cell_of_megabytes_is_refused_with_its_row(write: Write) -> None:
    path = write("a.csv", "id,text\n1,ok\n2," + "x" * (MAX_CELL + 1) + "\n")
    with pytest.raises(InvalidValue) as caught:
        rows(path)
    assert caught.value.where["row"] == 3
    assert "1,000,000" in caught.value.message


def test_the_longest_cell_that_is_allowed(write: Write) -> None:
    assert len(rows(write("a.csv", "x" * MAX_CELL + ",b\n"))[0][1][0]) == MAX_CELL
