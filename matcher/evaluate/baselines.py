"""Rankings that know nothing of the texts, to stand beside: the popular ones, and chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from matcher.evaluate.metrics import Run
from matcher.evaluate.pairs import Pairs
from matcher.index.topk import kth_largest

Places = Mapping[str, int]
"""Asker → how many candidates to rank for it."""


def popularity(train: Pairs, places: Places, allowed: Iterable[str]) -> Run:
    """The same for every asker: candidates by the sum of their positive grades in `train`."""
    names = sorted(allowed)
    scores = on_names(popular(train), train.candidate_ids, names)
    ranking = top(names, scores, max(places.values(), default=0))
    return {asker: ranking[:wanted] for asker, wanted in places.items()}


def popular(train: Pairs) -> npt.NDArray[np.float32]:
    """float32[candidates]: the sum of the positive grades of each."""
    found = np.bincount(
        train.candidates, np.maximum(train.grades, 0), minlength=len(train.candidate_ids)
    )
    return found.astype(np.float32)


def chance(places: Places, allowed: Iterable[str], seed: int = 0) -> Run:
    """Candidates drawn at random for each asker, seeded."""
    names, rng = sorted(allowed), np.random.default_rng(seed)
    return {
        asker: [
            (names[place], 1 / rank)
            for rank, place in enumerate(
                rng.choice(len(names), min(wanted, len(names)), replace=False), start=1
            )
        ]
        for asker, wanted in sorted(places.items())
    }


def on_names(
    rows: npt.NDArray[np.float32], ids: tuple[str, ...], names: list[str]
) -> npt.NDArray[np.float32]:
    """The rows of these names, out of rows that are in order of `ids`; 0 for a name without."""
    at = {id_: place for place, id_ in enumerate(ids)}
    places = np.array([at.get(name, -1) for name in names], np.int64)
    found = np.zeros((len(names), *rows.shape[1:]), np.float32)
    found[places >= 0] = rows[places[places >= 0]]
    return found


def top(names: list[str], scores: npt.NDArray[np.float32], wanted: int) -> list[tuple[str, float]]:
    """The best of some names; of equals those that stand first in `names`."""
    if wanted < 1:
        return []
    reached = np.flatnonzero(scores >= kth_largest(scores, wanted))
    best = reached[np.argsort(-scores[reached], kind="stable")][:wanted]
    return [(names[place], float(scores[place])) for place in best]
