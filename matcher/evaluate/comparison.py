"""Is one ranking better than another? The difference over the same queries, paired.

The interval is SciPy's paired bootstrap and p its permutation test with the signs of the
differences exchanged (a randomisation test: Smucker, Allan & Carterette, "A Comparison of
Statistical Significance Tests for Information Retrieval Evaluation", 2007).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matcher.errors import UsageError
from matcher.evaluate.metrics import BATCH, CONFIDENCE, RESAMPLES, Floats
from matcher.resources import library

PERMUTATIONS = 9999
SIGNIFICANCE = 0.05

_stats = library("scipy.stats")


class Verdict(StrEnum):
    """What a comparison allows to be said."""

    BETTER = "better"
    WORSE = "worse"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ours minus theirs: the mean difference, its 95 % interval, and p of no difference."""

    difference: float
    low: float
    high: float
    p: float
    queries: int

    @property
    def verdict(self) -> Verdict:
        """Better or worse only where p is below .05."""
        if self.p >= SIGNIFICANCE:
            return Verdict.UNDECIDED
        return Verdict.BETTER if self.difference > 0 else Verdict.WORSE


def compare(ours: Floats, theirs: Floats, seed: int = 0) -> Comparison:
    """Compare float64[queries] with float64[queries]: the same queries in the same order.

    Raises UsageError for arrays of different lengths or fewer than two queries.
    """
    if ours.shape != theirs.shape or len(ours) < 2:
        raise UsageError(
            f"can't compare {len(ours)} queries with {len(theirs)}.",
            hint="Measure both runs on the same two queries or more.",
        )
    low, high = _interval(ours, theirs, seed)
    p = _p_value(ours, theirs, seed)
    return Comparison(float(_difference(ours, theirs)), low, high, p, len(ours))


def in_words(comparison: Comparison) -> str:
    """For instance: better by 0.012 [0.004, 0.020], p = 0.003, 155 queries."""
    difference, low, high = comparison.difference, comparison.low, comparison.high
    match comparison.verdict:
        case Verdict.BETTER:
            what = f"better by {difference:.3f} [{low:.3f}, {high:.3f}]"
        case Verdict.WORSE:
            what = f"worse by {-difference:.3f} [{-high:.3f}, {-low:.3f}]"
        case Verdict.UNDECIDED:
            what = f"no difference shown: {difference:+.3f} [{low:+.3f}, {high:+.3f}]"
    return f"{what}, {_p_in_words(comparison.p)}, {comparison.queries} queries"


def _p_in_words(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def _difference(ours: Floats, theirs: Floats, axis: int = -1) -> Floats:
    """The statistic that SciPy resamples, over the last axis of [..., queries]."""
    return np.asarray(np.mean(ours - theirs, axis=axis), dtype=np.float64)


def _interval(ours: Floats, theirs: Floats, seed: int) -> tuple[float, float]:
    result = _stats.bootstrap(
        (ours, theirs),
        _difference,
        paired=True,
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=BATCH,
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(seed),
    )
    return float(result.confidence_interval.low), float(result.confidence_interval.high)


def _p_value(ours: Floats, theirs: Floats, seed: int) -> float:
    """Two-sided; exact where the queries allow fewer than `PERMUTATIONS` exchanges of sign."""
    result = _stats.permutation_test(
        (ours, theirs),
        _difference,
        permutation_type="samples",
        vectorized=True,
        n_resamples=PERMUTATIONS,
        batch=BATCH,
        alternative="two-sided",
        rng=np.random.default_rng(seed),
    )
    return float(result.pvalue)
