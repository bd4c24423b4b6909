"""How people react to the lists that they are shown: examine, accept, decline, and carry on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import DeclineReason
from training.simulation.population import NO_END, Codes, Small
from training.simulation.reactions import CHAIN, END, UNTOUCHED, Exit, Reactions, furthest_of
from training.simulation.truth import Array, Cause, Floats
from training.simulation.world import World

REASONS = {
    Cause.TOPIC: DeclineReason.NOT_STRATEGIC,
    Cause.SCHOOL: DeclineReason.SCIENTIFIC_OBJECTION,
    Cause.QUALITY: DeclineReason.BENEFIT_UNCLEAR,
    Cause.TRL: DeclineReason.TOO_EARLY,
    Cause.REGION: DeclineReason.REGION,
    Cause.PRICE: DeclineReason.PRICE,
    Cause.DETAIL: DeclineReason.DESCRIPTION_UNCLEAR,
    Cause.STALE: DeclineReason.STALE_LISTING,
}
"""What a person says who declines for a cause."""

OF_THE_MANAGER = DeclineReason.NO_CAPACITY
"""What a person says who isn't the one for the pair."""

# Of what goes wrong after acceptance; the rest stays open.
_EXITS = {Exit.DECLINED: 0.5, Exit.EXPIRED: 0.15, Exit.WITHDRAWN: 0.1, Exit.OPEN: 0.25}
_PLACES = {reason: place for place, reason in enumerate(DeclineReason)}
_CODES = np.array([_PLACES[reason] for reason in (*REASONS.values(), OF_THE_MANAGER)], np.int8)
# A manager's lacks are many and mostly small beside what is wrong with a pair.
_MANAGERS_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Habits:
    """How people are. eta: how steeply attention falls with the position.

    declines: how often somebody says so who doesn't take up what they looked at. A step of the
    chain succeeds with slowest_step to surest_step, days_of_a_step on average after the last.
    """

    eta: float = 1.0
    declines: float = 0.4
    slowest_step: float = 0.35
    surest_step: float = 0.97
    days_of_a_step: float = 8.0


HABITS = Habits()


def examination(positions: Array, eta: float) -> Floats:
    """The probability that a position is looked at: (1 / position) ^ eta."""
    return np.asarray((1.0 / np.asarray(positions)) ** eta, np.float64)


def react(
    world: World,
    rng: np.random.Generator,
    managers: int | Array,
    needs: Array,
    outcomes: Array,
    positions: Array,
    days: int | Array,
    *,
    propensities: float | Array = 1.0,
    explored: bool | Array = False,
    habits: Habits = HABITS,
) -> Reactions:
    """What comes of lists that are shown, all of their future included (see `Reactions.known`).

    A row for each pair, list after list: a new one begins where the position doesn't rise, or
    manager or day change. managers, needs, outcomes: rows of the world. positions: from 1. days:
    ordinals. One value stands for as many as there are needs.
    """
    columns = (managers, needs, outcomes, days, positions)
    shown = _Shown(*(_each(column, np.asarray(needs), np.int32) for column in columns))
    examined = rng.random(len(needs)) < examination(shown.positions, habits.eta)
    fate = _fate(world, rng, shown, examined, habits)
    return Reactions(
        **shown._asdict(),
        lists=_lists(shown),
        propensities=_each(propensities, needs, np.float64),
        explored=_each(explored, needs, np.bool_),
        examined=examined,
        furthest=furthest_of(fate.steps),
        exits=fate.exits,
        reasons=_reasons(world, rng, fate.exits, shown),
        steps=fate.steps,
    )


class _Shown(NamedTuple):
    """The rows of lists, as in Reactions."""

    managers: Codes
    needs: Codes
    outcomes: Codes
    days: Codes
    positions: Codes


class Walk(NamedTuple):
    """How pairs go on. steps as in Reactions, exits of Exit."""

    steps: Codes
    exits: Small


def _fate(
    world: World,
    rng: np.random.Generator,
    shown: _Shown,
    examined: npt.NDArray[np.bool_],
    habits: Habits,
) -> Walk:
    """What becomes of each pair. Who looks takes it up, or says no, or passes over it."""
    managers, needs, outcomes, days, _ = shown
    truth = world.pair_truth(needs, outcomes, days)
    chances = truth * world.manager_truth(managers, needs, outcomes)
    accepted = examined & (rng.random(len(needs)) < chances)
    refused = examined & ~accepted & (rng.random(len(needs)) < habits.declines)
    steps = np.full((len(needs), END + 1), NO_END, np.int32)
    exits = np.where(refused, Exit.DECLINED, Exit.OPEN).astype(np.int8)
    steps[refused, END] = days[refused]
    taken = np.flatnonzero(accepted)
    answering = world.responsiveness(needs[taken], outcomes[taken])
    steps[taken], exits[taken] = carry_on(rng, truth[taken], answering, days[taken], habits)
    return Walk(steps, exits)


def carry_on(
    rng: np.random.Generator, truth: Floats, answering: Floats, days: Codes, habits: Habits
) -> Walk:
    """How far accepted pairs come, the better the truer and the readier those who have to answer.

    truth, answering: float64[n] in [0, 1]. days: of the acceptance.
    """
    count, later = len(days), len(CHAIN) - 1
    sure = habits.slowest_step + (habits.surest_step - habits.slowest_step) * truth * answering
    passed = np.cumprod(rng.random((count, later)) < sure[:, None], axis=1).astype(bool)
    waits = 1 + rng.exponential(habits.days_of_a_step, (count, later + 1)).astype(np.int32)
    dates = days[:, None] + np.cumsum(np.column_stack([np.zeros(count, np.int32), waits]), axis=1)
    steps = np.full((count, END + 1), NO_END, np.int32)
    steps[:, 0] = days
    steps[:, 1:END] = np.where(passed, dates[:, 1:END], NO_END)
    reached = passed.sum(axis=1)
    exits = rng.choice(list(_EXITS), count, p=list(_EXITS.values()))
    exits = np.where(reached == later, Exit.OPEN, exits).astype(np.int8)
    ends = dates[np.arange(count), reached + 1]
    steps[:, END] = np.where(exits == Exit.OPEN, NO_END, ends)
    return Walk(steps, exits)


def draw_reasons(rng: np.random.Generator, costs: Floats) -> Small:
    """Why pairs are declined: places in DeclineReason.

    costs: float64[n, causes + 1], the last of the manager. A cause is named with a probability
    that goes with the square of its cost, so that the main one mostly is; what costs nothing
    never is, but the benefit where nothing does.
    """
    squares = np.clip(costs, 0, None) ** 2
    squares[squares.sum(axis=1) == 0, Cause.QUALITY] = 1.0
    bounds = np.cumsum(squares, axis=1)
    drawn = (rng.random(len(costs)) * bounds[:, -1])[:, None] >= bounds
    return np.asarray(_CODES[drawn.sum(axis=1)], np.int8)


def _reasons(world: World, rng: np.random.Generator, exits: Small, shown: _Shown) -> Small:
    """The reason of each declined pair, UNTOUCHED for the others."""
    managers, needs, outcomes, days, _ = shown
    rows = np.flatnonzero(exits == Exit.DECLINED)
    lacks = world.manager_costs(managers[rows], needs[rows], outcomes[rows]).sum(axis=1)
    costs = world.pair_costs(needs[rows], outcomes[rows], days[rows])
    reasons = np.full(len(exits), UNTOUCHED, np.int8)
    reasons[rows] = draw_reasons(rng, np.column_stack([costs, _MANAGERS_SHARE * lacks]))
    return reasons


def _lists(shown: _Shown) -> npt.NDArray[np.int64]:
    begins = np.ones(len(shown.days), bool)
    begins[1:] = np.diff(shown.positions) <= 0
    begins[1:] |= (np.diff(shown.managers) != 0) | (np.diff(shown.days) != 0)
    return (np.cumsum(begins) - 1).astype(np.int64)


def _each(values: float | Array, like: Array, dtype: npt.DTypeLike) -> Array:
    """An array of its own as long as `like`."""
    return np.array(np.broadcast_to(np.asarray(values, dtype), like.shape))
