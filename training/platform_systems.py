"""The systems that are measured side by side: a model, its legs alone, and simple baselines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from matcher.domain.enums import Noun
from matcher.evaluate import ials
from matcher.evaluate.baselines import chance, popularity
from matcher.evaluate.metrics import Run
from matcher.evaluate.pairs import Pairs
from matcher.evaluate.questions import Questions
from training.evaluate import FUSION
from training.platform_split import Direction

POPULARITY, IALS, CHANCE = "popularity", "iALS", "chance"
BASELINES = (POPULARITY, IALS)
"""What the fusion is compared with."""


class Rank(Protocol):
    """A model, as something that ranks allowed candidates for askers."""

    def __call__(
        self,
        asker: Noun,
        candidate: Noun,
        asker_ids: Sequence[str],
        allowed: frozenset[str],
        weights: Mapping[str, float] | None,
        /,
    ) -> Run:
        """The best of `allowed` for each asker, best first, each once.

        weights: of the legs, None for the model's own. It needn't go deeper than 100 places
        beyond what an asker is known with. An asker that it leaves out is answered wrongly.
        """


@dataclass(frozen=True, slots=True)
class Systems:
    """System → its answers. gaps: those that are missing, and why. notes: how they came to be."""

    runs: Mapping[str, Run]
    gaps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def systems(
    rank: Rank,
    direction: Direction,
    train: Pairs,
    asked: Questions,
    legs: Sequence[str],
    baselines: Sequence[str] = BASELINES,
    seed: int = 0,
) -> Systems:
    """Each leg of a model alone, the baselines that learn from `train`, chance, and the model."""
    weights = {leg: {other: float(other == leg) for other in legs} for leg in legs}
    runs = {system: _ranked(rank, direction, asked, alone) for system, alone in weights.items()}
    runs[CHANCE] = chance(asked.places, asked.allowed, seed)
    if POPULARITY in baselines:
        runs[POPULARITY] = popularity(train, asked.places, asked.allowed)
    fusion = _ranked(rank, direction, asked, None)
    if IALS not in baselines:
        return Systems({**runs, FUSION: fusion})
    if not ials.is_installed():
        gap = f"{direction.name}: {IALS} is skipped, the extra `bench` is not installed"
        return Systems({**runs, FUSION: fusion}, (gap,))
    tuned = ials.tune(train, seed=seed)
    runs[IALS] = ials.fit(train, tuned.settings, seed).rank(asked.places, asked.allowed)
    note = f"{direction.name}: {IALS} with {ials.in_words(tuned)}"
    return Systems({**runs, FUSION: fusion}, notes=(note,))


def _ranked(
    rank: Rank, direction: Direction, asked: Questions, weights: Mapping[str, float] | None
) -> Run:
    askers = tuple(asked.qrels)
    return rank(direction.asker, direction.candidate, askers, asked.allowed, weights)
