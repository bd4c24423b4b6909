"""The table that readers see and the values that programs read."""

import json

import pytest

from matcher.evaluate.comparison import Comparison
from matcher.evaluate.metrics import Estimate
from training.evaluate import Figure
from training.report import Report, as_json, as_markdown, library_versions
from training.targets import Target

SEARCH = Figure(
    case="sbir/technology",
    slice="",
    metric="nDCG@10",
    systems={
        "concepts": Estimate(0.7, 0.65, 0.75, 155),
        "fusion": Estimate(0.745, 0.7, 0.79, 155),
        "BM25": Estimate(0.65, 0.6, 0.7, 155),
    },
    against=Comparison(0.095, 0.06, 0.13, 0.0001, 155),
)
PEOPLE = Figure(
    case="sample/managers",
    slice="cross-language",
    metric="RR",
    systems={
        "concepts": Estimate(0.3, 0.2, 0.4, 24),
        "collaborative": Estimate(0.1, 0.0, 0.2, 24),
        "fusion": Estimate(0.35, 0.25, 0.45, 24),
    },
)


@pytest.fixture
def report() -> Report:
    return Report(
        date="2026-11-22",
        versions={"python": "3.11.2", "numpy": "2.4.6"},
        figures=(SEARCH, PEOPLE),
        targets={
            ("sbir/technology", "nDCG@10"): Target(0.713, 0.74, "BM25"),
            ("sample/managers", "RR"): Target(0.9),
        },
        notes={"sbir/technology": "Lower bounds.", "sample/managers": ""},
        skipped=("csl/titles: skipped, it is not there",),
    )


def test_the_table_has_a_column_for_each_leg_then_bm25_then_the_fusion(report: Report) -> None:
    rows = [line for line in as_markdown(report).splitlines() if line.startswith("|")]
    assert rows == [
        "| set | metric | queries | concepts | collaborative | BM25 | fusion | 95 % "
        "| floor | target | met? |",
        "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
        "| sbir/technology | nDCG@10 | 155 | 0.700 | – | 0.650 | 0.745 | [0.700, 0.790] "
        "| 0.713 | 0.740 | yes |",
        "| sample/managers, cross-language | RR | 24 | 0.300 | 0.100 | – | 0.350 "
        "| [0.250, 0.450] | – | – | – |",
    ]


def test_date_versions_comparison_notes_and_gaps_are_told(report: Report) -> None:
    text = as_markdown(report)
    assert "Measured on 2026-11-22 with python 3.11.2, numpy 2.4.6." in text
    assert "- sbir/technology, nDCG@10: better by 0.095 [0.060, 0.130], p < 0.001" in text
    assert "- sbir/technology: Lower bounds." in text
    assert "sample/managers:" not in text
    assert "- csl/titles: skipped, it is not there" in text


def test_a_floor_that_is_a_baseline_is_named() -> None:
    targets = {("sbir/technology", "nDCG@10"): Target(as_good_as="BM25")}
    text = as_markdown(Report("2026-11-22", {}, (SEARCH,), targets, {}))
    assert "| BM25 | – | yes |" in text


def test_without_comparisons_and_notes_there_are_no_lists(report: Report) -> None:
    text = as_markdown(Report("2026-11-22", {}, (PEOPLE,), {}, {}))
    assert "Notes" not in text
    assert "paired" not in text


def test_json_holds_every_system_with_its_interval(report: Report) -> None:
    search, people = json.loads(json.dumps(as_json(report)))["figures"]
    assert search["systems"]["BM25"] == {"mean": 0.65, "low": 0.6, "high": 0.7, "queries": 155}
    assert (search["floor"], search["target"], search["met"]) == (0.713, 0.74, "met")
    assert search["against_bm25"]["difference"] == 0.095
    assert (search["slice"], people["slice"]) == (None, "cross-language")
    assert people["met"] == "open"


def test_versions_name_what_the_figures_depend_on() -> None:
    found = library_versions()
    assert {"python", "numpy", "scipy", "ir-measures"} <= set(found)
    assert all(found.values())
