"""The linear program of a docking plan: pairs to managers for the most value, solved by HiGHS.

Each pair flows to one manager at most, and limits on needs or on outcomes are groups of pairs: a
transportation problem, whose best vertex is whole (Hoffman and Kruskal 1956). Only limits on needs
and on outcomes together can cross; where they do and a solution comes out in fractions, it is
solved again over whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.errors import MatcherError
from matcher.resources import library

Whole = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]
Chosen = npt.NDArray[np.bool_]

_optimize = library("scipy.optimize")

_NEARLY = 1e-6
_DONE = 0


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """At most `most` pairs of each group. groups: int[pairs], the group of each pair from 0 up."""

    groups: Whole
    most: int


class Program:
    """All that may be chosen: entry i gives pair `pairs[i]` to manager `managers[i]`.

    values: float64[entries], above 0. least, most: int[managers]. The least quotas are met as far
    as they can be: what is missing over all managers is the least possible, and only then does
    value count.
    """

    def __init__(
        self,
        pairs: Whole,
        managers: Whole,
        values: Values,
        least: Whole,
        most: Whole,
        limits: Sequence[Limit] = (),
    ) -> None:
        self._values, self._least = values, np.minimum(least, most)
        self._loads = _incidence(managers, len(most))
        grouped = [_incidence(limit.groups[pairs], limit.groups.max() + 1) for limit in limits]
        single = _incidence(pairs, pairs.max() + 1)
        self._upper = sparse.vstack([single, *grouped, self._loads], format="csr")
        bounds = [
            np.full(each.shape[0], one.most) for each, one in zip(grouped, limits, strict=True)
        ]
        self._caps = np.concatenate([np.ones(single.shape[0]), *bounds, most]).astype(np.float64)
        self._missing = self._least_missing() if self._least.any() else 0

    def best(self, steps: Values | None = None) -> Chosen:
        """bool[entries]: the choice of the most value.

        steps: a bonus for the first, second … pair of every manager, falling; so the gain of one
        more pair shrinks with the load, and loads come nearer to each other.
        """
        steps = np.zeros(0) if steps is None else steps
        count = len(self._least)
        gains = np.concatenate([self._values, np.zeros(self._slacks), np.tile(steps, count)])
        return self._solved(-gains, len(steps))

    @property
    def _slacks(self) -> int:
        """A slack for each manager, where there are least quotas at all."""
        return len(self._least) if self._least.any() else 0

    def _least_missing(self) -> int:
        """How many pairs of the least quotas can't be had, whatever is chosen."""
        self._missing = int(self._least.sum())
        entries = len(self._values)
        chosen = self._solved(np.repeat([0.0, 1.0], [entries, self._slacks]), 0)
        return int(np.maximum(self._least - self._loads @ chosen, 0).sum())

    def _solved(self, costs: Values, steps: int) -> Chosen:
        rows, caps = self._rows(steps)
        entries = len(self._values)
        highest = np.repeat(
            [1.0, np.inf, 1.0], [entries, self._slacks, len(costs) - entries - self._slacks]
        )
        bounds = np.column_stack([np.zeros(len(costs)), highest])
        for whole in (0, 1):
            found = _optimize.linprog(
                costs, A_ub=rows, b_ub=caps, bounds=bounds, **_method(whole, entries, len(costs))
            )
            if found.status != _DONE:
                break
            amounts = found.x[:entries]
            if np.abs(amounts - np.rint(amounts)).max(initial=0) < _NEARLY:
                return np.asarray(amounts > 0.5)
        raise MatcherError(
            f"The plan couldn't be solved: {found.message}.",
            hint="Ask for fewer needs at once, and report it.",
        )

    def _rows(self, steps: int) -> tuple[sparse.csr_array, Values]:
        """What must not be exceeded. Columns: entries, slacks, steps of each manager in turn."""
        count, slacks, entries = len(self._least), self._slacks, len(self._values)
        width = count * steps
        rows = [_beside(self._upper, (slacks, width))]
        caps = [self._caps]
        if slacks:
            rows.append(_beside(-self._loads, -sparse.eye_array(count), (width,)))
            rows.append(sparse.coo_array(np.repeat([[0.0, 1.0, 0.0]], [entries, slacks, width], 1)))
            caps += [-self._least.astype(np.float64), np.array([float(self._missing)])]
        if steps:
            each = sparse.kron(sparse.eye_array(count), np.ones((1, steps)))
            rows.append(_beside(-self._loads, (slacks,), each))
            caps.append(np.zeros(count))
        return sparse.vstack(rows, format="csr"), np.concatenate(caps)


def _method(whole: int, entries: int, columns: int) -> dict[str, object]:
    """The simplex ends at a vertex; over whole numbers the gap must be closed entirely."""
    if not whole:
        return {"method": "highs-ds"}
    integrality = np.repeat([1, 0], [entries, columns - entries])
    return {"method": "highs", "integrality": integrality, "options": {"mip_rel_gap": 0.0}}


def _incidence(codes: Whole, count: int) -> sparse.csr_array:
    """float64[count, entries]: 1 where an entry has that code."""
    entries = np.arange(len(codes))
    return sparse.csr_array((np.ones(len(codes)), (codes, entries)), (int(count), len(codes)))


def _beside(*parts: sparse.sparray | tuple[int, ...]) -> sparse.csr_array:
    """The matrices side by side; a tuple stands for that many columns of zeros."""
    height = next(part.shape[0] for part in parts if not isinstance(part, tuple))
    whole = [
        sparse.csr_array((height, sum(part))) if isinstance(part, tuple) else part for part in parts
    ]
    return sparse.hstack(whole, format="csr")
