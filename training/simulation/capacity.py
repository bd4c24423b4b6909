"""How much a world has to show: each need and outcome that are there on one day, to each manager.

A policy that draws its pairs comes to few new ones near that number; the rest is drawn here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd, prod
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from training.simulation.population import Listed
from training.simulation.world import World

Rows = npt.NDArray[np.int64]
_BLOCK = 1 << 20
_LONGEST_STEP = 1 << 42
"""So that steps within a block stay in int64."""


class Left(NamedTuple):
    """What wasn't shown yet: int64[n] each, one of the days on which both are there."""

    managers: Rows
    needs: Rows
    outcomes: Rows
    days: Rows


@dataclass(frozen=True, slots=True, eq=False)
class _Stay:
    """From which day to which each is there, within the days of the world."""

    first: Rows
    last: Rows

    @classmethod
    def of(cls, world: World, party: Listed) -> Self:
        begin, end = world.start.toordinal(), world.end.toordinal()
        first = np.maximum(party.created.astype(np.int64), begin)
        return cls(first, np.minimum(party.expires.astype(np.int64), end - 1))

    def at_all(self) -> _Stay:
        there = self.first <= self.last
        return _Stay(self.first[there], self.last[there])


def capacity(world: World) -> int:
    """How many different rows lists can have: a need and an outcome, shown to a manager."""
    needs, outcomes = (_Stay.of(world, party).at_all() for party in (world.needs, world.outcomes))
    gone = np.searchsorted(np.sort(outcomes.last), needs.first, side="left").sum()
    later = len(outcomes.first) - np.searchsorted(np.sort(outcomes.first), needs.last, side="right")
    pairs = len(needs.first) * len(outcomes.first) - int(gone) - int(later.sum())
    return pairs * len(world.managers)


def left(
    world: World,
    rng: np.random.Generator,
    managers: npt.ArrayLike,
    needs: npt.ArrayLike,
    outcomes: npt.ArrayLike,
    count: int,
) -> Left:
    """`count` rows by chance that aren't among those that were shown, fewer where that is all."""
    sides = (len(world.managers), len(world.needs), len(world.outcomes))
    parties = tuple(np.asarray(each, np.int64) for each in (managers, needs, outcomes))
    shown = np.ravel_multi_index(parties, sides)
    parts: list[Left] = []
    for keys in _shuffled(rng, prod(sides)):
        missing = count - sum(len(part.days) for part in parts)
        m, n, o = np.unravel_index(keys[~np.isin(keys, shown)], sides)
        parts.append(_there(world, rng, m, n, o, missing))
        if len(parts[-1].days) == missing:
            break
    return Left(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _there(world: World, rng: np.random.Generator, m: Rows, n: Rows, o: Rows, most: int) -> Left:
    """The first so many of which need and outcome are there on one day."""
    needs, outcomes = _Stay.of(world, world.needs), _Stay.of(world, world.outcomes)
    first = np.maximum(needs.first[n], outcomes.first[o])
    last = np.minimum(needs.last[n], outcomes.last[o])
    rows = np.flatnonzero(first <= last)[:most]
    return Left(m[rows], n[rows], o[rows], rng.integers(first[rows], last[rows] + 1))


def _shuffled(rng: np.random.Generator, count: int) -> Iterator[Rows]:
    """0 to `count` - 1, each once, in blocks: steps of a length that shares no divisor with it."""
    start, step = int(rng.integers(count)), 1
    while count > 2:
        step = int(rng.integers(1, min(count, _LONGEST_STEP)))
        if gcd(step, count) == 1:
            break
    for begin in range(0, count, _BLOCK):
        steps = np.arange(min(_BLOCK, count - begin), dtype=np.int64) * step
        yield (steps + (start + begin * step) % count) % count
