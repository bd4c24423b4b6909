"""How records fared with those who looked at them: what no text says, such as a dead listing.

A record that many looked at and nobody wanted is wanted less by the next one, too. The rate at
which it was taken up is drawn to the mean of all as long as few looked, so that luck with the first
two says little. How strongly follows from how much the records differ (empirical Bayes with a
beta-binomial model: Casella, "An Introduction to Empirical Bayes Data Analysis", 1985).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from scipy.special import betaln

from matcher.domain.enums import DeclineReason as Reason
from matcher.domain.enums import Noun
from matcher.recommend.feedback import ACCEPTED, NOBODY, Feedback, Impressions, Judgements
from matcher.resources import library

UNKNOWN = 0.5
"""Of a record of which nothing is known: it fares as the mean."""
USUAL_STRENGTH, SPREAD = 3.0, 1.0
"""How many looks the mean of all is worth before anything is known, and the standard deviation of
its logarithm."""
_STRENGTHS = (0.3, 100.0)
_MOST_ACTS = 0.95
# Of a share: a beta distribution has none that is nothing.
_HARDLY = 1e-9
UNTOUCHED = 0.2
"""What a look that led to nothing counts beside a decline that blames the record: many are only
put off."""

_Floats = npt.NDArray[np.float64]
_PARTIES = (Noun.OUTCOME, Noun.NEED, Noun.MANAGER)

_optimize = library("scipy.optimize")

BLAMED: Mapping[Reason, tuple[float, float, float]] = MappingProxyType(
    {
        Reason.TOO_EARLY: (0.5, 0.1, 0),
        Reason.BENEFIT_UNCLEAR: (1, 0.1, 0),
        Reason.COMMERCIAL_ROUTE_UNCLEAR: (1, 0.1, 0),
        Reason.DESCRIPTION_UNCLEAR: (1, 0.3, 0),
        Reason.SCIENTIFIC_OBJECTION: (0.7, 0.1, 0),
        Reason.PRICE: (0.5, 0.3, 0),
        Reason.IP_PROBLEM: (1, 0, 0),
        Reason.REGION: (0.1, 0.1, 0.1),
        Reason.NOT_STRATEGIC: (0.1, 0.3, 0.1),
        Reason.NO_CAPACITY: (0, 0, 1),
        Reason.CONFLICT_OF_INTEREST: (0, 0, 0),
        Reason.ALREADY_IN_CONTACT: (0, 0, 0),
        Reason.STALE_LISTING: (1, 0.1, 0),
        Reason.OTHER: (0.3, 0.3, 0.3),
    }
)
"""How much a decline blames the outcome, the need and the manager: see docs/feedback.md."""
_UNEXPLAINED = BLAMED[Reason.OTHER]


def uptakes(feedback: Feedback, noun: Noun, examined: _Floats) -> _Floats:
    """float64[ids of the noun] in (0, 1): how each fared; UNKNOWN is as the mean, 1 far better.

    The odds of being taken up over the odds of the mean, as odds of the result. examined:
    float64[impressions] in [0, 1], the probability that each was looked at.
    """
    count = len(feedback.ids[noun])
    taken, refused = _judged(feedback.judgements, noun, count)
    looked = _looked(examined, feedback.impressions.grades != 0)
    lost = refused + UNTOUCHED * _untouched(feedback.impressions, noun, looked, count)
    if not taken.sum() or not lost.sum():
        return np.full(count, UNKNOWN)
    # As (taken + strength · mean) / (lost + strength · (1 - mean)) over mean / (1 - mean), but also
    # where hardly anything was lost and the mean is 1 but for rounding.
    looks = taken.sum() + lost.sum()
    strength = fit_strength(taken, lost)
    for_it, against = (each / each.sum() * looks + strength for each in (taken, lost))
    odds = for_it / against
    return np.asarray(odds / (1 + odds), np.float64)


def fit_strength(taken: _Floats, lost: _Floats) -> float:
    """How many looks the mean of all is worth, the fewer the more the records differ.

    taken, lost: float64[n] ≥ 0, looks that were for a record and against it, some of each. The most
    likely number under a log-normal prior around the usual one.
    """
    looks = taken.sum() + lost.sum()
    mean, rest = (max(each.sum() / looks, _HARDLY) for each in (taken, lost))

    def surprise(log_strength: float) -> float:
        strength = np.exp(log_strength)
        good, bad = strength * mean, strength * rest
        likely = betaln(taken + good, lost + bad) - betaln(good, bad)
        away = (log_strength - np.log(USUAL_STRENGTH)) / SPREAD
        return float(away**2 / 2 - likely.sum())

    found = _optimize.minimize_scalar(surprise, bounds=np.log(_STRENGTHS), method="bounded")
    return float(np.exp(found.x))


def _judged(known: Judgements, noun: Noun, count: int) -> tuple[_Floats, _Floats]:
    """How often each was taken up, and how much it was blamed."""
    column = _PARTIES.index(noun)
    # The last entry is for no reason, whose place is -1.
    blame = np.array([*(BLAMED[reason][column] for reason in Reason), _UNEXPLAINED[column]])
    party = known.party(noun)
    there = party != NOBODY
    good = there & (known.grades > 0)
    bad = there & (known.grades < 0)
    # What says less than that somebody took it up, such as a view elsewhere, counts as much less.
    worth = np.minimum(known.grades[good].astype(np.float64) / ACCEPTED, 1.0)
    taken = _counted(party[good], worth, count)
    return taken, _counted(party[bad], blame[known.reasons[bad]], count)


def _looked(examined: _Floats, acted: npt.NDArray[np.bool_]) -> _Floats:
    """float64[n]: the probability that a row was looked at, given that nobody touched it.

    Bayes: who looks acts with a probability that is the same at every position, so that silence
    tells the more against a look the likelier that is.
    """
    looks = examined.sum()
    acts = min(float(acted.sum() / looks), _MOST_ACTS) if looks > 0 else 0.0
    return np.asarray(examined * (1 - acts) / (1 - examined * acts), np.float64)


def _untouched(shown: Impressions, noun: Noun, examined: _Floats, count: int) -> _Floats:
    """How often each was looked at without anything coming of it, as far as that can be told."""
    party = shown.party(noun)
    there = (party != NOBODY) & (shown.grades == 0)
    return _counted(party[there], examined[there], count)


def _counted(party: npt.NDArray[np.int32], weights: _Floats, count: int) -> _Floats:
    return np.bincount(party, weights, count).astype(np.float64)
