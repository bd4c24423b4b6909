"""The shown lists that a ranker learns from: the newest ones of which something came."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from matcher.recommend.feedback import Feedback, Impressions, Judgements

LAST_POSITION = 100
"""Rows further down are left out: few people look so far, and features cost time."""
_NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """`n` rows of shown lists, the lists in order of time and each in its own order.

    places: int64[n], where each stands in the impressions. lists: int64[n], the numbers that the
    lists have there, never falling. gains: float32[n] in [-1, 1], what came of it. reasons:
    int8[n], the place of a decline's reason in DeclineReason, -1 without one. explored,
    positions, propensities: as of the impressions.
    """

    places: npt.NDArray[np.int64]
    lists: npt.NDArray[np.int64]
    gains: npt.NDArray[np.float32]
    reasons: npt.NDArray[np.int8]
    explored: npt.NDArray[np.bool_]
    positions: npt.NDArray[np.int32]
    propensities: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.places)

    def where(self, kept: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> Rows:
        """The rows of a mask, or these rows."""
        return replace(self, **{each.name: getattr(self, each.name)[kept] for each in fields(self)})


def learning_rows(feedback: Feedback, most: int, seed: int = 0) -> Rows:
    """The rows of up to `most` lists in which at least one row has a grade that isn't 0."""
    return rows_at(feedback, newest(feedback, most, seed))


def newest(
    feedback: Feedback, most: int, seed: int = 0, *, fruitless: bool = False
) -> npt.NDArray[np.int64]:
    """The places of the rows of such lists, ascending; fruitless: of lists of which nothing came,
    too.

    The newest lists come first; of the last day for which there is room, some are drawn. Nothing
    shown, or nothing come of it, is no rows. Something comes of the last time that a need and an
    outcome were shown to a manager: the times before are left out, since they tell neither that it
    was wanted there nor that it wasn't.
    """
    shown = feedback.impressions
    near = np.flatnonzero((shown.positions <= LAST_POSITION) & decided(shown))
    lists, first = np.unique(shown.lists[near], return_index=True)
    told = np.isin(lists, shown.lists[near][shown.grades[near] != 0]) | fruitless
    kept = _newest(lists[told], shown.days[near][first[told]], most, seed)
    return np.asarray(near[np.isin(shown.lists[near], kept)])


def rows_at(feedback: Feedback, places: npt.NDArray[np.int64]) -> Rows:
    """The rows at these places of the impressions, which ascend."""
    rows = feedback.impressions.where(places)
    return Rows(
        places,
        rows.lists,
        rows.grades,
        _reasons(rows, feedback.judgements),
        rows.explored,
        rows.positions,
        rows.propensities,
    )


def decided(shown: Impressions) -> npt.NDArray[np.bool_]:
    """bool[n]: all but the earlier times that something was shown of which something came."""
    kept = np.ones(len(shown), bool)
    acted = np.flatnonzero(shown.grades != 0)
    triples = np.column_stack([shown.needs, shown.outcomes, shown.managers])[acted]
    # The rows are in order of time, so that backwards the last time is the first.
    _, last = np.unique(triples[::-1], axis=0, return_index=True)
    kept[acted] = False
    kept[acted[::-1][last]] = True
    return kept


def _newest(
    lists: npt.NDArray[np.int64], days: npt.NDArray[np.int32], most: int, seed: int
) -> npt.NDArray[np.int64]:
    """Up to `most` of the lists, by day and, on one day, by lot."""
    lots = np.random.default_rng(seed).permutation(len(lists))
    return lists[np.lexsort((lots, -days))[: max(most, 0)]]


def _reasons(rows: Impressions, judgements: Judgements) -> npt.NDArray[np.int8]:
    """The reasons of the very need, outcome and manager; of several judgements the last counts."""
    order = np.argsort(judgements.days, kind="stable")
    known = judgements.where(order)
    reasons = dict(zip(_triples(known), known.reasons.tolist(), strict=True))
    return np.fromiter((reasons.get(row, _NONE) for row in _triples(rows)), np.int8, len(rows))


def _triples(rows: Impressions | Judgements) -> list[tuple[int, int, int]]:
    parties = (rows.needs, rows.outcomes, rows.managers)
    return list(zip(*(each.tolist() for each in parties), strict=True))
