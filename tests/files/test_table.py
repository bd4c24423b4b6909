"""Tables of every kind: the same rows, the numbers a person sees, and what was repaired."""

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.errors import InvalidValue, MatcherError, UnreadableFile
from matcher.files.cells import MAX_CELL
from matcher.files.decode import Encoding
from matcher.files.notices import Code, Notices
from matcher.files.table import Row, Table, read_table

Write = Callable[..., Path]
Workbook = Callable[..., Path]
KNOWN = {"id", "title", "编号", "成果名称"}


def table(path: Path) -> Table:
    return read_table(path, KNOWN.__contains__)


def rows(path: Path, notices: Notices | None = None) -> list[Row]:
    return list(table(path).rows(notices))


def refusal(path: Path) -> MatcherError:
    with pytest.raises(MatcherError) as caught:
        rows(path)
    assert caught.value.where["file"] == str(path)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "id,title\n\nO1,水泵\n"),
        ("a.csv.gz", "id,title\n\nO1,水泵\n"),
        ("a.tsv", "id\ttitle\n\nO1\t水泵\n"),
        ("a.txt", "id;title\n\nO1;水泵\n"),
        ("a.jsonl", '\n\n{"id": "O1", "title": "水泵"}\n'),
        ("a.jsonl.gz", '\n\n{"id": "O1", "title": "水泵"}\n'),
    ],
)
def test_one_row_of_every_kind(write: Write, name: str, content: str) -> None:
    found = table(write(name, content))
    assert found.columns == ("id", "title")
    assert [(row.number, list(row.cells)) for row in found.rows()] == [(3, ["O1", "水泵"])]


def test_a_workbook_gives_the_same(workbook: Workbook) -> None:
    found = table(workbook({"s": [["id", "title"], [None], ["O1", "水泵"]]}))
    assert (found.columns, found.sheet) == (("id", "title"), "s")
    assert [(row.number, list(row.cells)) for row in found.rows()] == [(3, ["O1", "水泵"])]


def test_rows_can_be_read_again(write: Write) -> None:
    found = table(write("a.csv", "id,title\nO1,x\nO2,y\n"))
    assert list(found.rows()) == list(found.rows())


def test_a_gbk_file_below_a_title_row(write: Write) -> None:
    path = write("a.csv", "2025年成果汇总表,\n编号,成果名称\nO1,石墨烯涂层\n", "gbk")
    notices = Notices("a.csv")
    found = table(path)
    assert found.encoding is Encoding.GB18030
    assert found.header_row == 2
    assert list(found.rows(notices)) == [Row(3, ["O1", "石墨烯涂层"])]
    assert notices.count(Code.LEGACY_ENCODING) == 1


def test_excels_unicode_text(write: Write) -> None:
    path = write("a.txt", "编号\t成果名称\r\nO1\t水泵\r\n", "utf-16")
    assert rows(path) == [Row(2, ["O1", "水泵"])]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "id,title\n", "no record"),
        ("a.csv", "id,title\n\n , \n", "no record"),
        ("a.csv", "\n\n", "no header"),
        ("a.jsonl", "\n \n", "no record"),
        ("a.jsonl", '{"id": ""}\n', "no record"),
    ],
)
def test_nothing_to_read(write: Write, name: str, content: str, message: str) -> None:
    error = refusal(write(name, content))
    assert isinstance(error, UnreadableFile)
    assert message in error.message


def test_a_workbook_with_a_header_alone(workbook: Workbook) -> None:
    assert "no record" in refusal(workbook({"s": [["id", "title"]]})).message


def test_a_row_with_more_cells_than_the_header(write: Write) -> None:
    error = refusal(write("a.csv", "id,title\nO1,x\nO2,pump, large\n"))
    assert isinstance(error, InvalidValue)
    assert error.where["row"] == 3
    assert "3 cells" in error.message


def test_trailing_blank_cells_and_short_rows_are_fine(write: Write) -> None:
    assert rows(write("a.csv", "id,title,\nO1,x,,,\nO2\n")) == [
        Row(2, ["O1", "x"]),
        Row(3, ["O2"]),
    ]


def test_notes_beside_a_sheet_are_ignored_and_counted(workbook: Workbook) -> None:
    path = workbook({"s": [["id", "title"], ["O1", "x", "ask Wang"], ["O2", "y"]]})
    notices = Notices("a")
    assert [list(row.cells) for row in rows(path, notices)] == [["O1", "x"], ["O2", "y"]]
    assert [(n.code, n.row) for n in notices] == [(Code.CELLS_WITHOUT_HEADER, 2)]


def test_control_characters_are_removed_and_counted(write: Write) -> None:
    notices = Notices("a")
    found = rows(write("a.csv", "id,title\nO1,a\x00b\x0b\nO2,c\n"), notices)
    assert [row.cells[1] for row in found] == ["ab", "c"]
    assert [(n.code, n.row, n.column) for n in notices] == [(Code.CHARACTERS_REMOVED, 2, "title")]


def test_they_are_removed_inside_json_too(write: Write) -> None:
    notices = Notices("a")
    found = rows(write("a.jsonl", '{"id": 1, "title": ["a\\u0000b", "\\ud800c"]}\n'), notices)
    assert found[0].cells[1] == ["ab", "c"]
    assert notices.count(Code.CHARACTERS_REMOVED) == 1


def test_lost_characters_are_counted(write: Write) -> None:
    content = b"id,title\n" + "O1,石墨烯防腐涂层".encode() + b"\xff\n"
    notices = Notices("a")
    assert rows(write("a.csv", content), notices)[0].cells[1] == "石墨烯防腐涂层\ufffd"
    assert [(n.code, n.row, n.column) for n in notices] == [(Code.CHARACTERS_LOST, 2, "title")]


def test_a_cell_beyond_the_limit_names_row_and_column(write: Write) -> None:
    path = write("a.jsonl", '{"id": "x"}\n')
    long = Table(
        source=table(path).source,
        columns=("id", "title"),
        header_row=1,
        sheet=None,
        encoding=None,
        _read=lambda: iter([(1, ["id", "title"]), (2, ["a", "x" * (MAX_CELL + 1)])]),
    )
    with pytest.raises(InvalidValue) as caught:
        list(long.rows())
    assert caught.value.where == {"file": str(path), "row": 2, "column": "title"}


def test_cells_may_say_something_else_than_the_file_does(write: Write) -> None:
    found = table(write("a.csv", "编号,成果名称,x\nO1,水泵,1\nO2\n"))
    corrected = found.corrected({2: {"成果名称": "阀门", "y": "2"}, 3: {"x": "3"}, 9: {"x": "4"}})
    assert [list(row.cells) for row in corrected.rows()] == [["O1", "阀门", "1"], ["O2", None, "3"]]
    assert next(found.rows()).cells[1] == "水泵"
    assert found.corrected({}) is found


def test_of_columns_with_one_name_the_first_is_corrected(write: Write) -> None:
    found = table(write("a.csv", "id,title,title\nO1,a,b\n")).corrected({2: {"title": "c"}})
    assert list(next(found.rows()).cells) == ["O1", "c", "b"]


def test_a_row_that_is_corrected_to_nothing_is_blank(write: Write) -> None:
    found = table(write("a.csv", "id,title\nO1,a\nO2,b\n")).corrected({2: {"id": "", "title": ""}})
    assert [row.number for row in found.rows()] == [3]
