"""How a portfolio's scores become one: what pooling is worth where it wasn't chosen.

Every pooling of a grid ranks the same queries once. A pooling chosen on all of them flatters
itself, so parts of the queries are held out in turn: the pooling that is best on the others is
measured on them (cross-validation, repeated with other parts).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt

from matcher.evaluate.metrics import Estimate, estimate, measure
from matcher.recommend.matcher import Matcher
from matcher.recommend.recipe import Pooling
from training.ranker import FittedRanker
from training.sets.case import Case, Part

Floats = npt.NDArray[np.float64]
Fit = Callable[[Part, int], FittedRanker]
STEPS, FOLDS, REPEATS = 5, 5, 20
"""Of the grid: every share a fifth. Parts of the queries, and how often they are drawn."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One case. values: by metric, the first decides, float64[poolings, queries]."""

    case: str
    poolings: Sequence[Pooling]
    values: Mapping[str, Floats]


def grid(steps: int = STEPS) -> list[Pooling]:
    """Poolings whose shares are multiples of 1/steps and sum to 1."""
    return [
        Pooling(whole / steps, best / steps, (steps - whole - best) / steps, "tried")
        for whole, best in product(range(steps + 1), repeat=2)
        if whole + best <= steps
    ]


def tried(case: Case, fit: Fit, poolings: Sequence[Pooling]) -> Tried:
    """Fit the parts of a case once and rank them with every pooling."""
    runs: list[dict[str, Sequence[tuple[str, float]]]] = [{} for _ in poolings]
    for part in case.parts:
        ranker = fit(part, case.depth)
        for pooling, run in zip(poolings, runs, strict=True):
            run.update(_pooled(ranker, pooling).rank(None))
    measured = [measure(run, case.qrels, case.metrics) for run in runs]
    values = {name: np.array([each[name] for each in measured]) for name in case.metrics}
    return Tried(case.name, poolings, values)


def _pooled(ranker: FittedRanker, pooling: Pooling) -> FittedRanker:
    model = ranker.matcher.model
    model = replace(model, recipe=replace(model.recipe, pooling=pooling))
    return replace(ranker, matcher=Matcher(model, ranker.matcher.queries))


def chosen(found: Tried, queries: npt.NDArray[np.int64] | None = None) -> int:
    """The place of the pooling that is best on some queries, by default on all; of equals the
    first."""
    first = next(iter(found.values.values()))
    return int((first if queries is None else first[:, queries]).mean(axis=1).argmax())


def cross_validated(found: Tried, folds: int = FOLDS, repeats: int = REPEATS) -> dict[str, Floats]:
    """float64[queries] by metric: each query by poolings that were chosen without it.

    The mean over the repeats, whose folds are drawn anew by a seed each.
    """
    count = next(iter(found.values.values())).shape[1]
    total = {name: np.zeros(count) for name in found.values}
    for seed in range(repeats):
        order = np.random.default_rng(seed).permutation(count)
        for held_out in np.array_split(order, min(folds, count)):
            place = chosen(found, np.setdiff1d(order, held_out))
            for name, values in found.values.items():
                total[name][held_out] += values[place, held_out] / repeats
    return total


def as_lines(found: Tried) -> list[str]:
    """For people: what each choice of pooling is worth on this case."""
    best = found.poolings[chosen(found)]
    lines = [f"{found.case}: best on all queries {_shares(best)}"]
    validated = cross_validated(found)
    for name, values in found.values.items():
        flattered = values[chosen(found)].mean()
        lines.append(f"  {name} {flattered:.3f}, cross-validated {_words(validated[name])}")
    return lines


def transferred(source: Tried, target: Tried) -> str:
    """What the pooling that is best on one case is worth on another of the same poolings."""
    place = chosen(source)
    told = ", ".join(f"{name} {_words(each[place])}" for name, each in target.values.items())
    return f"{source.case} → {target.case}: {_shares(source.poolings[place])}: {told}"


def _words(values: Floats) -> str:
    found: Estimate = estimate(values)
    return f"{found.mean:.3f} [{found.low:.3f}, {found.high:.3f}]"


def _shares(pooling: Pooling) -> str:
    return f"whole {pooling.whole:g}, best {pooling.best:g}, top three {pooling.top_three:g}"
