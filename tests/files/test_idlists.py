"""Lists of ids to take only or to leave out."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.errors import InvalidValue, UnreadableFile
from matcher.files.idlists import Exclusions, read_exclusions, read_ids

Write = Callable[..., Path]


@pytest.mark.parametrize(
    "text", ["c1\n c2 \n\n", "id\nc1\nc2", "\ufeffcandidate_id\r\nc1\r\nc2\r\nc1\r\n", "c1\nc2\x00"]
)
def test_ids_one_a_line(write: Write, text: str) -> None:
    assert read_ids(write("only", text)) == {"c1", "c2"}


def test_ids_in_other_encodings_and_compressed(write: Write) -> None:
    assert read_ids(write("a.txt", "成果一\n成果二\n", "gbk")) == {"成果一", "成果二"}
    assert read_ids(write("b.txt", "成果一\n", "utf-16")) == {"成果一"}
    assert read_ids(write("c.gz", "c1\n")) == {"c1"}


def test_a_header_counts_only_in_the_first_line(write: Write) -> None:
    assert read_ids(write("a.txt", "c1\nid\n")) == {"c1", "id"}


def test_a_pair_is_no_id(write: Write) -> None:
    with pytest.raises(InvalidValue) as caught:
        read_ids(write("a.txt", "c1\nq1\tc2\n"))
    assert caught.value.where["row"] == 2


@pytest.mark.parametrize("text", ["\n\n", "id\n"])
def test_a_list_without_ids(write: Write, text: str) -> None:
    with pytest.raises(UnreadableFile):
        read_ids(write("a.txt", text))


def test_exclusions_hold_candidates_and_pairs(write: Write) -> None:
    path = write("a.tsv", "query_id\tcandidate_id\nq1\tc1\nc 2\n\nq1\tc1\n")
    assert read_exclusions(path) == Exclusions(frozenset({"c 2"}), frozenset({("q1", "c1")}))


@pytest.mark.parametrize("line", ["q\tc\tx", "q\t", "\tc"])
def test_odd_lines(write: Write, line: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        read_exclusions(write("a.tsv", f"c1\n{line}\n"))
    assert caught.value.where["row"] == 2


def test_nothing_to_exclude_is_fine(write: Write) -> None:
    assert read_exclusions(write("a.tsv", "\n")) == Exclusions(frozenset(), frozenset())


def test_missing_and_truncated(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read_ids(tmp_path / "none.txt")
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(b"c1\n" * 100)[:-5])
    with pytest.raises(UnreadableFile):
        read_exclusions(path)
