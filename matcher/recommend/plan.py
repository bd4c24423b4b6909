"""A docking plan as arrays: pairs of need and outcome to managers, under quotas, for most value.

Equal input gives an equal plan: entries are put into the order of pairs and managers before they
are solved, and of several plans of the same value it is the one that the solver comes to first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.domain.plan import Shortfall, Unmet
from matcher.errors import InvalidValue, UsageError
from matcher.recommend.plan_program import Chosen, Limit, Program, Values, Whole

NOBODY = -1
"""The manager of a pair that got none."""
RECOMMENDED_FAIRNESS = 0.25
MOST_LOST = 0.04
"""The share of the value that a fairness of 1 may cost."""
_FIRST_WEIGHT = 0.2
_ROUNDS = 3
_FASTER = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Permitted:
    """Who may carry what: `managers[i]` may carry `pairs[i]`, which is worth `values[i]`, 0 to 1.

    needs, outcomes: int[pairs], which of them each pair is made of. conflicted: bool[pairs],
    whether a conflict of interest took managers away from the pair. A pair may have no entry.
    """

    pairs: Whole
    managers: Whole
    values: Values
    needs: Whole
    outcomes: Whole
    conflicted: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan has to keep to. None: no limit.

    per_need, per_outcome: pairs of one need or outcome at most. floor, 0 to 1: what a pair has to
    be worth. fairness, 0 to 1: spread the load, at the cost of `MOST_LOST` · fairness of the value
    at most. Raises UsageError.
    """

    per_need: int | None = None
    per_outcome: int | None = None
    floor: float | None = None
    fairness: float = 0.0

    def __post_init__(self) -> None:
        for name in ("floor", "fairness"):
            if (share := getattr(self, name)) is not None and not 0 <= share <= 1:
                raise UsageError(f"A {name} of {share} is not in [0, 1].")
        for name in ("per_need", "per_outcome"):
            if (most := getattr(self, name)) is not None and most < 1:
                raise UsageError(f"{name} can't be {most}.", hint="Allow 1 or more.")


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """The plan. managers: int64[pairs], NOBODY for none; values: float64[pairs], 0 for none.

    unmet: by pair, the rule that left it without a manager. short: by manager, how many pairs of
    the least they lack, and why. best: the value that could be had without spreading the load.
    """

    managers: Whole
    values: Values
    unmet: dict[int, Unmet]
    short: dict[int, tuple[int, Shortfall]]
    best: float

    @property
    def value(self) -> float:
        """The sum over all pairs that were given to somebody."""
        return float(self.values.sum())


def assign(
    permitted: Permitted, least: Whole, most: Whole, terms: Terms | None = None
) -> Assignment:
    """Give each pair to one manager at most, and each manager `least` to `most` pairs.

    least, most: int[managers]; where all of the least can't be had, as few as possible are
    missing. A pair worth nothing, or less than the floor, isn't given to anybody. Raises
    InvalidValue for values outside [0, 1].
    """
    terms = terms or Terms()
    _require_values(permitted.values)
    entries = _ordered(permitted, terms.floor or 0)
    managers = np.full(len(permitted.needs), NOBODY, np.int64)
    values = np.zeros(len(managers))
    best = 0.0
    if len(entries.values):
        limits = _limits(entries, terms)
        program = Program(entries.pairs, entries.managers, entries.values, least, most, limits)
        chosen, best = _spread(program, entries, most, terms.fairness)
        managers[entries.pairs[chosen]] = entries.managers[chosen]
        values[entries.pairs[chosen]] = entries.values[chosen]
    unmet = _unmet(permitted, entries, managers, terms)
    return Assignment(managers, values, unmet, _short(entries, managers, least, most), best)


def _require_values(values: Values) -> None:
    wrong = ~((values >= 0) & (values <= 1))
    if wrong.any():
        raise InvalidValue(
            f"A pair can't be worth {values[wrong][0]}.", field="value", hint="Give 0 to 1."
        )


def _ordered(permitted: Permitted, floor: float) -> Permitted:
    """The entries that are worth enough, by pair, then by manager."""
    order = np.lexsort((permitted.managers, permitted.pairs))
    values = permitted.values[order]
    order = order[(values > 0) & (values >= floor)]
    return Permitted(
        permitted.pairs[order],
        permitted.managers[order],
        permitted.values[order],
        permitted.needs,
        permitted.outcomes,
        permitted.conflicted,
    )


def _limits(entries: Permitted, terms: Terms) -> list[Limit]:
    both = ((entries.needs, terms.per_need), (entries.outcomes, terms.per_outcome))
    return [Limit(groups, most) for groups, most in both if most is not None]


def _spread(
    program: Program, entries: Permitted, most: Whole, fairness: float
) -> tuple[Chosen, float]:
    """The choice whose loads are nearest to each other at the loss allowed, and the best value.

    What a bonus costs grows about with the square of its weight, so that a few steps lead near
    the loss that is allowed; none is kept that costs more.
    """
    kept = program.best()
    best = float(entries.values[kept].sum())
    allowed, weight, too_much = MOST_LOST * fairness, _FIRST_WEIGHT, np.inf
    for _ in range(_ROUNDS if fairness and best else 0):
        steps = weight * _ladder(kept, entries, most)
        chosen = program.best(steps)
        lost = 1 - float(entries.values[chosen].sum()) / best
        if lost <= allowed:
            kept = chosen
        else:
            too_much = min(too_much, weight)
        faster = min(np.sqrt(allowed / max(lost, 1e-9)), _FASTER)
        weight = min(weight * faster, 0.9 * too_much)
    return kept, best


def _ladder(chosen: Chosen, entries: Permitted, most: Whole) -> Values:
    """float64[steps]: from the mean value of a pair down to nothing at twice the mean load."""
    mean = chosen.sum() / max(1, np.count_nonzero(most))
    count = max(1, min(int(np.ceil(2 * mean)), int(most.max())))
    scale = float(entries.values[chosen].mean())
    return np.asarray(scale * (1 - np.arange(count) / count), np.float64)


def _unmet(
    permitted: Permitted, entries: Permitted, managers: Whole, terms: Terms
) -> dict[int, Unmet]:
    listed = _counts(permitted.pairs, len(managers)) > 0
    worth = _counts(entries.pairs, len(managers)) > 0
    limited = np.zeros(len(managers), bool)
    for limit in _limits(entries, terms):
        limited |= (
            _counts(limit.groups[managers != NOBODY], limit.groups.max() + 1)[limit.groups]
            >= limit.most
        )
    rules: dict[int, Unmet] = {}
    for pair in np.flatnonzero(managers == NOBODY).tolist():
        if not listed[pair]:
            rules[pair] = Unmet.CONFLICT if permitted.conflicted[pair] else Unmet.NO_MANAGER
        elif not worth[pair]:
            rules[pair] = Unmet.BELOW_FLOOR
        else:
            rules[pair] = Unmet.LIMIT if limited[pair] else Unmet.QUOTA
    return rules


def _counts(codes: Whole, length: int = 0) -> Whole:
    return np.bincount(codes, minlength=length)


def _short(
    entries: Permitted, managers: Whole, least: Whole, most: Whole
) -> dict[int, tuple[int, Shortfall]]:
    loads = np.bincount(managers[managers != NOBODY], minlength=len(least))
    fitting = np.bincount(entries.managers, minlength=len(least))
    found: dict[int, tuple[int, Shortfall]] = {}
    for one in np.flatnonzero(loads < least).tolist():
        if loads[one] >= most[one]:
            why = Shortfall.NO_ROOM
        else:
            why = Shortfall.NO_PAIR if fitting[one] < least[one] else Shortfall.SHARED
        found[one] = (int(least[one] - loads[one]), why)
    return found
