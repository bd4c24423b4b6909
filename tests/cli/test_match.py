"""`matcher match` on small files: what it prints, what it writes, what it says meanwhile."""

from __future__ import annotations

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

Run = Callable[..., Any]
CHECKOUT = Path(__file__).resolve().parents[2]
FORMATS = ("jsonl", "tsv", "xlsx", "trec")
MATCHER = [sys.executable, "-m", "matcher", "match"]


@pytest.fixture
def pairs(needs: Path, outcomes: Path, matcher: Run, tmp_path: Path) -> Callable[..., list[Any]]:
    """Run it and read the pairs."""

    def call(*options: object, queries: Path = needs, candidates: Path = outcomes) -> list[Any]:
        out = tmp_path / "matches.jsonl"
        ran = matcher("match", queries, candidates, *options, "-o", out)
        assert ran.code == 0, ran.err
        lines = out.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    return call


def best(pairs: list[Any]) -> dict[str, str]:
    return {pair["query_id"]: pair["candidate_id"] for pair in pairs if pair["rank"] == 1}


def test_it_finds_across_languages(pairs: Callable[..., list[Any]]) -> None:
    assert best(pairs()) == {"n1": "o1", "n2": "o2"}


def test_k_is_the_most_a_query_gets(pairs: Callable[..., list[Any]]) -> None:
    assert [pair["rank"] for pair in pairs("-k", 1)] == [1, 1]


def test_a_pair_has_the_fields_that_scripts_read(pairs: Callable[..., list[Any]]) -> None:
    pair = pairs()[0]
    wanted = {"query_id", "candidate_id", "rank", "score", "parts", "reasons"}
    assert wanted <= pair.keys()
    assert sum(pair["parts"].values()) == pytest.approx(pair["score"])
    assert pair["reasons"][0]["code"] == "terms"


def test_no_explain_leaves_the_reasons_out(pairs: Callable[..., list[Any]]) -> None:
    assert {len(pair["reasons"]) for pair in pairs("--no-explain")} == {0}


def test_only(pairs: Callable[..., list[Any]], tmp_path: Path) -> None:
    listed = tmp_path / "ids.txt"
    listed.write_text("o3\n")
    assert {pair["candidate_id"] for pair in pairs("--only", listed)} == {"o3"}


def test_exclude_candidates_and_pairs(pairs: Callable[..., list[Any]], tmp_path: Path) -> None:
    listed = tmp_path / "ids.txt"
    listed.write_text("o3\nn1\to1\n")
    found = {(pair["query_id"], pair["candidate_id"]) for pair in pairs("--exclude", listed)}
    assert ("n1", "o1") not in found
    assert ("n2", "o2") in found
    assert "o3" not in {candidate for _, candidate in found}


def test_known_pairs(pairs: Callable[..., list[Any]], tmp_path: Path) -> None:
    known = tmp_path / "known.tsv"
    known.write_text("query_id\tcandidate_id\nn1\to1\nn2\to3\nelsewhere\to1\n")
    assert ("n1", "o1") not in best(pairs("--interactions", known)).items()
    kept = pairs("--interactions", known, "--keep-known")
    assert ("n1", "o1") in {(pair["query_id"], pair["candidate_id"]) for pair in kept}


def test_people_by_their_portfolio(pairs: Callable[..., list[Any]], tmp_path: Path) -> None:
    managers = tmp_path / "managers.jsonl"
    managers.write_text(
        '{"id": "m1", "name": "Li", "portfolio": ["d1", "d2"]}\n'
        '{"id": "m2", "name": "Wang", "portfolio": ["d3"]}\n'
    )
    deals = tmp_path / "deals.csv"
    deals.write_text("id,title\nd1,wheat mill\nd2,graphene coating licence\nd3,rice varieties\n")
    found = pairs("--portfolio", deals, candidates=managers)
    assert best(found) == {"n1": "m1", "n2": "m2"}


def test_a_mapping_goes_before_the_guess(pairs: Callable[..., list[Any]], tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("key,what,keywords\nx1,graphene coating,rice\nx2,rice varieties,graphene\n")
    mapping = tmp_path / "odd.toml"
    mapping.write_text('[every]\nid = ["key"]\ntitle = ["what"]\ncountry = ["keywords"]\n')
    assert best(pairs("--mapping", mapping, candidates=odd)) == {"n1": "x1", "n2": "x2"}


def test_gz(pairs: Callable[..., list[Any]], outcomes: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(outcomes.read_bytes()))
    assert pairs(candidates=packed) == pairs()


def test_one_row_on_each_side(pairs: Callable[..., list[Any]], tmp_path: Path) -> None:
    need, outcome = tmp_path / "need.csv", tmp_path / "outcome.csv"
    need.write_text("id,title\nq,石墨烯涂层\n", encoding="utf-8")
    outcome.write_text("id,title\nc,graphene coating\n")
    assert best(pairs(queries=need, candidates=outcome)) == {"q": "c"}


def test_expired_candidates_on_a_day(matcher: Run, needs: Path, tmp_path: Path) -> None:
    dated = tmp_path / "dated.csv"
    dated.write_text(
        "id,title,valid_until\nold,graphene coating,2025-06-30\nnew,graphene film,2027-06-30\n"
    )
    ran = matcher("match", needs, dated, "--on", "2026-01-01")
    assert ran.code == 0
    assert "new  graphene film" in ran.out
    assert "old  graphene coating" not in ran.out
    assert "2 pairs left out: expired by the day of --on." in ran.err
    assert "old  graphene coating" in matcher("match", needs, dated).out


def test_control_characters_are_removed_and_said(matcher: Run, needs: Path, tmp_path: Path) -> None:
    dirty = tmp_path / "dirty.csv"
    dirty.write_text("id,title\n1,gra\x07phene coating\n")
    ran = matcher("match", needs, dirty)
    assert ran.code == 0
    assert "1  graphene coating" in ran.out
    assert "row 2, column title: control characters were removed." in ran.err


def test_garbled_titles_are_shown_repaired(matcher: Run, needs: Path, tmp_path: Path) -> None:
    garbled = tmp_path / "garbled.csv"
    title = "石墨烯耐磨涂层的制备方法"
    garbled.write_text(f"id,title\n1,{title.encode().decode('latin-1')}\n", encoding="utf-8")
    assert title in matcher("match", needs, garbled).out


def test_row_numbers_stand_in_for_missing_ids(matcher: Run, needs: Path, tmp_path: Path) -> None:
    without = tmp_path / "without.csv"
    without.write_text("title\ngraphene coating\nrice\n")
    ran = matcher("match", needs, without)
    assert ran.code == 0
    assert "2  graphene coating" in ran.out
    assert f"Note: {without}: has no id column; row numbers are used as ids." in ran.err


def test_a_query_without_a_known_word(matcher: Run, outcomes: Path, tmp_path: Path) -> None:
    query = tmp_path / "query.csv"
    query.write_text("id,title\nge,გამარჯობა მსოფლიო\nzh,石墨烯\n", encoding="utf-8")
    ran = matcher("match", query, outcomes)
    assert ran.code == 0
    assert "1 query without a match: ge." in ran.err


def test_reasons_in_chinese(matcher: Run, needs: Path, outcomes: Path, tmp_path: Path) -> None:
    assert "共同术语" in matcher("match", needs, outcomes, "--lang", "zh").out
    out = tmp_path / "matches.xlsx"
    assert matcher("match", needs, outcomes, "--lang", "zh", "-o", out).code == 0
    rows = sheet(out)
    assert "推荐理由" in rows[0]
    assert {"强", "可能", "弱"} & set(rows[1])


def test_results_and_messages_are_apart(matcher: Run, needs: Path, outcomes: Path) -> None:
    ran = matcher("match", needs, outcomes)
    assert ran.out.startswith("n1  石墨烯耐磨涂层\n")
    assert "\x1b" not in ran.out
    said = ran.err.splitlines()
    learning = "Learning from 3 candidates and 2 queries"
    assert said[:3] == ["Reading the files", learning, "Ranking"]
    assert said[-1].endswith(" s.")


def test_quiet(matcher: Run, needs: Path, outcomes: Path) -> None:
    assert matcher("match", needs, outcomes, "-q").err == ""


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_input_gives_the_same_bytes(
    suffix: str, matcher: Run, needs: Path, outcomes: Path, tmp_path: Path
) -> None:
    written = []
    for run in "ab":
        out = tmp_path / f"{run}.{suffix}"
        assert matcher("match", needs, outcomes, "-o", out).code == 0
        written.append(out.read_bytes())
    assert written[0] == written[1]
    assert written[0]


def test_a_formula_stays_a_text(matcher: Run, needs: Path, outcomes: Path, tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://x","free")'
    book, table = tmp_path / "matches.xlsx", tmp_path / "matches.tsv"
    for out in (book, table):
        assert matcher("match", needs, outcomes, "-o", out).code == 0
    assert formula in {cell for row in sheet(book) for cell in row}
    with table.open(encoding="utf-8", newline="") as file:
        cells = {cell for row in csv.reader(file, delimiter="\t") for cell in row}
    assert f"'{formula}" in cells
    assert not any(cell.startswith("=") for cell in cells)


def sheet(path: Path) -> list[list[Any]]:
    """The cells as texts and numbers; a formula that Excel would run has no text here."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


# Under a shell's background job SIGINT is ignored, and a child would inherit that.
INTERRUPTIBLE = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from matcher.cli.main import main
main(sys.argv[1:])
"""


def spawn(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", INTERRUPTIBLE, "match", *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=CHECKOUT, stdout=pipe, stderr=pipe, text=True)


@pytest.mark.slow
def test_a_process_of_its_own(needs: Path, outcomes: Path) -> None:
    with spawn(needs, outcomes) as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert "Graphene coating" in out


@pytest.mark.slow
def test_an_interrupt(needs: Path, outcomes: Path, tmp_path: Path) -> None:
    """It comes when the first line is said, long before the end of the run."""
    out = tmp_path / "out" / "matches.tsv"
    out.parent.mkdir()
    with spawn(needs, outcomes, "-o", out) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "Reading the files\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert err.splitlines()[-1] == "Interrupted; no file was written."
    assert "Traceback" not in err
    assert list(out.parent.iterdir()) == []


@pytest.mark.slow
def test_a_reader_that_leaves(needs: Path, outcomes: Path) -> None:
    """As `| head -1` does: the reading end is closed before anything is printed."""
    with spawn(needs, outcomes) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
        process.wait(timeout=120)
    assert process.returncode == 1
    assert "Traceback" not in err
    assert "BrokenPipe" not in err


def test_a_console_without_chinese_shows_question_marks(needs: Path, outcomes: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(CHECKOUT)}
    ran = subprocess.run(
        [*MATCHER, str(needs), str(outcomes), "-k", "1"],
        capture_output=True,
        env=environment,
        check=True,
    )
    assert ran.stdout.startswith(b"n1  ???")


def test_a_file_s_name_is_printed_as_it_is(
    needs: Path, outcomes: Path, matcher: Run, tmp_path: Path
) -> None:
    assert ":cat:.jsonl" in matcher("match", needs, outcomes, "-o", tmp_path / ":cat:.jsonl").err


def test_known_pairs_of_strangers_are_counted(
    needs: Path, outcomes: Path, matcher: Run, tmp_path: Path
) -> None:
    known = tmp_path / "known.tsv"
    known.write_text("query_id\tcandidate_id\nn1\to3\nn1\to9\nn9\to1\n", encoding="utf-8")
    ran = matcher("match", needs, outcomes, "--interactions", known, "-o", tmp_path / "o.jsonl")
    assert "2 known pairs not used: an id is in neither file." in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_a_full_standard_output_is_said(needs: Path, outcomes: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [*MATCHER, str(needs), str(outcomes)],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
            check=False,
        )
    assert ran.returncode != 0
    assert b"Error: standard output can't be written: No space left" in ran.stderr
    assert b"Traceback" not in ran.stderr
