"""Measuring the cases: each leg alone, their fusion, and a baseline beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from matcher.evaluate.comparison import Comparison, compare
from matcher.evaluate.metrics import Estimate, Floats, Qrels, Run, estimate, measure
from training.baseline import BM25
from training.sets.case import Case, Part

FUSION = "fusion"
LEAST_QUERIES = 2
"""Fewer have no interval."""


class Ranker(Protocol):
    """Something that was fitted on a part of a case and ranks its queries."""

    @property
    def legs(self) -> tuple[str, ...]:
        """The parts of the score that can be had alone."""

    def rank(self, weights: Mapping[str, float] | None) -> Run:
        """The ranking with these weights of the legs; None for the ranker's own."""


Fit = Callable[[Part, int], Ranker]
"""(part, depth) → a ranker; training.ranker.fit but for tests."""

Baseline = Callable[[Part, int], Run]


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of one case or slice, for each system: the legs, BM25 and the fusion.

    `against`: the fusion compared with BM25, where that is a baseline.
    """

    case: str
    slice: str
    metric: str
    systems: Mapping[str, Estimate]
    against: Comparison | None = None

    @property
    def name(self) -> str:
        """The case, with its slice if it is one."""
        return f"{self.case}, {self.slice}" if self.slice else self.case

    @property
    def fusion(self) -> Estimate:
        """The figure that is judged."""
        return self.systems[FUSION]


def figures(case: Case, fit: Fit, baseline: Baseline | None) -> Iterator[Figure]:
    """The figures of a case, then those of its slices with at least two queries.

    `baseline` ranks the cases in English; None where there is none.
    """
    runs = rank_all(case, fit)
    if baseline and case.english:
        runs[BM25] = _merged(baseline(part, case.depth) for part in case.parts)
    yield from _figures(case, "", runs, case.qrels)
    for part in case.slices:
        qrels = part.qrels(case.qrels, case.least)
        if len(qrels) >= LEAST_QUERIES:
            cut = {system: part.run(run) for system, run in runs.items()}
            yield from _figures(case, part.name, cut, qrels)


def rank_all(case: Case, fit: Fit) -> dict[str, Run]:
    """The runs of each leg alone and of the fusion, over all parts of the case."""
    found: dict[str, list[Run]] = {}
    for part in case.parts:
        ranker = fit(part, case.depth)
        for system, weights in _systems(ranker.legs).items():
            found.setdefault(system, []).append(ranker.rank(weights))
    return {system: _merged(iter(runs)) for system, runs in found.items()}


def _systems(legs: tuple[str, ...]) -> dict[str, Mapping[str, float] | None]:
    alone = {leg: {other: float(other == leg) for other in legs} for leg in legs}
    return {**alone, FUSION: None}


def _merged(runs: Iterator[Run]) -> Run:
    """The runs of all parts; no query is in two of them."""
    return {query: ranking for run in runs for query, ranking in run.items()}


def _figures(case: Case, part: str, runs: Mapping[str, Run], qrels: Qrels) -> Iterator[Figure]:
    values = {system: measure(run, qrels, case.metrics) for system, run in runs.items()}
    for metric in case.metrics:
        of_metric = {system: found[metric] for system, found in values.items()}
        estimates = {system: estimate(found) for system, found in of_metric.items()}
        yield Figure(case.name, part, metric, estimates, _against(of_metric))


def _against(values: Mapping[str, Floats]) -> Comparison | None:
    return compare(values[FUSION], values[BM25]) if BM25 in values else None
