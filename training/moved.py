"""The needs for which two models find the most different things, and what each of them finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from matcher.bundle.library import Library
from matcher.domain.visibility import PUBLIC
from matcher.evaluate.overlap import average_overlap
from matcher.recommend.collections import Collections
from matcher.recommend.saving import open_collections
from matcher.text.encoders.registry import open_encoder
from training.held_out import ASKER, CANDIDATE, ranked, shared

DEPTH = 10
"""How many outcomes of a need are looked at."""
MOST_ASKED = 200
"""Needs that are asked; of more a sample, the same each time."""


@dataclass(frozen=True, slots=True)
class Moved:
    """overlap: average overlap of the two lists of ids, 1 where they are the same."""

    need: str
    overlap: float
    first: tuple[str, ...]
    second: tuple[str, ...]


def moved_most(library: Library, first: str, second: str, on: date, most: int) -> tuple[Moved, ...]:
    """Up to `most` needs whose first outcomes differ, the least alike first.

    Asked is what both models know and what is valid on that day. Raises NoModel, BrokenBundle,
    EncoderUnavailable.
    """
    if not most:
        return ()
    with library.in_use(first) as one, library.in_use(second) as two:
        left, right = (open_collections(lease.folder, open_encoder) for lease in (one, two))
        found = moved(left, right, on.toordinal())
    return found[:most]


def moved(left: Collections, right: Collections, on: int) -> tuple[Moved, ...]:
    """All of the needs asked whose lists differ.

    The lists are kept in a job's result, so only what everybody may know of is asked and found.
    """
    models = (left, right)
    askers = _sampled(sorted(shared(models, ASKER, on, audience=PUBLIC)))
    allowed = shared(models, CANDIDATE, on, audience=PUBLIC)
    one, other = (ranked(model, askers, allowed, on, DEPTH) for model in models)
    every = (_moved(asker, _ids(one[asker]), _ids(other[asker])) for asker in askers)
    return tuple(sorted((each for each in every if each.overlap < 1), key=_by_overlap))


def _moved(need: str, first: tuple[str, ...], second: tuple[str, ...]) -> Moved:
    """Two lists that end before `DEPTH` are compared down to the end of the longer one."""
    depth = max(len(first), len(second), 1)
    overlap = average_overlap(first, second, depth) if first or second else 1.0
    return Moved(need, round(overlap, 4), first, second)


def _ids(ranking: list[tuple[str, float]]) -> tuple[str, ...]:
    return tuple(id_ for id_, _ in ranking)


def _by_overlap(one: Moved) -> tuple[float, str]:
    return one.overlap, one.need


def _sampled(askers: list[str]) -> list[str]:
    if len(askers) <= MOST_ASKED:
        return askers
    places = np.random.default_rng(0).choice(len(askers), MOST_ASKED, replace=False)
    return [askers[place] for place in sorted(places.tolist())]
