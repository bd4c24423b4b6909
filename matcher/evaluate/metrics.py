"""Metrics of a ranking per query, and their mean with an interval.

The metrics are those of ir-measures (trec_eval underneath) and the interval is SciPy's bootstrap;
this module only hands them what was ranked and what is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, P, R, Success, nDCG
from ir_measures.measures import Measure

from matcher.errors import InvalidValue, UsageError
from matcher.resources import library

Run = Mapping[str, Sequence[tuple[str, float]]]
"""Query → (document, score) pairs, best first. The order counts, the scores are not read."""

Qrels = Mapping[str, Mapping[str, int]]
"""Query → document → grade; 0 is judged and not relevant."""

Floats = npt.NDArray[np.float64]

CONFIDENCE = 0.95
RESAMPLES = 2000
BATCH = 100

_stats = library("scipy.stats")
"""Resamples drawn at once, which bounds the memory."""

_MEASURES = {"nDCG": nDCG, "R": R, "P": P, "RR": RR, "Success": Success, "hit": Success}
_NAME = re.compile(r"(?P<measure>[A-Za-z]+)(?:\(rel=(?P<rel>\d+)\))?(?:@(?P<cutoff>\d+))?")


@dataclass(frozen=True, slots=True)
class Estimate:
    """The mean of a metric over `queries` queries, with the bounds of its 95 % interval."""

    mean: float
    low: float
    high: float
    queries: int


def measure(run: Run, qrels: Qrels, metrics: Iterable[str]) -> dict[str, Floats]:
    """Each metric for each query of `qrels`, in the order of `qrels`: metric → float64[queries].

    A metric is named as in ir-measures: nDCG@10, R@100, P@20, RR, Success@10 (also hit@10);
    `(rel=2)` after the name counts grades from 2 up as relevant. A query that the run has no
    result for counts as 0; a query that `qrels` doesn't know is not measured. Raises UsageError
    for an unknown metric, InvalidValue for a document that is ranked twice.
    """
    measures = {name: parse_metric(name) for name in metrics}
    asked = {query: _by_place(query, run.get(query, ())) for query in qrels}
    grades = {query: dict(documents) for query, documents in qrels.items()}
    found = {
        (value.measure, value.query_id): float(value.value)
        for value in ir_measures.iter_calc(list(set(measures.values())), grades, asked)
    }
    return {
        name: np.array([found.get((metric, query), 0.0) for query in qrels], dtype=np.float64)
        for name, metric in measures.items()
    }


def parse_metric(name: str) -> Measure:
    """The measure that a name such as nDCG@10 or R(rel=2)@20 stands for. Raises UsageError."""
    match = _NAME.fullmatch(name)
    base = _MEASURES.get(match["measure"]) if match else None
    if match is None or base is None or not (match["cutoff"] or base is RR):
        known = ", ".join(f"{known}@10" if known != "RR" else known for known in _MEASURES)
        raise UsageError(f"{name!r} is not a metric.", hint=f"Known are, for example, {known}.")
    graded = base(rel=int(match["rel"])) if match["rel"] else base
    return graded @ int(match["cutoff"]) if match["cutoff"] else graded


def _by_place(query: str, ranking: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Scores that fall from place to place, so that ties stay in the order they were ranked in."""
    scores = {document: -float(place) for place, (document, _) in enumerate(ranking)}
    if len(scores) < len(ranking):
        raise InvalidValue(f"the run ranks a document twice for the query {query!r}.")
    return scores


def estimate(values: Floats, seed: int = 0) -> Estimate:
    """The mean of float64[queries] with its percentile bootstrap interval.

    Raises UsageError for fewer than two queries: one value says nothing about its spread.
    """
    if len(values) < 2:
        raise UsageError(
            f"an interval needs at least two queries, not {len(values)}.",
            hint="Measure on more queries.",
        )
    result = _stats.bootstrap(
        (values,),
        np.mean,
        n_resamples=RESAMPLES,
        batch=BATCH,
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(seed),
    )
    interval = result.confidence_interval
    return Estimate(float(np.mean(values)), float(interval.low), float(interval.high), len(values))
