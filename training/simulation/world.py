"""A synthetic platform whose truth is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import Noun
from matcher.errors import UsageError
from training.simulation.drawing import (
    draw_managers,
    draw_needs,
    draw_organisations,
    draw_outcomes,
)
from training.simulation.population import (
    Listed,
    Managers,
    Needs,
    Organisations,
    Outcomes,
    Topical,
)
from training.simulation.size import MONTH, Size
from training.simulation.truth import (
    Array,
    Floats,
    ManagerWeights,
    PairWeights,
    distance,
    nearness,
    overrun,
    probability,
    topic_match,
    trl_gap,
)

SYNTHETIC = "synthetic"
"""The source of every record, and what names anything that comes of them."""

START = dt.date(2026, 1, 1)
PREFIXES = {Noun.OUTCOME: "o", Noun.NEED: "n", Noun.MANAGER: "m", Noun.ORGANISATION: "g"}
_BEST_GRADE = 2


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """All that is so, whether a record tells it or not. Rows count from 0, days are ordinals."""

    size: Size
    seed: int
    start: dt.date
    organisations: Organisations
    outcomes: Outcomes
    needs: Needs
    managers: Managers
    pair_weights: PairWeights
    manager_weights: ManagerWeights

    @classmethod
    def make(
        cls,
        size: Size,
        seed: int,
        start: dt.date = START,
        pair_weights: PairWeights | None = None,
        manager_weights: ManagerWeights | None = None,
    ) -> Self:
        """Draw a platform; the same arguments draw the same one.

        start: the first day; it shifts all days and changes nothing else. Raises UsageError for a
        seed below 0.
        """
        if seed < 0:
            raise UsageError(f"{seed} is no seed.", field="seed", hint="Take 0 or more.")
        rng, day = np.random.default_rng(seed), start.toordinal()
        organisations = draw_organisations(rng, size.organisations)
        return cls(
            size=size,
            seed=seed,
            start=start,
            organisations=organisations,
            outcomes=draw_outcomes(rng, size, day, organisations),
            needs=draw_needs(rng, size, day, organisations),
            managers=draw_managers(rng, size, day, organisations),
            pair_weights=pair_weights or PairWeights(),
            manager_weights=manager_weights or ManagerWeights(),
        )

    @property
    def end(self) -> dt.date:
        """The day after the last one."""
        return self.start + dt.timedelta(days=self.size.days)

    def month(self, number: int) -> range:
        """The days of a month, which count from 0."""
        first = self.start.toordinal() + number * MONTH
        return range(first, first + MONTH)

    def ids(self, noun: Noun) -> tuple[str, ...]:
        """The ids by row. Raises KeyError for a noun without rows here."""
        return tuple(id_of(noun, row) for row in range(self.count(noun)))

    def count(self, noun: Noun) -> int:
        """How many there are."""
        return len(self.organisations if noun is Noun.ORGANISATION else self.party(noun))

    def party(self, noun: Noun) -> Topical:
        """The outcomes, needs or managers. Raises KeyError for another noun."""
        return {
            Noun.OUTCOME: self.outcomes,
            Noun.NEED: self.needs,
            Noun.MANAGER: self.managers,
        }[noun]

    def alive(self, noun: Noun, day: int | Array) -> npt.NDArray[np.bool_]:
        """Which outcomes, needs or managers are there and not expired on a day."""
        return self.alive_rows(noun, np.arange(self.count(noun)), day)

    def alive_rows(self, noun: Noun, rows: Array, days: int | Array) -> npt.NDArray[np.bool_]:
        """The same for rows, each on its day."""
        party = self.party(noun)
        there = np.asarray(party.created[rows] <= days, bool)
        return there & (party.expires[rows] >= days) if isinstance(party, Listed) else there

    def pair_costs(self, needs: Array, outcomes: Array, days: int | Array | None = None) -> Floats:
        """What is wrong with each pair: float64[n, causes], columns of Cause.

        Without days nothing is stale.
        """
        n, o = self.needs, self.outcomes
        stale = 0.0 if days is None else o.stale_from[outcomes] <= days
        columns: tuple[Any, ...] = (
            1 - topic_match(*_mixture(n, needs), *_mixture(o, outcomes)),
            distance(n.schools[needs], o.schools[outcomes]),
            1 - o.quality[outcomes],
            trl_gap(o.trl[outcomes], n.min_trl[needs]),
            1 - nearness(n.regions[needs], o.regions[outcomes]),
            overrun(o.price[outcomes], n.budget[needs]),
            1 - o.detail[outcomes],
            stale,
        )
        return _table(columns, len(needs)) * self.pair_weights.row()

    def pair_truth(self, needs: Array, outcomes: Array, days: int | Array | None = None) -> Floats:
        """The probability that a suitable manager takes up each pair: float64[n] in (0, 1)."""
        return probability(self.pair_weights.ideal, self.pair_costs(needs, outcomes, days))

    def manager_costs(self, managers: Array, needs: Array, outcomes: Array) -> Floats:
        """What each manager lacks for each pair: float64[n, lacks], columns of Lack."""
        m, n, o = self.managers, self.needs, self.outcomes
        own, spoken = _mixture(m, managers), m.languages[managers]
        match = topic_match(*own, *_mixture(n, needs)) + topic_match(*own, *_mixture(o, outcomes))
        both = ((spoken & n.languages[needs]) > 0) & ((spoken & o.languages[outcomes]) > 0)
        columns = (
            1 - match / 2,
            distance(m.schools[managers], o.schools[outcomes]),
            ~both,
            1 - nearness(m.regions[managers], n.regions[needs]),
            1 - m.grades[managers] / _BEST_GRADE,
        )
        return _table(columns, len(managers)) * self.manager_weights.row()

    def manager_truth(self, managers: Array, needs: Array, outcomes: Array) -> Floats:
        """The probability that each manager takes up a perfect pair of these topics."""
        costs = self.manager_costs(managers, needs, outcomes)
        return probability(self.manager_weights.ideal, costs)

    def responsiveness(self, needs: Array, outcomes: Array) -> Floats:
        """How readily the two organisations of each pair answer, in [0, 1]."""
        answers = self.organisations.responsiveness
        asking = answers[self.needs.organisations[needs]]
        offering = answers[self.outcomes.organisations[outcomes]]
        return np.asarray((asking + offering) / 2, np.float64)


def id_of(noun: Noun, row: int) -> str:
    """The id of a row: in the order of rows, as ids are compared."""
    return f"sim-{PREFIXES[noun]}{row:07d}"


def _mixture(party: Topical, rows: Array) -> tuple[Array, Array]:
    return party.topics[rows], party.shares[rows]


def _table(columns: tuple[Any, ...], count: int) -> Floats:
    table = np.empty((count, len(columns)))
    for place, column in enumerate(columns):
        table[:, place] = column
    return table
