"""What was measured of a platform: for the manifest of a model, and as a page for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from matcher.bundle.manifest import Measured
from matcher.errors import InvalidValue
from matcher.evaluate.comparison import in_words
from matcher.evaluate.fairness import Spread
from matcher.evaluate.metrics import Estimate
from training.evaluate import FUSION
from training.platform_eval import ALL, Evaluation, RelationFigure
from training.platform_fairness import Exposure, fairness, merged

NOTHING = "–"
_KEY = re.compile(r"[\w@>.()-]+")


def as_measured(found: Sequence[Evaluation]) -> dict[str, Measured]:
    """The figures of one split by key, for a manifest.

    need>outcome.nDCG@10 is that of the fusion, need>outcome.cold_outcome.nDCG@10 that of a slice,
    need>outcome.nDCG@10.popularity that of another system over everything, and
    exposure_gini.manager one of fairness over all directions. Raises InvalidValue for a system
    whose name can't be in a key.
    """
    figures = [figure for evaluation in found for figure in evaluation.figures]
    measured = {key: value for figure in figures for key, value in _keyed(figure)}
    for shown in _exposures(found):
        spreads = fairness(shown).items()
        measured |= {key: Measured(each.value, each.low, each.high) for key, each in spreads}
    if odd := [key for key in measured if not _KEY.fullmatch(key)]:
        raise InvalidValue(f"{odd[0]!r} can't be the name of a figure.", name=odd[0])
    return measured


def as_markdown(found: Sequence[Evaluation]) -> str:
    """The table of each direction, then fairness, comparisons, notes and what is missing."""
    figures = [figure for evaluation in found for figure in evaluation.figures]
    against = [
        f"{figure.name}, {figure.metric}, against {baseline}: {in_words(comparison)}"
        for figure in figures
        for baseline, comparison in figure.against.items()
    ]
    notes = [note for evaluation in found for note in evaluation.notes]
    gaps = [gap for evaluation in found for gap in evaluation.gaps]
    parts = (
        _table(figures),
        _fairness(_exposures(found)),
        _listed("Fusion against baselines, paired:", against),
        _listed("Notes:", notes),
        _listed("Not measured:", gaps),
    )
    return "\n\n".join(filter(None, parts))


def _keyed(figure: RelationFigure) -> Iterator[tuple[str, Measured]]:
    place = ".".join(filter(None, (figure.direction, figure.slice, figure.metric)))
    for system, estimate in figure.systems.items():
        if system == FUSION:
            yield place, _measured(estimate)
        elif figure.slice == ALL:
            yield f"{place}.{system}", _measured(estimate)


def _measured(estimate: Estimate) -> Measured:
    return Measured(estimate.mean, estimate.low, estimate.high)


def _exposures(found: Sequence[Evaluation]) -> list[Exposure]:
    return list(merged(each.exposure for each in found if each.exposure).values())


def _table(figures: Sequence[RelationFigure]) -> str:
    if not figures:
        return ""
    names = list(dict.fromkeys(name for figure in figures for name in figure.systems))
    others = [name for name in names if name != FUSION]
    header = ["what", "metric", "queries", *others, FUSION, "95 %"]
    return _drawn(header, [_row(figure, others) for figure in figures], texts=2)


def _row(figure: RelationFigure, others: Sequence[str]) -> list[str]:
    fusion = figure.systems[FUSION]
    means = [_mean(figure.systems, name) for name in (*others, FUSION)]
    interval = _interval(fusion.low, fusion.high)
    return [figure.name, figure.metric, str(fusion.queries), *means, interval]


def _mean(systems: Mapping[str, Estimate], name: str) -> str:
    return f"{systems[name].mean:.3f}" if name in systems else NOTHING


def _fairness(found: Sequence[Exposure]) -> str:
    rows = [
        _spread(name, spread, shown.lists)
        for shown in found
        for name, spread in fairness(shown).items()
    ]
    return _drawn(["fairness", "value", "95 %", "of", "lists"], rows, texts=1) if rows else ""


def _spread(name: str, spread: Spread, lists: int) -> list[str]:
    interval = _interval(spread.low, spread.high)
    return [name, f"{spread.value:.3f}", interval, f"{spread.parties:,}", f"{lists:,}"]


def _interval(low: float | None, high: float | None) -> str:
    return NOTHING if low is None or high is None else f"[{low:.3f}, {high:.3f}]"


def _drawn(header: Sequence[str], rows: Sequence[Sequence[str]], texts: int) -> str:
    """A table of Markdown; the first `texts` columns are words, the others numbers."""
    rule = ["---" if place < texts else "--:" for place in range(len(header))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *rows))


def _listed(title: str, lines: Sequence[str]) -> str:
    return "\n".join([title, "", *(f"- {line}" for line in lines)]) if lines else ""
