"""BM25: the formula by hand, and what is left out of a ranking."""

import math

import pytest

from matcher.errors import MissingData
from training import baseline
from training.sets.case import Part, as_record

needs_bench = pytest.mark.skipif(not baseline.is_installed(), reason="needs the extra `bench`")

PART = Part(
    queries=[as_record("q", "graphene"), as_record("none", "zebra"), as_record("stem", "pumping")],
    candidates=[
        as_record("short", "graphene film"),
        as_record("long", "graphene film heats steel plate"),
        as_record("firm", portfolio=["old valve", "new pumps"]),
        as_record("title", title="copper", keywords=("wire",)),
    ],
)


@needs_bench
def test_scores_follow_the_formula() -> None:
    """df 2 of 4 documents; lengths 2, 5, 4 and 2 words."""
    found = baseline.rank(PART, 10)["q"]
    idf = math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))
    expected = [idf / (1 + 1.2 * (0.25 + 0.75 * length / (13 / 4))) for length in (2, 5)]
    assert [document for document, _ in found] == ["short", "long"]
    assert [score for _, score in found] == pytest.approx(expected, rel=1e-5)


@needs_bench
def test_only_candidates_with_a_word_of_the_query_are_ranked() -> None:
    run = baseline.rank(PART, 10)
    assert run["none"] == []
    assert [document for document, _ in run["stem"]] == ["firm"]


@needs_bench
def test_depth_and_what_may_be_ranked_are_kept_to() -> None:
    assert len(baseline.rank(PART, 1)["q"]) == 1
    only = Part(PART.queries, PART.candidates, only=frozenset(["long", "firm"]))
    assert [document for document, _ in baseline.rank(only, 10)["q"]] == ["long"]


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baseline, "_BM25S", None)
    assert not baseline.is_installed()
    with pytest.raises(MissingData, match="bench"):
        baseline.rank(PART, 10)
