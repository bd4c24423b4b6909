"""A manager's list for a day: the best pairs, few of a kind, and some that are hardly known yet.

Of the slots most take the best pairs by score. A tenth explore: slots drawn by chance get pairs
drawn by chance, all alike, from those that are fresh, good enough, and not among the best. Without
that, what was never shown would never be judged.

The seed decides every draw, and each pair draws a number of its own, so that a pair that comes or
goes leaves the others where they are.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from matcher.errors import UsageError
from matcher.recommend.fusion import Scores

FEWEST_TO_EXPLORE = 5
"""Slots from which on one of them explores."""
PAIR, SUITABILITY, ROOM = "pair", "suitability", "room"
_WORD = 8


@dataclass(frozen=True, slots=True)
class Slots:
    """How a list is filled.

    per_need, per_outcome: pairs of one need or outcome at most. explore: the share of slots that
    explore. floor: the pair value from which on a pair may be explored. Raises UsageError.
    """

    count: int = 20
    per_need: int = 2
    per_outcome: int = 2
    explore: float = 0.1
    floor: float = 0.05

    def __post_init__(self) -> None:
        if min(self.count, self.per_need, self.per_outcome) < 1:
            raise UsageError("A list has no place for that few.", hint="Ask for 1 or more.")
        if not 0 <= self.explore <= 1:
            raise UsageError(f"A share of {self.explore} is not in [0, 1].", field="explore")

    @property
    def exploring(self) -> int:
        """How many slots explore where there is enough to explore."""
        if self.count < FEWEST_TO_EXPLORE or not self.explore:
            return 0
        return max(1, round(self.explore * self.count))


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """n pairs that may be shown, each once.

    values: float64[n] in [0, 1], how well need and outcome go together. suitabilities: float64[n]
    in [0, 1], how well both go with the manager. rooms: float64[n] in [0, 1], the manager's free
    capacity. fresh: bool[n], listed lately or hardly ever shown. Raises UsageError for a pair that
    is there twice and for numbers outside of [0, 1].
    """

    needs: tuple[str, ...]
    outcomes: tuple[str, ...]
    values: Scores
    suitabilities: Scores
    rooms: Scores
    fresh: npt.NDArray[np.bool_]

    def __post_init__(self) -> None:
        if len(set(zip(self.needs, self.outcomes, strict=True))) < len(self.needs):
            raise UsageError("A pair is there twice.", hint="Give each pair once.")
        for name in ("values", "suitabilities", "rooms"):
            column: Scores = getattr(self, name)
            if not ((column >= 0) & (column <= 1)).all():
                raise UsageError(f"The {name} of pairs are 0 to 1.", field=name)

    def __len__(self) -> int:
        return len(self.needs)

    @property
    def scores(self) -> Scores:
        """float64[n]: value × suitability × room."""
        product: Scores = self.values * self.suitabilities * self.rooms
        return product

    def best_first(self) -> list[int]:
        """The places of the pairs whose score is above 0; equal scores by ids."""
        scores = self.scores
        above = np.flatnonzero(scores > 0).tolist()
        return sorted(above, key=lambda one: (-scores[one], self.needs[one], self.outcomes[one]))


@dataclass(frozen=True, slots=True)
class Row:
    """A pair in the list. parts: the factors of the score. position: from 1.

    propensity: the probability that a list of this day, made of these pairs, holds the pair: 1 for
    the best, which no draw keeps out, and for an explored one the share of the pool that was drawn.
    """

    need: str
    outcome: str
    score: float
    parts: Mapping[str, float]
    position: int
    propensity: float
    explored: bool


@dataclass(slots=True)
class _Limits:
    """What was taken so far of each need and outcome."""

    pairs: Pairs
    slots: Slots
    needs: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)

    def take(self, places: Iterable[int], most: int) -> list[int]:
        """The first `most` of the places that the limits admit, which count from now on."""
        taken: list[int] = []
        for place in places:
            if len(taken) == most:
                break
            if self._admits(place):
                self.needs[self.pairs.needs[place]] += 1
                self.outcomes[self.pairs.outcomes[place]] += 1
                taken.append(place)
        return taken

    def copy(self) -> _Limits:
        return _Limits(self.pairs, self.slots, Counter(self.needs), Counter(self.outcomes))

    def _admits(self, place: int) -> bool:
        need, outcome = self.pairs.needs[place], self.pairs.outcomes[place]
        room = self.needs[need] < self.slots.per_need
        return room and self.outcomes[outcome] < self.slots.per_outcome


def compose(pairs: Pairs, slots: Slots, seed: str) -> tuple[Row, ...]:
    """The list, in its order. seed: the same one and the same pairs make the same list.

    Shorter than asked for where there are too few pairs.
    """
    order, limits = pairs.best_first(), _Limits(pairs, slots)
    best = limits.take(order, slots.count - slots.exploring)
    rest = [place for place in order if place not in set(best)]
    pool = _pool(pairs, rest, limits)
    drawn = _drawn(pairs, pool, slots.exploring, seed)
    limits.take(drawn, len(drawn))
    # Fewer could be explored than wanted, so that all of the pool is in: the next best fill up.
    left = [place for place in rest if place not in set(drawn)]
    best += limits.take(left, slots.count - len(best) - len(drawn))
    share = len(drawn) / len(pool) if pool else 1.0
    return tuple(_rows(pairs, _mixed(best, drawn, seed), set(drawn), share))


def _pool(pairs: Pairs, rest: Iterable[int], limits: _Limits) -> list[int]:
    """What may be explored: any choice of these keeps to the limits, so that all are alike."""
    floor = limits.slots.floor
    fresh = [place for place in rest if pairs.fresh[place] and pairs.values[place] >= floor]
    return limits.copy().take(fresh, len(fresh))


def _drawn(pairs: Pairs, pool: Iterable[int], count: int, seed: str) -> list[int]:
    """`count` of the pool, each choice as likely: those that drew the smallest numbers."""
    key = {place: _number(seed, pairs.needs[place], pairs.outcomes[place]) for place in pool}
    return sorted(key, key=lambda place: (key[place], place))[:count]


def _mixed(best: list[int], drawn: list[int], seed: str) -> list[int]:
    """The best in their order, and after the first of them the drawn ones, in slots drawn by
    chance: over positions far apart, from which position bias is learned."""
    total, first = len(best) + len(drawn), min(1, len(best))
    dice = np.random.default_rng(_number(seed))
    explored = set((first + dice.choice(total - first, len(drawn), replace=False)).tolist())
    known, unknown = iter(best), iter(drawn)
    return [next(unknown if slot in explored else known) for slot in range(total)]


def _number(*words: str) -> int:
    """A number of 64 bits that the words decide; any two lists of words have different ones."""
    told = "".join(f"{len(word)}:{word}" for word in words).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(told, digest_size=_WORD).digest(), "big")


def _rows(pairs: Pairs, places: list[int], drawn: set[int], share: float) -> Iterable[Row]:
    scores = pairs.scores
    for position, place in enumerate(places, start=1):
        parts = {
            PAIR: float(pairs.values[place]),
            SUITABILITY: float(pairs.suitabilities[place]),
            ROOM: float(pairs.rooms[place]),
        }
        explored = place in drawn
        yield Row(
            pairs.needs[place],
            pairs.outcomes[place],
            float(scores[place]),
            parts,
            position,
            share if explored else 1.0,
            explored,
        )
