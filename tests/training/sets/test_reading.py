"""Files of a set are read, and a broken one is named with its row."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.errors import InvalidValue, MissingColumn, UnreadableFile
from training.sets.case import as_record
from training.sets.reading import read_objects, read_qrels, read_table, read_texts


def test_texts_are_read_without_what_else_a_record_says(objects: Callable[..., Path]) -> None:
    path = objects(
        "corpus.jsonl.gz",
        {"id": 7, "title": "石墨烯", "text": "导热膜", "keywords": ["石墨烯"], "lang": "zh"},
        {"id": "b", "text": "film"},
    )
    assert read_texts(path, "en") == [
        as_record("7", "导热膜", lang="zh"),
        as_record("b", "film", lang="en"),
    ]


def test_qrels_are_read_by_query(qrels: Callable[..., Path]) -> None:
    path = qrels("qrels.tsv", "q a 3", "r a", "q b 0")
    assert read_qrels(path) == {"q": {"a": 3, "b": 0}, "r": {"a": 1}}


def test_blank_lines_count_as_rows(lines: Callable[..., Path]) -> None:
    path = lines("t.tsv", ["a\tb", "", "1\t2"])
    assert list(read_table(path, ("a", "b"))) == [(3, ("1", "2"))]


def test_broken_rows_are_named(lines: Callable[..., Path]) -> None:
    with pytest.raises(InvalidValue, match="row 2: is not JSON") as raised:
        list(read_objects(lines("a.jsonl", ["{}", "{"])))
    assert raised.value.where["row"] == 2
    with pytest.raises(InvalidValue, match="row 1: is not a JSON object"):
        list(read_objects(lines("a.jsonl", ["[]"])))
    with pytest.raises(InvalidValue, match="row 2: has 2 cells instead of 3"):
        read_qrels(lines("q.tsv", ["query_id\tdoc_id\tgrade", "q\ta"]))
    with pytest.raises(InvalidValue, match="'-1' is not a grade"):
        read_qrels(lines("q.tsv", ["query_id\tdoc_id\tgrade", "q\ta\t-1"]))


@pytest.mark.parametrize("header", [[], ["query\tdoc\tgrade"]])
def test_another_header_is_refused(lines: Callable[..., Path], header: list[str]) -> None:
    with pytest.raises(MissingColumn, match="query_id, doc_id, grade"):
        read_qrels(lines("q.tsv", header))


def test_missing_truncated_and_foreign_files_are_refused(tmp_path: Path) -> None:
    whole = gzip.compress(b'{"id": "a"}\n' * 1000)
    contents = {
        "cut.jsonl.gz": whole[:-10],
        "plain.jsonl.gz": b"{}",
        "gbk.jsonl": "石墨烯导热膜".encode("gbk"),
        "flipped.jsonl.gz": whole[:12] + bytes(20) + whole[32:],
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    for name in (*contents, "absent.jsonl.gz"):
        with pytest.raises(UnreadableFile, match=name):
            list(read_objects(tmp_path / name))
