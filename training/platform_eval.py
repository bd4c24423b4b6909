"""How well a model ranks what a platform then took up, beside its legs and simple baselines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.enums import Noun
from matcher.evaluate.comparison import Comparison, compare
from matcher.evaluate.metrics import Estimate, Floats, Run, estimate, measure
from matcher.evaluate.pairs import Mask, Pairs
from matcher.evaluate.questions import Questions
from matcher.evaluate.slices import (
    Languages,
    cross_language,
    known_askers,
    known_candidates,
    translated,
    warm,
)
from training.evaluate import FUSION, LEAST_QUERIES
from training.platform_fairness import Exposure, exposure
from training.platform_split import Direction, Split, questions_of, sides
from training.platform_systems import BASELINES, Rank, systems

METRICS = ("nDCG@10", "R@20", "RR")
PRIMARY = METRICS[0]
"""The metric in which the fusion is compared with the baselines."""
MOST_ASKERS = 1000
"""Of more a sample is asked; its candidates are all that were alive, as for any other."""
ALL = ""
"""The slice of everything."""


@dataclass(frozen=True, slots=True)
class RelationFigure:
    """A metric of a direction or of a slice of it, for each system, over the same queries.

    against: baseline → the fusion minus it, paired; of the primary metric alone.
    """

    direction: str
    slice: str
    metric: str
    systems: Mapping[str, Estimate]
    against: Mapping[str, Comparison]

    @property
    def name(self) -> str:
        """For instance need>outcome, cold_outcome."""
        return _name(self.direction, self.slice)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of one direction.

    gaps: a line for whatever there is no figure of, with the reason. notes: what a reader must
    know. exposure: whom the fusion would have shown; None where nothing was asked.
    """

    direction: Direction
    figures: tuple[RelationFigure, ...]
    gaps: tuple[str, ...]
    notes: tuple[str, ...] = ()
    exposure: Exposure | None = None


def evaluate_relation(
    rank: Rank,
    split: Split,
    direction: Direction,
    *,
    legs: Sequence[str],
    languages: Mapping[Noun, Languages] | None = None,
    baselines: Sequence[str] = BASELINES,
    most: int | None = None,
    seed: int = 0,
) -> Evaluation:
    """Let each system rank what was alive for each asker that later judged some of it well.

    languages: noun → id → languages; without those of both sides there is no figure of pairs
    that cross languages. most: askers that are asked, `MOST_ASKERS` by default. Raises UsageError
    where it isn't known what was alive, InvalidValue for a ranking with a candidate twice or one
    that wasn't allowed.
    """
    train, _ = sides(split, direction)
    every = questions_of(split, direction)
    asked = every.sample(MOST_ASKERS if most is None else most, seed)
    if len(asked.qrels) < LEAST_QUERIES:
        gap = _too_few(_name(direction.name, ALL), asked)
        return Evaluation(direction, (), (gap,), _notes(direction, every, asked))
    found = systems(rank, direction, train, asked, legs, baselines, seed)
    slices = _slices(direction, train, asked, languages or {})
    figures, gaps = _figures(direction.name, found.runs, asked, slices)
    shown = exposure(asked.answered(found.runs[FUSION]), direction.candidate, split)
    notes = (*_notes(direction, every, asked), *found.notes)
    return Evaluation(direction, figures, (*found.gaps, *gaps), notes, shown)


def _slices(
    direction: Direction,
    train: Pairs,
    asked: Questions,
    languages: Mapping[Noun, Languages],
) -> dict[str, Mask | None]:
    """Slice → the pairs that are in it; None where that isn't known."""
    test = asked.pairs
    spoken, written = languages.get(direction.asker), languages.get(direction.candidate)
    known = (test, spoken, written) if spoken and written else None
    return {
        "warm": warm(train, test),
        f"cold_{direction.asker.value}": ~known_askers(train, test),
        f"cold_{direction.candidate.value}": ~known_candidates(train, test),
        "cross_language": cross_language(*known) if known else None,
        "zh_en": translated(*known, "zh", "en") if known else None,
        "en_zh": translated(*known, "en", "zh") if known else None,
    }


def _figures(
    direction: str,
    runs: Mapping[str, Run],
    asked: Questions,
    slices: Mapping[str, Mask | None],
) -> tuple[tuple[RelationFigure, ...], tuple[str, ...]]:
    """The figures of everything and of each slice, and a line for each slice without."""
    figures, gaps = list(_measured(direction, ALL, runs, asked)), []
    for name, kept in slices.items():
        if kept is None:
            gaps.append(f"{_name(direction, name)}: the languages aren't known")
            continue
        part = asked.part(kept)
        if len(part.qrels) < LEAST_QUERIES:
            gaps.append(_too_few(_name(direction, name), part))
        else:
            figures += _measured(direction, name, runs, part)
    return tuple(figures), tuple(gaps)


def _measured(
    direction: str, part: str, runs: Mapping[str, Run], asked: Questions
) -> Iterator[RelationFigure]:
    values = {
        system: measure(asked.answered(run), asked.qrels, METRICS) for system, run in runs.items()
    }
    for metric in METRICS:
        of_metric = {system: found[metric] for system, found in values.items()}
        estimates = {system: estimate(found) for system, found in of_metric.items()}
        against = _against(of_metric) if metric == PRIMARY else {}
        yield RelationFigure(direction, part, metric, estimates, against)


def _against(values: Mapping[str, Floats]) -> dict[str, Comparison]:
    there = [baseline for baseline in BASELINES if baseline in values]
    return {baseline: compare(values[FUSION], values[baseline]) for baseline in there}


def _name(direction: str, part: str) -> str:
    return f"{direction}, {part}" if part else direction


def _too_few(name: str, asked: Questions) -> str:
    return f"{name}: {len(asked.qrels)} judged queries, an interval needs {LEAST_QUERIES}"


def _notes(direction: Direction, every: Questions, asked: Questions) -> tuple[str, ...]:
    notes = []
    if every.unasked:
        notes.append(
            f"{direction.name}: {every.unasked} right answers are left out, as they weren't there "
            "before the day of the split or had expired"
        )
    if len(asked.qrels) < len(every.qrels):
        notes.append(f"{direction.name}: {len(asked.qrels)} of {len(every.qrels)} askers are drawn")
    return tuple(notes)
