"""Matches in every format: contents, repeatable bytes, nothing half-written."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from matcher.errors import UnwritableOutput, UsageError
from matcher.files.match_row import MatchRow
from matcher.files.output import check_output, write_matches

SUFFIXES = (".jsonl", ".tsv", ".xlsx", ".trec")
ROWS = [
    MatchRow(
        query_id="q 1",
        candidate_id="=c\t1",
        rank=1,
        score=0.75,
        parts={"concepts": 0.5, "content": 0.25},
        reasons=[{"code": "concept", "terms": ["石墨烯", "graphene"]}],
        reason_texts=("石墨烯 ↔ graphene", "same province"),
        query_title="涂层\n需求",
        candidate_title='=HYPERLINK("x")',
        band="strong",
    ),
    MatchRow("q 1", "-12", 2, -0.5, {"concepts": -0.5}, []),
]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_rows_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    assert [write_matches(path, ROWS) for path in paths] == [2, 2]
    os.utime(paths[0], (0, 0))
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    write_matches(path, ROWS)
    lines = path.read_text("utf-8").splitlines()
    assert json.loads(lines[0]) == {
        "query_id": "q 1",
        "candidate_id": "=c\t1",
        "rank": 1,
        "score": 0.75,
        "parts": {"concepts": 0.5, "content": 0.25},
        "reasons": [{"code": "concept", "terms": ["石墨烯", "graphene"]}],
    }
    assert list(json.loads(lines[1])) == [
        *("query_id", "candidate_id", "rank"),
        *("score", "parts", "reasons"),
    ]
    assert "石墨烯" in lines[0]


def test_json_lines_say_a_likelihood_where_there_is_one(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    likely = MatchRow("q", "c", 1, 0.5, {}, [], likelihood=np.float64(0.25))
    write_matches(path, [likely, MatchRow("q", "d", 2, 0.4, {}, [])])
    one, other = map(json.loads, path.read_text("utf-8").splitlines())
    assert one["likelihood"] == 0.25
    assert "likelihood" not in other


def test_tsv_has_one_line_a_pair_and_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "m.tsv"
    write_matches(path, ROWS)
    assert path.read_text("utf-8").split("\n") == [
        "query_id\tcandidate_id\trank\tscore\tband\tquery_title\tcandidate_title\treasons",
        'q 1\t\'=c 1\t1\t0.75\tstrong\t涂层 需求\t"\'=HYPERLINK(""x"")"\t'
        "石墨烯 ↔ graphene; same province",
        "q 1\t-12\t2\t-0.5\t\t\t\t",
        "",
    ]


def test_trec_has_six_columns_whatever_the_ids(tmp_path: Path) -> None:
    path = tmp_path / "m.trec"
    write_matches(path, ROWS)
    assert path.read_text("utf-8") == "q_1 Q0 =c_1 1 0.75 matcher\nq_1 Q0 -12 2 -0.5 matcher\n"


def test_numpy_scores_are_written_as_numbers(tmp_path: Path) -> None:
    row = MatchRow("q", "c", 1, np.float64(0.5), {"a": np.float64(0.5)}, [])
    write_matches(tmp_path / "m.jsonl", [row])
    write_matches(tmp_path / "m.trec", [row])
    assert json.loads((tmp_path / "m.jsonl").read_text())["parts"] == {"a": 0.5}
    assert (tmp_path / "m.trec").read_text() == "q Q0 c 1 0.5 matcher\n"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_broken_characters_do_not_stop_the_writing(tmp_path: Path, suffix: str) -> None:
    row = MatchRow("q\ud800", "c\x00", 1, 0.5, {}, [{"t": "\udfff"}], ("r\x07",), "t\uffff")
    assert write_matches(tmp_path / f"m{suffix}", [row]) == 1


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_rows_give_a_valid_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"m{suffix.upper()}"
    assert write_matches(path, []) == 0
    assert path.is_file()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_interrupt_leaves_the_old_file_and_no_other(tmp_path: Path, suffix: str) -> None:
    def interrupted() -> Iterator[MatchRow]:
        yield ROWS[0]
        raise KeyboardInterrupt

    path = tmp_path / f"m{suffix}"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        write_matches(path, interrupted())
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("name", ["m.csv", "m", "m.xls", "-"])
def test_other_formats_are_a_usage_error_before_the_work(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_output(tmp_path / name)
    assert ".jsonl" in str(caught.value.hint)


def test_a_place_that_can_not_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    check_output(tmp_path / "m.tsv")
    with pytest.raises(UnwritableOutput):
        check_output(tmp_path / "none" / "m.tsv")
