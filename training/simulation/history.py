"""A history without a model: what a simple policy would have shown, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import count

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import Noun
from matcher.errors import UsageError
from training.simulation.behaviour import HABITS, Habits, react
from training.simulation.capacity import capacity, left
from training.simulation.policy import SLOTS, draw_pairs, noisy_truth, pick
from training.simulation.population import Codes
from training.simulation.reactions import Reactions
from training.simulation.truth import Array, Floats
from training.simulation.world import World

POOL = 30
"""Pairs that a list is picked from."""

MOST_EVENTS = 10_000_000
_LISTS_AT_ONCE = 10_000
_ROUNDS = 4
"""Rounds of lists in any case; more, as long as each finds half of what is missing."""
_MORE_THAN_NEEDED = 1.2


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """Pairs that are shown, list after list; see Reactions for the arrays."""

    managers: Codes
    needs: Codes
    outcomes: Codes
    days: Codes
    lists: npt.NDArray[np.int64]
    propensities: Floats
    explored: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.days)

    def where(self, kept: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> _Shown:
        return _Shown(**{each.name: getattr(self, each.name)[kept] for each in fields(self)})


def make_history(world: World, events: int, *, habits: Habits = HABITS) -> Reactions:
    """Lists with so many pairs over all days of the world, and the reactions to them.

    No manager is shown a pair twice. Where the policy hardly finds new ones, the rest is drawn
    from all that is left, each row a list of its own. Raises UsageError for a number that can't be
    asked for, and where the world has too few pairs for it.
    """
    if not 0 <= events <= MOST_EVENTS:
        raise UsageError(
            f"A history can't have {events} events.", hint=f"Ask for 0 to {MOST_EVENTS}."
        )
    if events > (most := capacity(world)):
        raise UsageError(
            f"There are not enough pairs for {events} events: {most} can be shown.",
            hint="Ask for more records or fewer events.",
        )
    rng = np.random.default_rng([world.seed, events])
    shown = _positioned(_cut(rng, _enough(world, rng, events), events))
    return react(
        world,
        rng,
        shown.managers,
        shown.needs,
        shown.outcomes,
        _positions(shown.lists),
        shown.days,
        propensities=shown.propensities,
        explored=shown.explored,
        habits=habits,
    )


def _enough(world: World, rng: np.random.Generator, events: int) -> _Shown:
    """Rounds of lists until there are enough different pairs; after some, what is left."""
    found = _lists(world, rng, 1, 0)
    if events <= len(found):
        found = _different(found)
    for turn in count(1):
        missing, before = events - len(found), len(found)
        if missing <= 0:
            break
        lists = int(_MORE_THAN_NEEDED * missing / SLOTS) + 10
        more = _lists(world, rng, lists, int(found.lists.max(initial=-1)) + 1)
        found = _different(_joined([found, more]))
        if turn >= _ROUNDS and 2 * (len(found) - before) < missing:
            break
    missing = events - len(found)
    return found if missing <= 0 else _joined([found, _rest(world, rng, found, missing)])


def _rest(world: World, rng: np.random.Generator, found: _Shown, missing: int) -> _Shown:
    """So many of the rows that nobody was shown, all of them equally likely."""
    drawn = left(world, rng, found.managers, found.needs, found.outcomes, missing)
    chance = missing / (capacity(world) - len(found))
    return _Shown(
        managers=drawn.managers.astype(np.int32),
        needs=drawn.needs.astype(np.int32),
        outcomes=drawn.outcomes.astype(np.int32),
        days=drawn.days.astype(np.int32),
        lists=int(found.lists.max(initial=-1)) + 1 + np.arange(missing, dtype=np.int64),
        propensities=np.full(missing, chance),
        explored=np.ones(missing, bool),
    )


def _lists(world: World, rng: np.random.Generator, count: int, first: int) -> _Shown:
    days = np.sort(rng.integers(0, world.size.days, count)) + world.start.toordinal()
    managers = rng.integers(0, len(world.managers), count)
    numbers = first + np.arange(count, dtype=np.int64)
    cuts = range(_LISTS_AT_ONCE, count, _LISTS_AT_ONCE)
    parts = (np.split(one, cuts) for one in (managers, days, numbers))
    return _joined([_some(world, rng, *each) for each in zip(*parts, strict=True)])


def _some(
    world: World,
    rng: np.random.Generator,
    managers: Array,
    days: Array,
    numbers: npt.NDArray[np.int64],
) -> _Shown:
    """The lists of these managers and days."""
    m, d = np.repeat(managers, POOL), np.repeat(days, POOL)
    needs, outcomes = draw_pairs(world, rng, m)
    there = world.alive_rows(Noun.NEED, needs, d) & world.alive_rows(Noun.OUTCOME, outcomes, d)
    scores = np.where(there, noisy_truth(world, rng, m, needs, outcomes, d), -np.inf)
    picks = pick(rng, scores.reshape(-1, POOL))
    rows, slots = np.nonzero(picks.filled)
    places = rows * POOL + picks.places[rows, slots]
    return _Shown(
        managers=m[places].astype(np.int32),
        needs=needs[places].astype(np.int32),
        outcomes=outcomes[places].astype(np.int32),
        days=d[places].astype(np.int32),
        lists=numbers[rows],
        propensities=picks.propensities[rows, slots],
        explored=picks.explored[rows, slots],
    )


def _different(shown: _Shown) -> _Shown:
    """Each need and outcome once for each manager: the first time."""
    triples = np.column_stack([shown.managers, shown.needs, shown.outcomes])
    _, firsts = np.unique(triples, axis=0, return_index=True)
    return shown.where(np.sort(firsts))


def _cut(rng: np.random.Generator, shown: _Shown, events: int) -> _Shown:
    """So many rows: whole lists drawn by chance, of the last one the best."""
    turns = rng.permutation(int(shown.lists.max(initial=0)) + 1)
    return shown.where(np.argsort(turns[shown.lists], kind="stable")[:events])


def _positioned(shown: _Shown) -> _Shown:
    """The rows in order of time; a list keeps its order."""
    return shown.where(np.lexsort((shown.lists, shown.days)))


def _positions(lists: npt.NDArray[np.int64]) -> Codes:
    """1, 2, … within each run of one number."""
    begins = np.flatnonzero(np.concatenate([[True], lists[1:] != lists[:-1]]))
    sizes = np.diff(np.concatenate([begins, [len(lists)]]))
    return (np.arange(len(lists)) - np.repeat(begins, sizes) + 1).astype(np.int32)


def _joined(parts: list[_Shown]) -> _Shown:
    return _Shown(
        **{
            each.name: np.concatenate([getattr(part, each.name) for part in parts])
            for each in fields(_Shown)
        }
    )
