"""How good a ranking is against the truth, which only a synthetic platform knows.

The grade of a pair is the probability that a suitable manager takes it up, in per cent, so that
the gain of a list is the number of pairs expected to be taken up, discounted by position. Unlike
what people accepted it doesn't depend on what was shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matcher.domain.enums import Noun
from matcher.evaluate.metrics import Floats, measure
from matcher.recommend.collections import Collections
from training.experiments.stage import Ranked, Rows, Stage
from training.simulation.reactions import Reactions
from training.simulation.world import World

METRIC = "nDCG@10"
DEPTH = 10
Grades = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Yardstick:
    """The questions of a day: each need that is there, and what each outcome is worth to it."""

    stage: Stage
    day: int
    grades: Grades

    @classmethod
    def at(cls, stage: Stage, day: int) -> Yardstick:
        """By the truth."""
        world = stage.world
        needs = np.flatnonzero(world.alive(Noun.NEED, day))
        outcomes = np.flatnonzero(world.alive(Noun.OUTCOME, day))
        grades = {str(need): _graded(world, need, outcomes, day) for need in needs.tolist()}
        return cls(stage, day, grades)

    def ndcg(self, collections: Collections) -> Floats:
        """float64[needs]: of the ranking of each need by these models."""
        return ndcg(self.stage.outcomes(collections, self.day, DEPTH), self.grades)


def ndcg(ranked: Mapping[int, Ranked], grades: Grades) -> Floats:
    """float64[grades]: of each ranking, nothing for a need that wasn't ranked."""
    run = {str(need): _named(*found) for need, found in ranked.items()}
    return measure(run, grades, [METRIC])[METRIC]


def accepted_grades(reactions: Reactions) -> Grades:
    """1 for each pair that somebody took up: what a real platform has to judge by."""
    found: dict[str, dict[str, int]] = {}
    kept = reactions.where(reactions.accepted)
    for need, outcome in zip(kept.needs.tolist(), kept.outcomes.tolist(), strict=True):
        found.setdefault(str(need), {})[str(outcome)] = 1
    return found


def _graded(world: World, need: int, outcomes: Rows, day: int) -> dict[str, int]:
    truth = world.pair_truth(np.full(len(outcomes), need), outcomes, day)
    per_cent = np.round(100 * truth).astype(int).tolist()
    pairs = zip(outcomes.tolist(), per_cent, strict=True)
    return {str(outcome): grade for outcome, grade in pairs if grade}


def _named(rows: Rows, scores: Floats) -> list[tuple[str, float]]:
    return list(zip(map(str, rows.tolist()), scores.tolist(), strict=True))
