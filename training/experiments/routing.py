"""Who gets a pair: always the best manager, or a docking plan that spreads the load.

For each pair the managers are ranked; whom the plan gives it to stands first. What this costs is
measured against the true suitability of each manager, in per cent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from matcher.domain.enums import Noun
from matcher.evaluate.fairness import gini
from matcher.evaluate.metrics import Floats, measure
from matcher.recommend.collections import Collections
from matcher.recommend.plan import NOBODY, RECOMMENDED_FAIRNESS, Permitted, Terms, assign
from training.experiments.stage import Rows, Stage
from training.experiments.yardstick import METRIC

OUTCOMES_EACH = 3
CANDIDATES = 30
"""Managers of a pair that the plan may choose from."""
ROOM = 3
"""The quota of a manager, in mean loads."""


@dataclass(frozen=True, slots=True, eq=False)
class Routing:
    """What a seed's routing came to. before, after: the Gini index of the managers' loads.

    plain, fair: float64[pairs], nDCG of the managers by the truth. of_bound: the value of the plan
    without fairness over that of the linear program that may divide pairs, under the same quotas.
    over: pairs above a quota.
    """

    seed: int
    before: float
    after: float
    plain: Floats
    fair: Floats
    of_bound: float
    over: int


def routing(stage: Stage, collections: Collections, day: int) -> Routing:
    """Give the best pairs of a day to managers."""
    needs, outcomes, values = _pairs(stage, collections, day)
    worth = values * np.clip(_suited(stage, collections, needs, outcomes, day), 0.0, 1.0)
    permitted = _permitted(needs, outcomes, worth)
    managers = worth.shape[1]
    most = np.full(managers, max(1, ROOM * len(needs) // managers))
    least = np.zeros_like(most)
    best, plan = worth.argmax(axis=1), assign(permitted, least, most)
    fair = assign(permitted, least, most, Terms(fairness=RECOMMENDED_FAIRNESS))
    loads = [
        np.bincount(each[each != NOBODY], minlength=managers) for each in (best, fair.managers)
    ]
    truth = _truth(stage, needs, outcomes)
    return Routing(
        stage.world.seed,
        gini(loads[0].astype(np.float64)).value,
        gini(loads[1].astype(np.float64)).value,
        _ndcg(worth, best, truth),
        _ndcg(worth, fair.managers, truth),
        plan.value / _bound(permitted, most),
        int(np.maximum(loads[1] - most, 0).sum()),
    )


def _pairs(stage: Stage, collections: Collections, day: int) -> tuple[Rows, Rows, Floats]:
    ranked = stage.outcomes(collections, day, OUTCOMES_EACH)
    needs = np.repeat(list(ranked), [len(rows) for rows, _ in ranked.values()])
    outcomes = np.concatenate([rows for rows, _ in ranked.values()])
    values = np.concatenate([scores for _, scores in ranked.values()])
    return needs, outcomes, np.clip(values, 0.0, 1.0)[:, np.newaxis]


def _suited(
    stage: Stage, collections: Collections, needs: Rows, outcomes: Rows, day: int
) -> npt.NDArray[np.float64]:
    """float64[pairs, managers]: the mean of how well each goes with the need and the outcome."""
    found = np.zeros((len(needs), stage.world.size.managers))
    for noun, rows in ((Noun.NEED, needs), (Noun.OUTCOME, outcomes)):
        different, at = np.unique(rows, return_inverse=True)
        found += stage.suitabilities(collections, noun, different, day)[at] / 2
    return found


def _permitted(needs: Rows, outcomes: Rows, worth: npt.NDArray[np.float64]) -> Permitted:
    few = min(CANDIDATES, worth.shape[1])
    best = np.sort(np.argsort(-worth, axis=1, kind="stable")[:, :few], axis=1)
    pairs = np.arange(len(needs))
    return Permitted(
        np.repeat(pairs, few),
        best.ravel(),
        np.take_along_axis(worth, best, 1).ravel(),
        needs,
        outcomes,
        np.zeros(len(needs), bool),
    )


def _truth(stage: Stage, needs: Rows, outcomes: Rows) -> npt.NDArray[np.int64]:
    """int[pairs, managers]: per cent."""
    count = stage.world.size.managers
    everyone = np.tile(np.arange(count), len(needs))
    truth = stage.world.manager_truth(everyone, np.repeat(needs, count), np.repeat(outcomes, count))
    return np.round(100 * truth).astype(np.int64).reshape(len(needs), count)


def _ndcg(worth: npt.NDArray[np.float64], chosen: Rows, truth: npt.NDArray[np.int64]) -> Floats:
    """float64[pairs]: whoever is chosen stands first, the others by worth."""
    first = worth.copy()
    given = np.flatnonzero(chosen != NOBODY)
    first[given, chosen[given]] = np.inf
    ranked = np.argsort(-first, axis=1, kind="stable").tolist()
    run = {str(pair): [(str(one), 0.0) for one in order] for pair, order in enumerate(ranked)}
    grades = {
        str(pair): {str(one): grade for one, grade in enumerate(row)}
        for pair, row in enumerate(truth.tolist())
    }
    return measure(run, grades, [METRIC])[METRIC]


def _bound(permitted: Permitted, most: Rows) -> float:
    """The most that could be had if pairs could be divided."""
    entries, count = np.arange(len(permitted.values)), len(permitted.needs)
    rows = np.concatenate([permitted.pairs, count + permitted.managers])
    shape = (count + len(most), len(entries))
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, np.tile(entries, 2))), shape)
    limits = np.concatenate([np.ones(count), most])
    found = linprog(-permitted.values, A_ub=matrix, b_ub=limits, bounds=(0, 1), method="highs-ipm")
    return float(-found.fun)
