"""Pairs of rows of one list of which one went further than the other, few enough to learn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Column = npt.NDArray[np.float64]

MOST_EACH = 50
"""Pairs that are drawn for one row that was acted upon."""
MOST_PAIRS = 1_000_000
"""Pairs in all, or one for each row that was acted upon where those are more."""


@dataclass(frozen=True, slots=True, eq=False)
class Preferences:
    """Row better[m] went further than row worse[m] of its list; weights: float64[m] > 0.

    labels: the rows acted upon that the pairs come from.
    """

    better: Rows
    worse: Rows
    weights: Column
    labels: int


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """Of each row acted upon (`own`), the rows it is compared with: from `low` to before `high`.

    All are places in the rows sorted by list and gain.
    """

    own: Rows
    low: Rows
    high: Rows


def draw(
    lists: npt.NDArray[np.integer],
    gains: npt.NDArray[np.floating],
    weights: Column,
    *,
    says: Column | None = None,
    seed: int = 0,
) -> Preferences:
    """Pairs with different gains, by the rows that were acted upon.

    A row with a gain above 0 is compared with all below it, a declined one with those above it that
    aren't above 0, so no pair comes twice. Of many, 50 are drawn, evenly over the gains. A pair
    weighs weights[better] · says[worse] · the difference of gains, divided by the number of pairs
    of its row: a row counts once, in a long list as in a short one. Pairs without weight are left
    out. says: 1 by default.
    """
    order = np.lexsort((gains, lists))
    spans = _spans(np.asarray(lists)[order], np.asarray(gains)[order])
    own, other = _drawn(spans, np.random.default_rng(seed))
    own, other = order[own], order[other]
    up = gains[own] > 0
    better, worse = np.where(up, own, other), np.where(up, other, own)
    far = gains[better].astype(np.float64) - gains[worse]
    weighed = weights[better] * far * (1.0 if says is None else says[worse])
    kept = weighed > 0
    counts = np.bincount(own[kept], minlength=len(order))
    shared = weighed[kept] / counts[own[kept]]
    return Preferences(better[kept], worse[kept], shared, int(np.count_nonzero(counts)))


def _spans(lists: npt.NDArray[np.integer], gains: npt.NDArray[np.floating]) -> _Spans:
    """What the rows, sorted by list and gain, are compared with."""
    new_list = np.diff(lists, prepend=lists[:1] - 1) != 0
    list_first, list_end = _blocks(new_list)
    gain_first, gain_end = _blocks(new_list | (np.diff(gains, prepend=gains[:1]) != 0))
    positives = np.concatenate([[0], np.cumsum(gains > 0)])
    first_positive = list_end - (positives[list_end] - positives[list_first])
    low = np.where(gains > 0, list_first, gain_end)
    high = np.where(gains > 0, gain_first, first_positive)
    own = np.flatnonzero((gains != 0) & (high > low))
    return _Spans(own, low[own], high[own])


def _blocks(new: npt.NDArray[np.bool_]) -> tuple[Rows, Rows]:
    """Where the block of each row begins and ends; `new` marks the first row of each."""
    starts = np.flatnonzero(new)
    sizes = np.diff(starts, append=len(new))
    return np.repeat(starts, sizes), np.repeat(starts + sizes, sizes)


def _drawn(spans: _Spans, random: np.random.Generator) -> tuple[Rows, Rows]:
    """The pairs of each span: all of a short one, else one of each of as many equal stretches."""
    counts = spans.high - spans.low
    each = min(MOST_EACH, max(1, MOST_PAIRS // max(1, len(counts))))
    sizes = np.minimum(counts, each)
    group = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    stretch = (counts / np.maximum(sizes, 1))[group]
    inside = np.floor((place + random.random(len(group))) * stretch).astype(np.int64)
    return spans.own[group], spans.low[group] + np.minimum(inside, counts[group] - 1)
