"""Position bias: who stands low in a list is looked at less, whatever it is worth.

The examination model of Joachims, Swaminathan and Schnabel, "Unbiased Learning-to-Rank with Biased
Feedback" (WSDM 2017): a row at position k is looked at with probability (1/k)^eta, and acted upon
only if it is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.errors import InvalidValue
from matcher.resources import library

Numbers = npt.NDArray[np.float64]

_optimize = library("scipy.optimize")

USUAL_ETA, SPREAD = 1.0, 0.3
"""Mean and standard deviation of what is believed of eta before anything is known."""
MOST_ETA = 3.0
CLIP = 10.0
# The least and the most that a row at position 1 is acted upon, as logarithms.
_THETA = (np.log(1e-9), np.log1p(-1e-6))


@dataclass(frozen=True, slots=True)
class Examination:
    """How likely a row is looked at. eta: 0 where every position is looked at alike.

    labels: the actions that eta was fitted to.
    """

    eta: float = USUAL_ETA
    labels: int = 0

    def at(self, positions: npt.ArrayLike) -> Numbers:
        """float64[n] in (0, 1], 1 at position 1. Raises InvalidValue for a position below 1."""
        return np.asarray(_positions(positions) ** -self.eta, np.float64)


def fit_examination(positions: npt.ArrayLike, acted: npt.ArrayLike) -> Examination:
    """The eta of *explored* impressions: positions int[n] from 1, acted bool[n].

    Their slot and pair were drawn by chance, so that worth doesn't depend on position, and what
    falls with the position is examination alone: P(acted at k) = theta · k^-eta, with theta the
    mean worth. Fitted to impressions that weren't explored, eta would blame positions for the
    ranking's own skill. The estimate is the most likely eta in [0, 3] under a Gaussian prior of
    mean 1 and standard deviation 0.3, which is worth some twenty actions over ten positions.
    The problem is convex in (log theta, eta). Without an action the prior's mean is given back.

    Raises InvalidValue for positions below 1 and for columns of different lengths.
    """
    places, groups = np.unique(_positions(positions), return_inverse=True)
    did = np.asarray(acted, bool)
    if did.shape != groups.shape:
        raise InvalidValue(f"{did.size} actions for {groups.size} positions.", field="acted")
    if not did.any():
        return Examination()
    shown = np.bincount(groups).astype(np.float64)
    actions = np.bincount(groups, weights=did)
    start = np.array([np.clip(np.log(actions.sum() / shown.sum()), *_THETA), USUAL_ETA])
    found = _optimize.minimize(
        surprise,
        start,
        (np.log(places), shown, actions),
        jac=True,
        method="L-BFGS-B",
        bounds=[_THETA, (0.0, MOST_ETA)],
    )
    return Examination(float(found.x[1]), int(did.sum()))


def surprise(
    parameters: Numbers, log_positions: Numbers, shown: Numbers, actions: Numbers
) -> tuple[float, Numbers]:
    """Minus the log posterior of (log theta, eta), an action each, and its gradient.

    shown, actions: how many rows stood at each of the positions, and were acted upon.
    """
    log_theta, eta = parameters
    log_chance = log_theta - eta * log_positions
    missed = shown - actions
    value = -(actions @ log_chance + missed @ np.log1p(-np.exp(log_chance)))
    slope = actions - missed / np.expm1(-log_chance)
    away = (eta - USUAL_ETA) / SPREAD
    gradient = np.array([-slope.sum(), slope @ log_positions + away / SPREAD])
    scale = actions.sum()
    return float(value + away**2 / 2) / scale, gradient / scale


def inverse_propensities(
    positions: npt.ArrayLike, examination: Examination, clip: float = CLIP
) -> Numbers:
    """float64[n] of mean 1: how much more an action counts the less likely its row was looked at.

    Without a clip one action far down would outweigh hundreds at the top, and the fit would follow
    the luck of a single row: a little bias is taken for far less variance. Divided by their mean
    (self-normalised: Swaminathan and Joachims, NIPS 2015), so that weights that are all too large
    change nothing. Raises InvalidValue for a position or a clip below 1.
    """
    if not clip >= 1:
        raise InvalidValue(f"Weights can't be clipped at {clip}.", field="clip")
    raw = np.minimum(1 / examination.at(positions), clip)
    return raw / raw.mean() if len(raw) else raw


def row_weights(
    positions: npt.ArrayLike,
    lists: npt.NDArray[np.int64],
    gains: npt.ArrayLike,
    examination: Examination,
    clip: float = CLIP,
) -> Numbers:
    """float64[n], the weight that a row has as the better one of a pair (see ranker.py).

    A row that was acted upon has its inverse propensity. An untouched one has 1 where it was surely
    seen, since somebody acted below it, else 0: nothing tells that it was preferred to anything.
    lists: int64[n] ascending.
    """
    places, acted = _positions(positions), np.asarray(gains) != 0
    weights = surely_seen(places, lists, acted).astype(np.float64)
    weights[acted] = inverse_propensities(places[acted], examination, clip)
    return weights


def surely_seen(
    positions: npt.ArrayLike, lists: npt.NDArray[np.int64], acted: npt.ArrayLike
) -> npt.NDArray[np.bool_]:
    """bool[n]: the rows no lower than the lowest of their list that was acted upon."""
    places = _positions(positions)
    reached = np.where(np.asarray(acted, bool), places, 0.0)
    if not len(places):
        return np.zeros(0, bool)
    starts = np.flatnonzero(np.diff(lists, prepend=lists[0] - 1))
    lowest = np.maximum.reduceat(reached, starts)
    return np.asarray(places <= np.repeat(lowest, np.diff(starts, append=len(places))))


def _positions(positions: npt.ArrayLike) -> Numbers:
    found = np.asarray(positions, np.float64)
    if found.ndim == 1 and (found >= 1).all() and np.isfinite(found).all():
        return found
    raise InvalidValue("Positions are a column of numbers from 1.", field="positions")
