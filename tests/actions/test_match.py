"""Two files in, matches out, as a function: what it returns, says and refuses."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matcher.actions.match import Files, Options, Outcome, counted, match_files, match_rows
from matcher.errors import EncoderUnavailable, MissingColumn, UnwritableOutput, UsageError
from matcher.files.match_row import MatchRow
from matcher.files.notices import Code
from matcher.recommend.rules import Rule

Pair = Callable[[str, str], Files]


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    """Two CSV files from their texts."""

    def write(queries: str, candidates: str) -> Files:
        one, other = tmp_path / "queries.csv", tmp_path / "candidates.csv"
        one.write_text(queries, encoding="utf-8")
        other.write_text(candidates, encoding="utf-8")
        return Files(one, other)

    return write


def ranked(files: Files, **options: object) -> tuple[list[MatchRow], Outcome]:
    outcome = Outcome()
    rows = list(match_rows(files, Options(**options), outcome, [].append))  # type: ignore[arg-type]
    return rows, outcome


def test_rows_come_query_by_query_in_the_order_of_the_file(pair: Pair) -> None:
    files = pair("id,title\nb,graphene\na,rice\n", "id,title\nx,rice graphene\ny,graphene\n")
    rows, outcome = ranked(files)
    assert [(row.query_id, row.rank) for row in rows] == [("b", 1), ("b", 2), ("a", 1)]
    assert (outcome.queries, outcome.pairs, outcome.unmatched) == (2, 3, [])


def test_a_query_without_a_match_is_counted_and_named(pair: Pair) -> None:
    rows, outcome = ranked(pair("id,title\nq,გამარჯობა\n", "id,title\nx,rice\n"))
    assert rows == []
    assert (outcome.queries, outcome.pairs, outcome.unmatched) == (1, 0, ["q"])


def test_pairs_of_which_an_id_is_in_neither_file_are_counted(pair: Pair, tmp_path: Path) -> None:
    """Four: each side alone, both, and one of them of weight 0. A 0 between known ids is none."""
    files = pair("id,title\nq,graphene\np,rice\n", "id,title\nx,graphene\ny,rice\n")
    known = tmp_path / "known.csv"
    rows = ("q,x,0", "p,x,0", "p,y,2", "q,gone,1", "gone,y,1", "gone,gone,3", "q,away,0")
    known.write_text("\n".join(["query_id,candidate_id,weight", *rows, ""]), encoding="utf-8")
    found, outcome = ranked(replace(files, interactions=known))
    assert outcome.unused == 4
    # What has no weight isn't known to go together.
    assert ("q", "x") in [(row.query_id, row.candidate_id) for row in found]


def test_what_the_rules_removed_is_counted(pair: Pair) -> None:
    files = pair(
        "id,title,min_trl\nq,graphene,7\n",
        "id,title,trl,valid_until\nx,graphene,3,\ny,graphene,8,2025-01-31\nz,graphene,9,\n",
    )
    rows, outcome = ranked(files, on=date(2026, 1, 1))
    assert [row.candidate_id for row in rows] == ["z"]
    assert outcome.removed == {Rule.TOO_EARLY: 1, Rule.EXPIRED: 1}
    assert len(ranked(files, facts=False, on=None)[0]) == 3


def test_notices_of_both_files_are_handed_on(pair: Pair) -> None:
    _, outcome = ranked(pair("title\ngraphene\n", "title\ngraphene\n"))
    assert [n.count(Code.ROW_NUMBERS_AS_IDS) for n in outcome.notices] == [1, 1]


def test_each_step_is_told_before_it_is_taken(pair: Pair, tmp_path: Path) -> None:
    said: list[str] = []
    out = tmp_path / "out.tsv"
    files = pair("id,title\nq,rice\n", "id,title\nx,rice\ny,graphene\n")
    match_files(files, Options(), out, said.append)
    learning = "Learning from 2 candidates and 1 query"
    assert said == ["Reading the files", learning, "Ranking"]
    assert out.read_text(encoding="utf-8").count("\n") == 2


def test_a_bad_output_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    nowhere = Files(tmp_path / "none.csv", tmp_path / "none.csv")
    with pytest.raises(UnwritableOutput):
        match_files(nowhere, Options(), tmp_path / "none" / "out.tsv", [].append)
    with pytest.raises(UsageError, match="docx"):
        match_files(nowhere, Options(), tmp_path / "out.docx", [].append)


def test_a_bad_encoder_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    nowhere = Files(tmp_path / "none.csv", tmp_path / "none.csv")
    with pytest.raises(EncoderUnavailable):
        ranked(nowhere, encoder=str(tmp_path / "none"))
    with pytest.raises(UsageError, match="nobody"):
        ranked(nowhere, encoder="nobody")


def test_an_error_in_a_file_leaves_no_output(pair: Pair, tmp_path: Path) -> None:
    out = tmp_path / "out.tsv"
    with pytest.raises(MissingColumn) as caught:
        match_files(pair("id,title\nq,rice\n", "a,b\n1,2\n"), Options(), out, [].append)
    assert caught.value.values["found"] == ("a", "b")
    assert not out.exists()


@pytest.mark.parametrize("k", [0, -1])
def test_k_is_at_least_one(k: int) -> None:
    with pytest.raises(UsageError):
        Options(k=k)


@pytest.mark.parametrize("diversity", [-0.1, 1.1, math.nan, math.inf])
def test_diversity_is_a_share(diversity: float) -> None:
    with pytest.raises(UsageError):
        Options(diversity=diversity)


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 queries"), (1, "1 query"), (2, "2 queries"), (1200, "1,200 queries")],
)
def test_counted(count: int, words: str) -> None:
    assert counted(count, "query", "queries") == words


def test_counted_takes_what_is_to_be_counted() -> None:
    assert counted(["a", "b"], "pair") == "2 pairs"
