"""Strong, possible, weak: what a score means while outcomes are too few to call it a likelihood."""

from __future__ import annotations

from enum import StrEnum

from matcher.recommend.recipe import Bands


class Band(StrEnum):
    """How much of what the query asks a candidate speaks of."""

    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"


def band(strength: float, terms: int | None, bands: Bands) -> Band:
    """The band of a pair by its strength and the number of terms that a person sees in both texts.

    The strength is the mean of two: the share of the query's concept weight that the candidate's
    best text covers, and the cosine of their contents. Vectors learned from a handful of texts
    find everything alike, so without a term a pair is weak, and one term makes it possible at
    most; `terms` is None for a query without text. A score can't tell any of this: it is relative
    to the best candidate, and the best may be bad.
    """
    if strength < bands.possible or terms == 0:
        return Band.WEAK
    return Band.STRONG if strength >= bands.strong and terms != 1 else Band.POSSIBLE
