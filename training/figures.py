"""How good a model is that doesn't know the last days, by what was taken up on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from matcher.bundle.manifest import Measured
from matcher.domain.enums import Language, Noun
from matcher.domain.item import Item
from matcher.errors import UsageError
from matcher.evaluate.reliability import Reliability, as_json
from matcher.evaluate.slices import Languages
from matcher.recommend.collections import Collections
from matcher.recommend.recipe import LEGS
from matcher.text.segment import is_chinese
from training.held_out_likelihoods import held_out_reliability
from training.lifetimes import lifetimes_of
from training.methods import Figures
from training.model_rank import ModelRank
from training.platform_eval import Evaluation, evaluate_relation
from training.platform_report import as_measured
from training.platform_split import Direction, Split, questions_of, split_feedback
from training.platform_systems import BASELINES, POPULARITY
from training.snapshot import Snapshot

DIRECTIONS = (
    Direction(Noun.NEED, Noun.OUTCOME),
    Direction(Noun.OUTCOME, Noun.NEED),
    Direction(Noun.NEED, Noun.MANAGER),
    Direction(Noun.MANAGER, Noun.NEED),
)
"""Who is measured: what a need and an outcome find, and who is found to carry it."""
MOST_ASKERS = 300
"""Askers of a direction in a training; a report asks more."""


def figures_of(made: Collections, snapshot: Snapshot, seed: int) -> Figures:
    """Ask collections that were learned from what `split_of` has before its day about what came
    since.

    The fusion beside popularity, and whom it would show. Nothing where the feedback can't be split.
    """
    return _measured(made, snapshot, seed)


def report_of(made: Collections, snapshot: Snapshot, seed: int) -> Figures:
    """The same with more askers, each leg alone, and every baseline."""
    return _measured(made, snapshot, seed, full=True)


def _measured(made: Collections, snapshot: Snapshot, seed: int, *, full: bool = False) -> Figures:
    split = split_of(made, snapshot)
    if split is None:
        return Figures()
    evaluations = tuple(
        evaluate_relation(
            ModelRank(made, split),
            split,
            direction,
            legs=LEGS if full else (),
            baselines=BASELINES if full else (POPULARITY,),
            languages=languages_of(made, split, direction),
            most=None if full else MOST_ASKERS,
            seed=seed,
        )
        for direction in DIRECTIONS
        if direction.candidate in split.alive
    )
    tables = _reliabilities(made, snapshot, split.day, seed)
    metrics = as_measured(evaluations) | _calibrated(tables)
    return Figures(metrics, evaluations, tables, _details(split, evaluations, tables))


def split_of(features: Collections, snapshot: Snapshot) -> Split | None:
    """What was known before the last fifth of what was taken up; None where it can't be split."""
    lifetimes = {
        noun: lifetimes_of(
            noun, model.candidates, snapshot.created.get(noun, {}), snapshot.feedback
        )
        for noun, model in features.models.items()
    }
    try:
        return split_feedback(snapshot.feedback, lifetimes)
    except UsageError:
        return None


def languages_of(
    features: Collections, split: Split, direction: Direction
) -> dict[Noun, Languages]:
    """Noun → id → its languages, of both sides of the pairs that are asked about."""
    pairs = questions_of(split, direction).pairs.names()
    sides = zip(*pairs, strict=True) if pairs else ((), ())
    return {
        noun: _languages(features, noun, set(ids))
        for noun, ids in zip((direction.asker, direction.candidate), sides, strict=True)
    }


def _languages(features: Collections, noun: Noun, ids: set[str]) -> Languages:
    candidates = features.models[noun].candidates
    items = (candidates[place] for place in candidates.places(sorted(ids)).tolist())
    return {item.id: frozenset(_spoken(item)) for item in items}


def _spoken(item: Item) -> set[str]:
    """Those that are stated; or else what each line of the text is written in."""
    if item.facts.languages or item.lang:
        return {*item.facts.languages, *([item.lang.value] if item.lang else [])}
    chinese = {is_chinese(line) for line in item.body.splitlines() if line.strip()}
    return {(Language.ZH if each else Language.EN).value for each in chinese}


def _reliabilities(
    made: Collections, snapshot: Snapshot, day: int, seed: int
) -> dict[str, Reliability]:
    found = {
        direction.name: held_out_reliability(made, snapshot.feedback, day, direction, seed)
        for direction in DIRECTIONS
    }
    return {name: table for name, table in found.items() if table is not None}


def _calibrated(tables: Mapping[str, Reliability]) -> dict[str, Measured]:
    return {
        f"{name}.{figure}": Measured(value, None, None)
        for name, table in tables.items()
        for figure, value in (("ece", table.ece), ("brier", table.brier))
    }


def _details(
    split: Split, evaluations: tuple[Evaluation, ...], tables: Mapping[str, Reliability]
) -> dict[str, Any]:
    return {
        "day": date.fromordinal(split.day).isoformat(),
        "reliability": {name: as_json(table) for name, table in tables.items()},
        "notes": [note for each in evaluations for note in each.notes],
        "gaps": [gap for each in evaluations for gap in each.gaps],
    }
