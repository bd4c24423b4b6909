"""Who is shown: how evenly the places in lists go round, and who is never in one.

The Gini index is that of the Lorenz curve (Lorenz, "Methods of Measuring the Concentration of
Wealth", 1905), its area by trapezoids as in scikit-learn's `auc`, over many draws at once. A place
counts by the discount of nDCG (Järvelin and Kekäläinen, "Cumulated Gain-Based Evaluation of IR
Techniques", 2002), as in Singh and Joachims, "Fairness of Exposure in Rankings" (2018). Intervals
are SciPy's bootstrap over the parties, as if these were drawn from many.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.errors import InvalidValue, UsageError
from matcher.evaluate.metrics import CONFIDENCE, RESAMPLES, Floats
from matcher.resources import library

Codes = npt.NDArray[np.int32] | npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_stats = library("scipy.stats")

LEAST_SHOWN = 10
"""With fewer parties shown there is no interval: too many draws would hold none of them."""
LEAST_RESAMPLES = 200
WORK, CELLS = 5_000_000, 1_000_000
"""Parties drawn for an interval, which bounds the time, and at once, which bounds the memory."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over `parties`, and its 95 % interval; None where too few of them were shown."""

    value: float
    low: float | None
    high: float | None
    parties: int


def discounts(positions: Codes) -> Floats:
    """1 / log2(1 + position), for positions from 1. Raises InvalidValue for lower ones."""
    if len(positions) and positions.min() < 1:
        raise InvalidValue("A position in a list is below 1.")
    return np.asarray(1 / np.log2(1 + positions), np.float64)


def exposures(parties: Codes, positions: Codes, size: int) -> Floats:
    """float64[size]: what each of `size` parties was shown, 0 for one that was in no list.

    parties: int[n], who was shown, at positions int[n]. Raises InvalidValue for a party outside.
    """
    if len(parties) != len(positions):
        raise InvalidValue(f"{len(parties)} parties were shown at {len(positions)} positions.")
    if len(parties) and not (parties.min() >= 0 and parties.max() < size):
        raise InvalidValue(f"A party that was shown is none of {size}.")
    return np.bincount(parties, discounts(positions), minlength=size).astype(np.float64)


def gini(shown: Floats, seed: int = 0) -> Spread:
    """0 where all have the same exposure, 1 - 1/n where one of n has it all.

    shown: float64[n] ≥ 0 of everyone who could have been shown. Raises UsageError where nobody
    was, InvalidValue for what is no exposure; the other figures too.
    """
    return _spread(_gini, _checked(shown), seed=seed)


def lorenz(shown: Floats) -> Floats:
    """float64[n + 1]: the share of all exposure that the least shown 0, 1, … n parties have.

    Raises what `gini` raises.
    """
    shares = np.cumsum(np.sort(_checked(shown))) / shown.sum()
    return np.concatenate([[0.0], shares])


def coverage(shown: Floats, among: Mask | None = None, seed: int = 0) -> Spread:
    """The share of the parties that were shown at all; of those of a mask, if one is given.

    Raises UsageError for a mask of none.
    """
    kept = _checked(shown) if among is None else _checked(shown)[_mask(shown, among)]
    return _spread(_share_shown, kept, seed=seed)


def share(shown: Floats, among: Mask, seed: int = 0) -> Spread:
    """The share of all exposure that went to the parties of a mask, such as fresh listings.

    Raises UsageError for a mask of none.
    """
    part = np.where(_mask(shown, among), _checked(shown), 0.0)
    return _spread(_ratio, shown, part, seed=seed)


def _gini(shown: Floats, axis: int = -1) -> Floats:
    """Over the last axis of [..., parties]; 0 for a draw of none who was shown: all are alike."""
    total = shown.sum(axis=axis, keepdims=True)
    shares = np.cumsum(np.sort(shown, axis=axis), axis=axis) / np.where(total > 0, total, 1)
    lorenz = np.concatenate([np.zeros_like(total), shares], axis=axis)
    area = np.trapezoid(lorenz, dx=1 / shown.shape[axis], axis=axis)
    return np.where(total[..., 0] > 0, 1 - 2 * area, 0.0)


def _share_shown(shown: Floats, axis: int = -1) -> Floats:
    return np.asarray(np.mean(shown > 0, axis=axis), np.float64)


def _ratio(whole: Floats, part: Floats, axis: int = -1) -> Floats:
    total = whole.sum(axis=axis)
    return np.asarray(part.sum(axis=axis) / np.where(total > 0, total, 1), np.float64)


def _spread(statistic: Callable[..., Floats], shown: Floats, *others: Floats, seed: int) -> Spread:
    """A statistic of arrays over the same parties; the first is their exposure."""
    value, parties = float(statistic(shown, *others)), len(shown)
    if np.count_nonzero(shown) < LEAST_SHOWN:
        return Spread(value, None, None, parties)
    result = _stats.bootstrap(
        (shown, *others),
        statistic,
        paired=True,
        vectorized=True,
        n_resamples=max(LEAST_RESAMPLES, min(RESAMPLES, WORK // parties)),
        batch=max(1, CELLS // parties),
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(seed),
    )
    interval = result.confidence_interval
    return Spread(value, float(interval.low), float(interval.high), parties)


def _checked(shown: Floats) -> Floats:
    if not (np.isfinite(shown) & (shown >= 0)).all():
        raise InvalidValue("An exposure is no number from 0 up.")
    if not shown.sum():
        raise UsageError(
            f"none of {len(shown)} parties was shown.", hint="Measure where lists were shown."
        )
    return shown


def _mask(shown: Floats, among: Mask) -> Mask:
    if len(shown) != len(among):
        raise InvalidValue(f"A mask of {len(among)} was given for {len(shown)} parties.")
    if not among.any():
        raise UsageError("there is no such party.", hint="Leave the figure out.")
    return among
