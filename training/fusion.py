"""Finding the weight of the content leg: a line search on development cases, one nDCG@10 a weight.

Two legs leave one number to find, so every weight is tried, and the whole curve is shown. A case
counts as much as any other, whatever its number of queries: a weight that helps one kind of text
alone should not win.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.evaluate.metrics import measure
from matcher.recommend.recipe import CONCEPTS, CONTENT
from training.evaluate import Fit
from training.sets.case import Case

METRIC = "nDCG@10"
WEIGHTS = tuple(step / 20 for step in range(13))
"""Of the content leg: 0 to .6; the concepts have the rest."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One case: the mean of METRIC at each weight of the content leg."""

    case: str
    means: Mapping[float, float]


def curve(case: Case, fit: Fit, weights: Sequence[float] = WEIGHTS) -> Curve:
    """Fit the parts of a case once and rank them with every weight."""
    runs: dict[float, dict[str, Sequence[tuple[str, float]]]] = {weight: {} for weight in weights}
    for part in case.parts:
        ranker = fit(part, case.depth)
        for weight, run in runs.items():
            run.update(ranker.rank({CONCEPTS: 1 - weight, CONTENT: weight}))
    means = {
        weight: float(measure(run, case.qrels, [METRIC])[METRIC].mean())
        for weight, run in runs.items()
    }
    return Curve(case.name, means)


def best_weight(curves: Sequence[Curve]) -> float:
    """The weight with the highest mean over the cases; of equals the smallest."""
    means = mean_curve(curves)
    return max(means, key=lambda weight: (means[weight], -weight))


def mean_curve(curves: Sequence[Curve]) -> dict[float, float]:
    """The mean over the cases at each weight."""
    return {
        weight: math.fsum(each.means[weight] for each in curves) / len(curves)
        for weight in curves[0].means
    }


def as_recipe(weight: float, curves: Sequence[Curve], day: str) -> str:
    """The table `[fusion.texts]` of a recipe with this weight and how it was found."""
    cases = ", ".join(each.case for each in curves)
    means = mean_curve(curves)
    ends = f"{means[min(means)]:.3f} at {min(means):g}, {means[max(means)]:.3f} at {max(means):g}"
    return (
        f"[fusion.texts]\n{CONCEPTS} = {1 - weight:.2f}\n{CONTENT} = {weight:.2f}\n"
        f'origin = "line search {day}, mean {METRIC} {means[weight]:.3f} '
        f'({ends}) over {cases}"\n'
    )


def as_table(curves: Sequence[Curve]) -> str:
    """The curves as a Markdown table, the mean in the last row."""
    weights = list(curves[0].means)
    head = ["case", *(f"{weight:g}" for weight in weights)]
    rows = [[each.case, *(f"{each.means[w]:.3f}" for w in weights)] for each in curves]
    rows.append(["mean", *(f"{mean:.4f}" for mean in mean_curve(curves).values())])
    lines = [head, ["---", *("--:" for _ in weights)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
