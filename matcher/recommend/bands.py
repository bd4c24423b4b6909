"""Strong, possible, weak: what a score means while outcomes are too few to call it a likelihood."""

from __future__ import annotations

from enum import StrEnum

from matcher.recommend.recipe import Bands


class Band(StrEnum):
    """How much of what the query asks a candidate speaks of."""

    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"


def band(strength: float, bands: Bands) -> Band:
    """The band of a strength.

    That is the mean of two: the share of the query's concept weight that the candidate's best text
    covers, and the cosine of their contents.
    A score can't tell this: it is relative to the best candidate, and the best may be bad.
    """
    if strength >= bands.strong:
        return Band.STRONG
    return Band.POSSIBLE if strength >= bands.possible else Band.WEAK
