"""The lists of a month: made by the product's own composition, and what people did with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import Noun
from matcher.recommend.collections import Collections
from matcher.recommend.worklist import Pairs, Row, Slots, compose
from training.experiments.stage import Rows, Scores, Stage
from training.simulation.behaviour import react
from training.simulation.reactions import Reactions

OUTCOMES_EACH = 10
NEEDS_EACH = 40
"""Needs that are looked at for a manager, and outcomes of each."""
FRESH_DAYS = 90
"""As the product's worklist has it."""

Shown = Sequence[Row]
Order = Callable[[Stage, Shown], Shown]
"""A list as it is composed → as it is shown."""


@dataclass(slots=True)
class Handled:
    """What doesn't come back: pairs that somebody took up, and what a manager declined."""

    taken: set[tuple[int, int]] = field(default_factory=set)
    declined: set[tuple[int, int, int]] = field(default_factory=set)

    def note(self, reactions: Reactions) -> None:
        """Add what people did."""
        rows = zip(
            reactions.managers.tolist(),
            reactions.needs.tolist(),
            reactions.outcomes.tolist(),
            reactions.accepted.tolist(),
            reactions.declined_at_once.tolist(),
            strict=True,
        )
        for manager, need, outcome, accepted, declined in rows:
            if accepted:
                self.taken.add((need, outcome))
            if declined:
                self.declined.add((manager, need, outcome))

    def free(self, manager: int, needs: Rows, outcomes: Rows) -> npt.NDArray[np.bool_]:
        """Which pairs a manager may still be shown."""
        pairs = list(zip(needs.tolist(), outcomes.tolist(), strict=True))
        return np.array(
            [pair not in self.taken and (manager, *pair) not in self.declined for pair in pairs],
            bool,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Month:
    """All pairs that may be shown in a month. suited: float64[managers, pairs]."""

    needs: Rows
    outcomes: Rows
    values: Scores
    suited: npt.NDArray[np.float64]
    best_needs: npt.NDArray[np.bool_]


def as_composed(_: Stage, rows: Shown) -> Shown:
    """The product's order: the best first, explored ones in slots drawn by chance."""
    return rows


def month_of(stage: Stage, collections: Collections, day: int) -> Month:
    """The best outcomes of every need that is there on a day, ranked by these models."""
    ranked = stage.outcomes(collections, day, OUTCOMES_EACH)
    asked = np.array(list(ranked), np.int64)
    at = np.repeat(np.arange(len(asked)), [len(rows) for rows, _ in ranked.values()])
    outcomes = np.concatenate([rows for rows, _ in ranked.values()])
    values = np.concatenate([scores for _, scores in ranked.values()])
    offered, place = np.unique(outcomes, return_inverse=True)
    by_need = stage.suitabilities(collections, Noun.NEED, asked, day).T
    by_outcome = stage.suitabilities(collections, Noun.OUTCOME, offered, day).T
    ranks = np.argsort(np.argsort(-by_need, axis=1, kind="stable"), axis=1)
    return Month(
        asked[at],
        outcomes,
        np.clip(values, 0.0, 1.0),
        (by_need[:, at] + by_outcome[:, place]) / 2,
        (ranks < NEEDS_EACH)[:, at],
    )


def show(
    stage: Stage,
    month: Month,
    day: int,
    slots: Slots,
    handled: Handled,
    rng: np.random.Generator,
    order: Order = as_composed,
) -> Reactions:
    """Each manager's list of a day, and what they do with it; `handled` is told."""
    rows: list[tuple[int, int, Row]] = []
    for manager in range(stage.world.size.managers):
        pairs = _pairs(stage, month, manager, day, handled)
        shown = order(stage, compose(pairs, slots, f"{stage.world.seed}/{manager}/{day}"))
        rows += [(manager, position, row) for position, row in enumerate(shown, start=1)]
    reactions = react(
        stage.world,
        rng,
        np.array([manager for manager, _, _ in rows], np.int32),
        np.array([int(row.need) for _, _, row in rows], np.int32),
        np.array([int(row.outcome) for _, _, row in rows], np.int32),
        np.array([position for _, position, _ in rows], np.int32),
        day,
        propensities=np.array([row.propensity for _, _, row in rows]),
        explored=np.array([row.explored for _, _, row in rows], bool),
    )
    handled.note(reactions)
    return reactions


def _pairs(stage: Stage, month: Month, manager: int, day: int, handled: Handled) -> Pairs:
    """What may be shown to a manager; ids are rows as words."""
    kept = month.best_needs[manager] & handled.free(manager, month.needs, month.outcomes)
    needs, outcomes = month.needs[kept], month.outcomes[kept]
    return Pairs(
        tuple(map(str, needs.tolist())),
        tuple(map(str, outcomes.tolist())),
        month.values[kept],
        month.suited[manager][kept],
        np.ones(len(needs)),
        np.asarray(stage.world.outcomes.updated[outcomes] > day - FRESH_DAYS, bool),
    )
