"""Whom a model would show: exposure over all who could have been in a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from matcher.domain.enums import Noun
from matcher.evaluate.fairness import Spread, coverage, exposures, gini, share
from matcher.evaluate.metrics import Floats, Run
from training.platform_split import Split

PLACES = 10
"""Places of a list that somebody sees."""


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """What each of `ids` was shown, float64[ids], 0 for those in no list.

    fresh: the ids that had just come. lists: how many were counted.
    """

    noun: Noun
    ids: tuple[str, ...]
    shown: Floats
    fresh: frozenset[str]
    lists: int


def exposure(run: Run, noun: Noun, split: Split) -> Exposure:
    """The exposure by the first `PLACES` of each list, over everything alive of a noun."""
    ids = tuple(sorted(split.alive[noun]))
    at = {id_: place for place, id_ in enumerate(ids)}
    rows = [
        (at[candidate], position)
        for ranking in run.values()
        for position, (candidate, _) in enumerate(ranking[:PLACES], start=1)
    ]
    parties, positions = np.array(rows, np.int64).reshape(-1, 2).T
    fresh = split.fresh[noun]
    return Exposure(noun, ids, exposures(parties, positions, len(ids)), fresh, len(run))


def merged(found: Iterable[Exposure]) -> dict[Noun, Exposure]:
    """The exposures of all directions of one split, added up by noun."""
    by_noun: dict[Noun, Exposure] = {}
    for each in found:
        known = by_noun.get(each.noun)
        by_noun[each.noun] = _added(known, each) if known else each
    return by_noun


def _added(one: Exposure, other: Exposure) -> Exposure:
    return replace(one, shown=one.shown + other.shown, lists=one.lists + other.lists)


def fairness(found: Exposure) -> Mapping[str, Spread]:
    """exposure_gini, coverage, fresh_shown and fresh_exposure, each with the noun after a dot.

    Nothing where nobody was shown; the last two only where something had just come.
    """
    if not found.shown.any():
        return {}
    fresh = np.array([id_ in found.fresh for id_ in found.ids], dtype=np.bool_)
    figures = {"exposure_gini": gini(found.shown), "coverage": coverage(found.shown)}
    if fresh.any():
        figures["fresh_shown"] = coverage(found.shown, fresh)
        figures["fresh_exposure"] = share(found.shown, fresh)
    return {f"{name}.{found.noun.value}": figure for name, figure in figures.items()}
