"""Interactions: ids numbered as they come, weights checked."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from matcher.errors import InvalidValue, MatcherError, MissingColumn, UnreadableFile
from matcher.files.interactions import Interactions, read_interactions

Write = Callable[..., Path]
HEADER = "query_id\tcandidate_id\tweight\n"


def read(write: Write, text: str, name: str = "i.tsv") -> Interactions:
    return read_interactions(write(name, text))


def refusal(write: Write, text: str) -> MatcherError:
    with pytest.raises(MatcherError) as caught:
        read(write, text)
    assert caught.value.hint
    return caught.value


def test_ids_become_numbers_and_weights_are_kept(write: Write) -> None:
    found = read(write, HEADER + "q1\tc1\t0.5\nq2\tc1\t\n\nq1\tc2\t3\n")
    assert found.query_ids == ("q1", "q2")
    assert found.candidate_ids == ("c1", "c2")
    assert found.queries.tolist() == [0, 1, 0]
    assert found.candidates.tolist() == [0, 0, 1]
    assert found.weights.tolist() == [0.5, 1.0, 3.0]
    assert found.queries.dtype == found.candidates.dtype == np.dtype(np.int32)
    assert found.weights.dtype == np.dtype(np.float32)
    assert len(found) == 3
    assert found.weights.flags.writeable


@pytest.mark.parametrize("name", ["i.csv", "i.csv.gz", "i.txt"])
def test_without_weights_in_other_order_and_with_more_columns(write: Write, name: str) -> None:
    found = read(write, "date,Candidate ID,query_id\n2025,c1,7\n", name)
    assert (found.query_ids, found.candidate_ids) == (("7",), ("c1",))
    assert found.weights.tolist() == [1.0]


def test_json_lines(write: Write) -> None:
    line = '{"query_id": 1, "candidate_id": "c", "weight": 2}\n{"query_id": 2, "candidate_id": "c"}'
    found = read(write, line, "i.jsonl")
    assert (found.query_ids, found.weights.tolist()) == (("1", "2"), [2.0, 1.0])


@pytest.mark.parametrize("weight", ["-1", "nan", "inf", "1e39", "much", "-0.0001", "9" * 400])
def test_a_weight_that_is_no_number_from_0_up(write: Write, weight: str) -> None:
    error = refusal(write, f"{HEADER}q\tc\t0\nq\tc\t{weight}\n")
    assert isinstance(error, InvalidValue)
    assert (error.where["row"], error.where["column"]) == (3, "weight")


@pytest.mark.parametrize(("row", "column"), [("\tc\t1", "query_id"), ("q", "candidate_id")])
def test_a_blank_id(write: Write, row: str, column: str) -> None:
    error = refusal(write, f"{HEADER}{row}\n")
    assert (error.where["row"], error.where["column"]) == (2, column)


@pytest.mark.parametrize("header", ["need\toutcome", "query_id\tweight", "candidate_id\tx"])
def test_missing_columns(write: Write, header: str) -> None:
    error = refusal(write, f"{header}\na\t1\n")
    assert isinstance(error, MissingColumn)
    assert error.values["found"] == tuple(header.split("\t"))


def test_no_rows(write: Write) -> None:
    assert isinstance(refusal(write, HEADER), UnreadableFile)
