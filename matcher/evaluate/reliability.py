"""Does what is called 30 % likely come true in 30 of 100 cases? A table, and two numbers.

The bins hold equally many and are those of scikit-learn's calibration curve. The expected
calibration error is that of Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated
Probabilities Using Bayesian Binning" (2015); it is biased upwards while a bin holds few.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss

from matcher.errors import InvalidValue, UsageError
from matcher.evaluate.metrics import Floats

BINS = 10

Labels = npt.NDArray[np.bool_] | npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bin:
    """Likelihoods above `low` (in the first bin from it) up to `high`.

    predicted: their mean. observed: the share that came true.
    """

    low: float
    high: float
    count: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins that hold something, in rising order.

    ece: the mean distance of predicted and observed, by count. brier: the mean squared distance
    of likelihood and label, 0 at best. count: of all labels.
    """

    bins: tuple[Bin, ...]
    ece: float
    brier: float
    count: int


def reliability(likelihoods: Floats, labels: Labels, bins: int = BINS) -> Reliability:
    """How likelihoods float64[n] in [0, 1] agree with labels 0 or 1 [n], in `bins` quantiles.

    Equal likelihoods share a bin, so that there may be fewer. Raises UsageError for no labels or
    no bins, InvalidValue for other numbers.
    """
    _check(likelihoods, labels, bins)
    observed, predicted = calibration_curve(labels, likelihoods, n_bins=bins, strategy="quantile")
    edges, counts = _counts(likelihoods, bins)
    full = np.flatnonzero(counts)
    columns = (edges[full], edges[full + 1], counts[full], predicted, observed)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return Reliability(
        bins=tuple(Bin(*row) for row in rows),
        ece=float(np.average(np.abs(predicted - observed), weights=counts[full])),
        brier=float(brier_score_loss(labels, likelihoods)),
        count=len(labels),
    )


def as_json(found: Reliability) -> dict[str, Any]:
    """Plain values, for a program or a page to draw."""
    return asdict(found)


def as_text(found: Reliability) -> str:
    """A table for people: a line for each bin, and the numbers below."""
    header = f"{'likelihood':>13}  {'predicted':>9}  {'observed':>8}  {'count':>7}"
    lines = [
        f"{each.low:>5.2f} – {each.high:.2f} "
        f"  {each.predicted:>9.3f}  {each.observed:>8.3f}  {each.count:>7,}"
        for each in found.bins
    ]
    last = f"ECE {found.ece:.3f}, Brier {found.brier:.3f}, {found.count:,} labels"
    return "\n".join([header, *lines, last])


def _counts(likelihoods: Floats, bins: int) -> tuple[Floats, npt.NDArray[np.int64]]:
    """The edges of scikit-learn's bins, which it keeps to itself, and how many lie in each."""
    edges = np.percentile(likelihoods, np.linspace(0, 1, bins + 1) * 100)
    within = np.searchsorted(edges[1:-1], likelihoods)
    return edges, np.bincount(within, minlength=bins).astype(np.int64)


def _check(likelihoods: Floats, labels: Labels, bins: int) -> None:
    if len(likelihoods) != len(labels):
        raise InvalidValue(f"{len(likelihoods)} likelihoods have {len(labels)} labels.")
    if not len(labels) or bins < 1:
        raise UsageError(
            f"{len(labels)} labels can't be put into {bins} bins.", hint="Wait for some labels."
        )
    if not ((likelihoods >= 0) & (likelihoods <= 1)).all():
        raise InvalidValue("A likelihood is no number from 0 to 1.")
    if not np.isin(labels, (0, 1)).all():
        raise InvalidValue("A label is neither 0 nor 1.")
