"""Figures of cases, with a ranker that is known to be right or wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from matcher.evaluate.comparison import Verdict
from matcher.evaluate.metrics import Run
from training.evaluate import FUSION, Figure, figures, rank_all
from training.sets.case import Case, Part, Slice, as_record

QUERIES = [f"q{number}" for number in range(8)]
CANDIDATES = ["right", "wrong", "other"]
QRELS = {query: {"right": 1} for query in QUERIES}


@dataclass
class Knowing:
    """Ranks the right candidate first in the fusion and by its leg `good`, last by `bad`."""

    part: Part
    depth: int
    legs: tuple[str, ...] = ("good", "bad")
    asked: list[Mapping[str, float] | None] = field(default_factory=list)

    def rank(self, weights: Mapping[str, float] | None) -> Run:
        self.asked.append(weights)
        order = CANDIDATES if weights is None or weights["good"] else CANDIDATES[::-1]
        ranking = [(candidate, 1.0) for candidate in order][: self.depth]
        return {query["id"]: ranking for query in self.part.queries}


def worst(part: Part, depth: int) -> Run:
    return Knowing(part, depth).rank({"good": 0.0})


def part(queries: list[str]) -> Part:
    return Part([as_record(id) for id in queries], [as_record(id) for id in CANDIDATES])


def case(**values: object) -> Case:
    return Case(**{"name": "set/what", "parts": [part(QUERIES)], "qrels": QRELS, **RR, **values})


RR = {"metrics": ("RR", "hit@1")}


def means(figure: Figure) -> dict[str, float]:
    return {system: found.mean for system, found in figure.systems.items()}


def test_each_leg_alone_and_the_fusion_are_measured() -> None:
    reciprocal, hit = figures(case(), Knowing, None)
    assert means(reciprocal) == pytest.approx({"good": 1, "bad": 1 / 3, FUSION: 1})
    assert means(hit) == pytest.approx({"good": 1, "bad": 0, FUSION: 1})
    assert (reciprocal.metric, reciprocal.name) == ("RR", "set/what")
    assert reciprocal.fusion.queries == 8
    assert reciprocal.against is None


def test_a_leg_alone_has_all_the_weight() -> None:
    fitted: list[Knowing] = []

    def fit(part: Part, depth: int) -> Knowing:
        fitted.append(Knowing(part, depth))
        return fitted[-1]

    rank_all(case(depth=2), fit)
    (ranker,) = fitted
    assert ranker.depth == 2
    assert ranker.asked == [{"good": 1.0, "bad": 0.0}, {"good": 0.0, "bad": 1.0}, None]


def test_the_parts_of_a_case_are_measured_together() -> None:
    parts = [part(QUERIES[:3]), part(QUERIES[3:])]
    runs = rank_all(case(parts=parts), Knowing)
    assert set(runs) == {"good", "bad", FUSION}
    assert sorted(runs[FUSION]) == QUERIES


def test_bm25_stands_beside_english_alone() -> None:
    (beside, _) = figures(case(english=True), Knowing, worst)
    assert means(beside)["BM25"] == pytest.approx(1 / 3)
    assert beside.against is not None
    assert beside.against.difference == pytest.approx(2 / 3)
    assert beside.against.verdict is Verdict.BETTER
    (without, _) = figures(case(), Knowing, worst)
    assert "BM25" not in without.systems


def test_slices_follow_the_case_and_small_ones_are_left_out() -> None:
    slices = (
        Slice("no wrong", lambda query, candidate: candidate != "other"),
        Slice("one query", lambda query, candidate: query == "q0"),
    )
    found = [f for f in figures(case(slices=slices), Knowing, None) if f.metric == "RR"]
    assert [figure.name for figure in found] == ["set/what", "set/what, no wrong"]
    assert means(found[1])["bad"] == pytest.approx(1 / 2)
