"""What the experiments found, in words and a table for the page of figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from matcher.evaluate.comparison import compare, in_words
from matcher.evaluate.metrics import CONFIDENCE, Floats
from training.evaluate import LEAST_QUERIES
from training.experiments.bias import Bias
from training.experiments.monthly import LISTS, SLOTS, Step, Story
from training.experiments.routing import Routing
from training.experiments.yardstick import METRIC
from training.simulation.behaviour import HABITS
from training.simulation.size import Size


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Of each seed its months, its misordered lists and its routing."""

    size: Size
    stories: tuple[Story, ...]
    biases: tuple[Bias, ...]
    routings: tuple[Routing, ...]


def as_markdown(found: Found, date: str) -> str:
    """The whole section."""
    size, seeds = found.size, len(found.stories)
    parts = [
        f"SYNTHETIC, measured on {date}: {seeds} made-up platforms of {size.outcomes} outcomes, "
        f"{size.needs} needs and {size.managers} managers, each of whom is shown {LISTS} lists of "
        f"{SLOTS.count} pairs a month. {METRIC} is against the true probability that a pair is "
        "taken up, which no real platform knows; means over the needs there are, then over seeds.",
        *_months(found.stories),
        "\n".join(_lines(found)),
    ]
    return "\n\n".join(parts)


def over_seeds(differences: Sequence[float]) -> str:
    """The mean difference with its t-interval over seeds; without one for a single seed."""
    mean = float(np.mean(differences))
    if len(differences) < 2:
        return f"{mean:+.3f} (one seed, no interval)"
    interval = stats.ttest_1samp(differences, 0.0).confidence_interval(CONFIDENCE)
    return f"{mean:+.3f} [{interval.low:+.3f}, {interval.high:+.3f}] over seeds"


def _months(stories: Sequence[Story]) -> Iterator[str]:
    head = (
        "| after month | pairs accepted | of those looked at, accepted | next month | "
        "untaught | difference | after the last month |"
    )
    rows = [head, "| --- | --- | --- | --- | --- | --- | --- |"]
    for steps in zip(*(story.steps for story in stories), strict=True):
        rows.append(_row(steps))
    yield "\n".join(rows)
    start = _mean(story.start.mean() for story in stories)
    yield f"Untaught, after the last month: {start:.3f}."


def _row(steps: Sequence[Step]) -> str:
    cells = (
        str(steps[0].month),
        f"{_mean(step.accepted for step in steps):.0f}",
        f"{_mean(step.taken_up for step in steps):.3f}",
        f"{_mean(step.following.mean() for step in steps):.3f}",
        f"{_mean(step.untaught.mean() for step in steps):.3f}",
        over_seeds([float((step.following - step.untaught).mean()) for step in steps]),
        f"{_mean(step.last.mean() for step in steps):.3f}",
    )
    return f"| {' | '.join(cells)} |"


def _lines(found: Found) -> Iterator[str]:
    stories, biases, routings = found.stories, found.biases, found.routings
    if len(stories[0].steps) > 1:
        yield _line(
            f"From month 1 to month {len(stories[0].steps)}, the same questions",
            [(story.steps[-1].last, story.steps[0].last) for story in stories],
        )
    yield _line(
        "All months of feedback against none, the same questions",
        [(story.steps[-1].last, story.start) for story in stories],
    )
    yield _line(
        "By what people accepted in the last month (biased to what was shown), the model before "
        "it against none",
        [story.steps[-1].biased for story in stories],
    )
    yield _line(
        "Lists with the worst first: position regarded against clicks as they are",
        [(each.debiased, each.naive) for each in biases],
    )
    yield _line(
        "Lists with the worst first: clicks as they are against no feedback",
        [(each.naive, each.untaught) for each in biases],
    )
    eta = _mean(each.eta for each in biases)
    yield f"- There, eta is estimated at {eta:.2f} (truth {HABITS.eta:g})."
    yield from _routing(routings)


def _routing(routings: Sequence[Routing]) -> Iterator[str]:
    before, after = (
        _mean(getattr(each, name) for each in routings) for name in ("before", "after")
    )
    falls = [1 - each.after / each.before for each in routings]
    losses = [1 - float(each.fair.mean() / each.plain.mean()) for each in routings]
    yield (
        f"- Managers' loads, the docking plan with fairness against always the best manager: Gini "
        f"{before:.3f} to {after:.3f}, a fall of {_mean(falls):.0%} (least {min(falls):.0%}); "
        f"{METRIC} of the managers of a pair loses {_mean(losses):.1%} (most {max(losses):.1%})."
    )
    of_bound, over = min(each.of_bound for each in routings), sum(each.over for each in routings)
    yield (
        f"- The plan's value without fairness is {of_bound:.2%} or more of what could be had if "
        f"pairs could be divided; {over} pairs are above a quota."
    )


def _line(what: str, pairs: Iterable[tuple[Floats, Floats]]) -> str:
    """The difference over seeds, then over all needs of all seeds."""
    known = [pair for pair in pairs if len(pair[0])]
    if sum(len(one) for one, _ in known) < LEAST_QUERIES:
        return f"- {what}: too little is known."
    seeds = over_seeds([float((one - other).mean()) for one, other in known])
    ours, theirs = (np.concatenate([pair[side] for pair in known]) for side in (0, 1))
    pooled = compare(ours, theirs)
    return f"- {what}: {seeds}; over needs {in_words(pooled)}."


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))
