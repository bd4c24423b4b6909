"""Kinds of judged pairs that are measured apart: warm, cold on a side, crossing languages."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.evaluate.pairs import Mask, Pairs

Languages = Mapping[str, frozenset[str]]
"""Id → the languages it is written in or spoken by."""


def known_askers(train: Pairs, test: Pairs) -> Mask:
    """bool[test]: pairs whose asker has a positive judgement in `train`."""
    return np.isin(test.askers, train.askers[train.positive])


def known_candidates(train: Pairs, test: Pairs) -> Mask:
    """bool[test]: pairs whose candidate has a positive judgement in `train`."""
    return np.isin(test.candidates, train.candidates[train.positive])


def warm(train: Pairs, test: Pairs) -> Mask:
    """bool[test]: pairs whose two sides have a positive judgement in `train`."""
    return known_askers(train, test) & known_candidates(train, test)


def cross_language(test: Pairs, askers: Languages, candidates: Languages) -> Mask:
    """bool[test]: pairs without a language in common.

    A pair with a side whose languages aren't known is not among them.
    """
    nothing: frozenset[str] = frozenset()
    return np.array(
        [
            _apart(askers.get(asker, nothing), candidates.get(candidate, nothing))
            for asker, candidate in test.names()
        ],
        dtype=np.bool_,
    )


def translated(
    test: Pairs, askers: Languages, candidates: Languages, source: str, target: str
) -> Mask:
    """bool[test]: pairs whose asker is in the language `source` alone, and whose candidate is in
    `target` alone."""
    nothing: frozenset[str] = frozenset()
    return np.array(
        [
            askers.get(asker, nothing) == {source}
            and candidates.get(candidate, nothing) == {target}
            for asker, candidate in test.names()
        ],
        dtype=np.bool_,
    )


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and one.isdisjoint(other))
