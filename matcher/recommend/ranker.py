"""The weights of a ranker, learned from what became of proposals.

Pairwise logistic regression (Burges et al., "Learning to Rank using Gradient Descent", ICML 2005,
with a linear scorer), its pairs weighted by inverse propensity (Joachims, Swaminathan and Schnabel,
WSDM 2017; what is left of the bias grows with the share of a list that is acted upon, since those
rows leave the ones they are compared with). Weights are never negative and sum to 1, so a score
lies in [0, 1] and its parts sum to it. With few labels they stay near the prior, the weights that
hold before anything is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from matcher.errors import InvalidValue
from matcher.recommend.preferences import Preferences, draw
from matcher.resources import library

Column = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]
Focus = npt.NDArray[np.integer]

_optimize = library("scipy.optimize")

USUAL_BETA, SPREAD = 10.0, 20.0
"""How sharply a difference of scores decides before anything is known, and how surely."""
_BETAS = (1.0, 100.0)
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Rows that were shown in lists, and what became of them.

    features: float64[n, f] in [0, 1], more is better. lists: int64[n], one number for the rows of
    one list, ascending. gains: float32[n] in [-1, 1], above 0 how far it went, below 0 declined, 0
    untouched. weights: float64[n] ≥ 0, of the row as the better one of a pair: its inverse
    propensity, 0 for an untouched row that may not have been seen. Raises InvalidValue otherwise.
    """

    features: Matrix
    lists: npt.NDArray[np.int64]
    gains: npt.NDArray[np.float32]
    weights: Column

    def __post_init__(self) -> None:
        if self.features.ndim != 2:
            raise InvalidValue("Features are a row for each pair.", field="features")
        rows = len(self.features)
        _same_length(rows, lists=self.lists, gains=self.gains, weights=self.weights)
        _within("features", self.features, 0.0, 1.0)
        _within("gains", self.gains, -1.0, 1.0)
        _within("weights", self.weights, 0.0, np.finfo(np.float64).max)
        if (np.diff(self.lists) < 0).any():
            raise InvalidValue("The numbers of the lists fall.", field="lists")

    def __len__(self) -> int:
        return len(self.gains)


@dataclass(frozen=True, slots=True, eq=False)
class Ranker:
    """weights: float64[f] ≥ 0 that sum to 1. labels: the rows that went somewhere.

    trust: the labels' share, in [0, 1), of labels and prior together.
    """

    weights: Column
    labels: int
    trust: float


def fit_ranker(
    lists: Lists,
    prior: Column,
    strength: float,
    *,
    focus: Focus | None = None,
    says: Column | None = None,
    seed: int = 0,
) -> Ranker:
    """The weights under which, within a list, what went further scores higher.

    prior: float64[f] ≥ 0 that sums to 1. strength: how many labels the prior is worth, above 0.
    focus: int[n], the one feature that a declined row is a lesson about, -1 for all. says:
    float64[n] ≥ 0, how much a row says as the worse one of a pair; 1 by default (decline_lessons.py
    gives both). The prior comes back where nothing can be learned: no row above 0, nobody to
    compare it with, features that don't differ, or every feature speaking against itself.

    Raises InvalidValue for a prior, a strength or a column that isn't as said.
    """
    known = _checked_prior(prior, lists.features.shape[1])
    if not 0 < strength < np.inf:
        raise InvalidValue(f"A strength of {strength} labels.", field="strength")
    _check_lessons(lists, focus, says)
    labels = int((lists.gains > 0).sum())
    trust = labels / (labels + strength)
    weights = known
    if labels:
        pairs = draw(lists.lists, lists.gains, lists.weights, says=says, seed=seed)
        differences = _differences(lists.features, pairs, focus)
        weights = _fitted(differences, _importance(pairs), known, strength)
    return Ranker(weights, labels, trust)


def pairwise_loss(weights: Column, differences: Matrix, importance: Column) -> tuple[float, Column]:
    """Σ importance · log(1 + exp(-weights·difference)), and its gradient.

    differences: float64[m, f], the better row's features minus the worse one's.
    """
    margins = differences @ weights
    value = importance @ np.logaddexp(0.0, -margins)
    return float(value), -(importance * expit(-margins)) @ differences


def _fitted(differences: Matrix, importance: Column, prior: Column, strength: float) -> Column:
    """The pull towards beta · prior is as strong as the curvature of `strength` labels."""
    if not differences.any():
        return prior
    beta = _temperature(differences @ prior, importance, strength)
    centre = beta * prior
    pull = strength * _curvature_of_a_label(differences, importance)
    found = _optimize.minimize(
        _penalised,
        centre,
        (differences, importance, centre, pull),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0.0, None)] * len(prior),
    ).x
    total = found.sum()
    return np.asarray(found / total) if total > _ROUNDING else prior


def _temperature(margins: Column, importance: Column, strength: float) -> float:
    """The beta for which beta · prior fits best: how many log odds a whole score is worth.

    Drawn to the usual one by as many labels as the prior is worth, and never near 0: a few labels
    against the prior would otherwise switch it off.
    """

    def surprise(beta: float) -> float:
        away = (beta - USUAL_BETA) / SPREAD
        return float(importance @ np.logaddexp(0.0, -beta * margins) + strength * away**2 / 2)

    return float(_optimize.minimize_scalar(surprise, bounds=_BETAS, method="bounded").x)


def _curvature_of_a_label(differences: Matrix, importance: Column) -> float:
    """What one label adds at most to the second derivative of the loss, in the mean of features.

    The most, 1/4, and not that at the centre: far from it the loss is flat, and labels that
    contradict the prior would loosen it.
    """
    lengths = np.einsum("ij,ij->i", differences, differences)
    return float(importance @ lengths / importance.sum() / (4 * differences.shape[1]))


def _penalised(
    weights: Column, differences: Matrix, importance: Column, centre: Column, pull: float
) -> tuple[float, Column]:
    loss, gradient = pairwise_loss(weights, differences, importance)
    away = weights - centre
    return float(loss + pull * (away @ away) / 2), gradient + pull * away


def _importance(pairs: Preferences) -> Column:
    """The weights of the pairs, made to sum to the number of labels."""
    total = pairs.weights.sum()
    return pairs.weights * (pairs.labels / total) if total > 0 else pairs.weights


def _differences(features: Matrix, pairs: Preferences, focus: Focus | None) -> Matrix:
    """float64[m, f]; 0 in every feature but the one that the worse row is a lesson about."""
    found = features[pairs.better].astype(np.float64)
    found -= features[pairs.worse]
    if focus is not None:
        named = focus[pairs.worse]
        others = np.arange(features.shape[1]) != named[:, np.newaxis]
        found[(named >= 0)[:, np.newaxis] & others] = 0.0
    return found


def _checked_prior(prior: Column, features: int) -> Column:
    found = np.array(prior, np.float64)
    if found.shape != (features,):
        raise InvalidValue(f"A prior of {found.size} for {features} features.", field="prior")
    _within("prior", found, 0.0, 1.0)
    if abs(found.sum() - 1) > _ROUNDING:
        raise InvalidValue(f"The prior sums to {found.sum():g}, not to 1.", field="prior")
    found = np.maximum(found, 0.0)
    return np.asarray(found / found.sum())


def _check_lessons(lists: Lists, focus: Focus | None, says: Column | None) -> None:
    if focus is not None:
        _same_length(len(lists), focus=focus)
        _within("focus", focus, -1, lists.features.shape[1] - 1)
    if says is not None:
        _same_length(len(lists), says=says)
        _within("says", says, 0.0, np.finfo(np.float64).max)


def _same_length(rows: int, **columns: npt.NDArray[Any]) -> None:
    for name, column in columns.items():
        if column.shape != (rows,):
            raise InvalidValue(f"{name} has {column.size} of {rows} rows.", field=name)


def _within(name: str, values: npt.NDArray[Any], low: float, high: float) -> None:
    """NaN and infinity are in no range. Cosines of float32 may be 1 and a little."""
    if not ((values >= low - _ROUNDING) & (values <= high + _ROUNDING)).all():
        raise InvalidValue(f"{name} aren't all from {low:g} to {high:g}.", field=name)
