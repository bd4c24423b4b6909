"""From a score to a likelihood, once enough outcomes are known to say one.

Isotonic regression (Zadrozny and Elkan, KDD 2002) from a thousand outcomes, below that Platt's
sigmoid (Platt, "Probabilistic Outputs for Support Vector Machines", 1999), which has two parameters
and so needs fewer. Below 200 outcomes none: bands.py says what a score means until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matcher.errors import InvalidValue
from matcher.resources import library

_isotonics, _linear = library("sklearn.isotonic"), library("sklearn.linear_model")
Column = npt.NDArray[np.float64]

LEAST, LEAST_RARER = 200, 20
"""Outcomes from which a likelihood is said, and how many of them must be of the rarer kind."""
LEAST_ISOTONIC = 1000
_POINTS = 101
_HINT = "Train the model anew."


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """A rising line through points. labels: the outcomes that it was fitted to, without rows that
    nobody touched.

    scores: float64[m] ascending. likelihoods: float64[m] in [0, 1], never falling. Raises
    InvalidValue for anything else.
    """

    scores: Column
    likelihoods: Column
    labels: int

    def __post_init__(self) -> None:
        _check_points("scores", self.scores)
        _check_points("likelihoods", self.likelihoods)
        if len(self.scores) != len(self.likelihoods) or (np.diff(self.scores) <= 0).any():
            raise _broken("scores")
        if self.likelihoods[0] < 0 or self.likelihoods[-1] > 1:
            raise _broken("likelihoods")
        if (np.diff(self.likelihoods) < 0).any():
            raise _broken("likelihoods")

    def likelihood(self, scores: npt.ArrayLike) -> Column:
        """float64[n]; beyond the scores that were seen, that of the nearest one."""
        return np.interp(np.asarray(scores, np.float64), self.scores, self.likelihoods)

    def to_mapping(self) -> dict[str, Any]:
        """The state, as JSON holds it to the last bit."""
        return {
            "scores": self.scores.tolist(),
            "likelihoods": self.likelihoods.tolist(),
            "labels": self.labels,
        }

    @classmethod
    def from_mapping(cls, state: Any) -> Self:
        """What `to_mapping` gave. Raises InvalidValue that names the broken field."""
        if not isinstance(state, Mapping):
            raise _broken("calibration")
        labels = state.get("labels")
        if not isinstance(labels, int) or isinstance(labels, bool) or labels < LEAST:
            raise _broken("labels")
        return cls(_numbers(state, "scores"), _numbers(state, "likelihoods"), labels)


def fit_calibration(
    scores: npt.ArrayLike,
    labels: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    acted: npt.ArrayLike | None = None,
) -> Calibration | None:
    """The calibration of a relation; None below 200 outcomes, or 20 of the rarer kind.

    scores: float[n]. labels: 0 or 1, what came of it. weights: float[n] ≥ 0, for what nobody
    touched the probability that it was looked at. acted: bool[n], the rows of which something came,
    all by default; only these are outcomes, as far as they have weight. Raises InvalidValue for
    other values or columns of other lengths.
    """
    known = _Known.of(scores, labels, weights, acted)
    return known.fitted() if known.enough else None


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """Scores and what came of them, checked; acted: whether anything did."""

    scores: Column
    labels: npt.NDArray[np.int64]
    weights: Column
    acted: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, scores: Any, labels: Any, weights: Any, acted: Any) -> _Known:
        found = np.asarray(scores, np.float64)
        told = np.asarray(labels, np.float64)
        weighed = np.ones(found.shape) if weights is None else np.asarray(weights, np.float64)
        did = np.ones(found.shape, bool) if acted is None else np.asarray(acted, bool)
        _check_rows("scores", found, found, np.isfinite(found))
        _check_rows("labels", told, found, (told == 0) | (told == 1))
        _check_rows("weights", weighed, found, np.isfinite(weighed) & (weighed >= 0))
        _check_rows("acted", did, found, did | ~did)
        return cls(found, told.astype(np.int64), weighed, did)

    @property
    def outcomes(self) -> int:
        return int((self.acted & (self.weights > 0)).sum())

    def looked_at(self, label: int) -> float:
        """How many rows of a label were probably looked at; none is more than one."""
        return float(np.minimum(self.weights[self.labels == label], 1).sum())

    @property
    def enough(self) -> bool:
        rarer = min(self.looked_at(0), self.looked_at(1))
        return self.outcomes >= LEAST and rarer >= LEAST_RARER

    def where(self, rows: npt.NDArray[Any]) -> _Known:
        parts = (self.scores, self.labels, self.weights, self.acted)
        return _Known(*(part[rows] for part in parts))

    def fitted(self) -> Calibration:
        weighed = self.where(self.weights > 0)
        # A line of any shape has the freedom of many parameters, and rows that nobody touched,
        # which are most, say little about where it rises.
        many = self.outcomes >= LEAST_ISOTONIC
        return Calibration(*(_isotonic if many else _sigmoid)(weighed), self.outcomes)


def _isotonic(known: _Known) -> tuple[Column, Column]:
    """Never quite 0 or 1: no count of outcomes proves either (Laplace's rule of succession)."""
    edge = 1 / (known.looked_at(0) + known.looked_at(1) + 2)
    model = _isotonics.IsotonicRegression(y_min=edge, y_max=1 - edge, out_of_bounds="clip")
    model.fit(known.scores, known.labels, sample_weight=known.weights)
    return (
        np.asarray(model.X_thresholds_, np.float64),
        np.asarray(model.y_thresholds_, np.float64),
    )


def _sigmoid(known: _Known) -> tuple[Column, Column]:
    """Platt's targets instead of 0 and 1, a row counting for both, so that no slope is infinite.

    Where higher scores did worse, the likelihood is the same for all: a score is never worth less
    for being higher.
    """
    good, bad = known.looked_at(1), known.looked_at(0)
    target = np.where(known.labels == 1, (good + 1) / (good + 2), 1 / (bad + 2))
    model = _linear.LogisticRegression(C=np.inf, tol=1e-8, max_iter=1000)
    middle, spread = known.scores.mean(), known.scores.std() or 1.0
    column = ((known.scores - middle) / spread)[:, np.newaxis]
    model.fit(
        np.vstack([column, column]),
        np.repeat([1, 0], len(column)),
        sample_weight=np.concatenate([known.weights * target, known.weights * (1 - target)]),
    )
    if not (model.coef_[0, 0] > 0 and np.ptp(known.scores) > 0):
        return known.scores[:1], np.average(target, weights=known.weights)[np.newaxis]
    points = np.unique(np.linspace(known.scores.min(), known.scores.max(), _POINTS))
    chances = model.predict_proba(((points - middle) / spread)[:, np.newaxis])[:, 1]
    return points, np.maximum.accumulate(chances)


def _check_rows(name: str, column: Column, scores: Column, good: npt.NDArray[np.bool_]) -> None:
    if column.ndim != 1 or column.shape != scores.shape or not good.all():
        message = f"{name} aren't a usable value for each score."
        raise InvalidValue(message, field=name)


def _check_points(name: str, points: Column) -> None:
    if points.ndim != 1 or not len(points) or not np.isfinite(points).all():
        raise _broken(name)


def _numbers(state: Mapping[str, Any], name: str) -> Column:
    found = state.get(name)
    good = isinstance(found, list) and all(type(each) in (int, float) for each in found)
    if not good:
        raise _broken(name)
    try:
        return np.array(found, np.float64)
    except OverflowError as error:
        raise _broken(name) from error


def _broken(field: str) -> InvalidValue:
    return InvalidValue(f"The calibration has no usable {field}.", field=field, hint=_HINT)
