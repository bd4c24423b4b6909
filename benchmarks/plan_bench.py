"""How fast a docking plan is solved, what it is worth, and how far it spreads the load.

    python benchmarks/plan_bench.py [--pairs 1000] [--managers 100] [--candidates 30] [--seeds 3]

It prints one JSON line a figure: `figure`, `pairs`, `managers`, `candidates`, `stars`, `seed`,
`value`, `unit`. The figures:

    seconds         one plan without fairness
    of_bound        its value over that of the linear program without whole numbers (1: the optimum)
    over_greedy     its value over that of taking the best pair that is still free, again and again
    fair_seconds    one plan with the recommended fairness
    gini            of the managers' loads without fairness
    gini_fall       the share of it that fairness takes away
    value_lost      the share of the value that this costs

The instances are drawn: needs and managers are points in 16 dimensions, a pair is worth a logistic
function of their product. `stars` is how much some managers are better at everything: at 0.3
interests decide, at 1.2 a few managers are the best for most pairs. The quota is three times the
mean load. Larger: `--pairs 10000 --managers 1000 --candidates 50`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog
from sklearn.metrics import auc

from matcher.recommend.plan import NOBODY, RECOMMENDED_FAIRNESS, Permitted, Terms, assign

INTERESTS = 16
STARS = (0.3, 0.7, 1.2)
ROOM = 3

Whole = NDArray[np.int64]


def main() -> None:
    arguments = parsed()
    for stars in STARS:
        for seed in range(arguments.seeds):
            size = (arguments.pairs, arguments.managers, arguments.candidates)
            random = np.random.default_rng(seed)
            permitted = drawn(random, *size, stars)
            most = np.full(arguments.managers, max(1, ROOM * arguments.pairs // arguments.managers))
            for figure, value, unit in measured(permitted, most):
                names = dict(zip(("pairs", "managers", "candidates"), size, strict=True))
                line = {"figure": f"plan_{figure}", **names, "stars": stars, "seed": seed}
                print(json.dumps(line | {"value": round(value, 4), "unit": unit}), flush=True)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--managers", type=int, default=100)
    parser.add_argument("--candidates", type=int, default=30)
    parser.add_argument("--seeds", type=int, default=3)
    return parser.parse_args()


def measured(permitted: Permitted, most: Whole) -> Iterator[tuple[str, float, str]]:
    least = np.zeros_like(most)
    start = time.perf_counter()
    plain = assign(permitted, least, most)
    yield "seconds", time.perf_counter() - start, "s"
    yield "of_bound", plain.value / bound(permitted, most), "ratio"
    yield "over_greedy", plain.value / greedy(permitted, most), "ratio"
    start = time.perf_counter()
    fair = assign(permitted, least, most, Terms(fairness=RECOMMENDED_FAIRNESS))
    yield "fair_seconds", time.perf_counter() - start, "s"
    before, after = (gini(loads(one.managers, len(most))) for one in (plain, fair))
    yield "gini", before, "ratio"
    yield "gini_fall", 1 - after / before, "share"
    yield "value_lost", 1 - fair.value / plain.value, "share"


def drawn(
    random: np.random.Generator, pairs: int, managers: int, candidates: int, stars: float
) -> Permitted:
    wanted, offered = (random.normal(size=(n, INTERESTS)) for n in (pairs, managers))
    fit = wanted @ offered.T / np.sqrt(INTERESTS) + stars * random.normal(size=managers)
    values = random.uniform(0.3, 1, size=(pairs, 1)) / (1 + np.exp(1.5 - fit))
    best = np.sort(np.argpartition(-values, candidates - 1, axis=1)[:, :candidates], axis=1)
    each = np.arange(pairs)
    return Permitted(
        np.repeat(each, candidates),
        best.ravel(),
        np.take_along_axis(values, best, 1).ravel(),
        each,
        each,
        np.zeros(pairs, bool),
    )


def bound(permitted: Permitted, most: Whole) -> float:
    """The value of the program where pairs may be divided, by an interior point."""
    entries = np.arange(len(permitted.values))
    count = len(permitted.needs)
    rows = np.concatenate([permitted.pairs, count + permitted.managers])
    shape = (count + len(most), len(entries))
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, np.tile(entries, 2))), shape)
    caps = np.concatenate([np.ones(count), most])
    found = linprog(-permitted.values, A_ub=matrix, b_ub=caps, bounds=(0, 1), method="highs-ipm")
    return float(-found.fun)


def greedy(permitted: Permitted, most: Whole) -> float:
    room, given, total = most.copy(), np.zeros(len(permitted.needs), bool), 0.0
    for entry in np.argsort(-permitted.values, kind="stable"):
        pair, manager = permitted.pairs[entry], permitted.managers[entry]
        if not given[pair] and room[manager]:
            given[pair] = True
            room[manager] -= 1
            total += permitted.values[entry]
    return total


def loads(managers: Whole, count: int) -> Whole:
    return np.bincount(managers[managers != NOBODY], minlength=count)


def gini(loads: Whole) -> float:
    """Twice the area between the Lorenz curve and the diagonal."""
    curve = np.concatenate([[0], np.cumsum(np.sort(loads)) / loads.sum()])
    return float(1 - 2 * auc(np.linspace(0, 1, len(curve)), curve))


if __name__ == "__main__":
    main()
