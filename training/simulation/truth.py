"""The truth of a synthetic platform: what a pair lacks, and how likely it is to be taken up.

A cause costs points of a logit; an ideal pair has no cost. All functions are pure and take arrays
of one length, a row for each pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from training.simulation.population import NOT_STATED

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]

LARGEST_GAP = 4
"""Levels of TRL short of what is asked for; more is no worse."""
LARGEST_OVERRUN = 3
"""Doublings of the budget; more is no worse."""


class Cause(IntEnum):
    """What may be wrong with a need and an outcome: the columns of their costs."""

    TOPIC = 0
    SCHOOL = 1
    QUALITY = 2
    TRL = 3
    REGION = 4
    PRICE = 5
    DETAIL = 6
    STALE = 7


@dataclass(frozen=True, slots=True)
class PairWeights:
    """What each cause costs at its worst, in points of the logit; ideal: of a pair without any.

    Two costs may be larger or less than nothing: schools that are opposite cost twice as much,
    and a quality above 1 makes up for other things.
    """

    ideal: float = 4.0
    topic: float = 6.0
    school: float = 1.5
    quality: float = 1.0
    trl: float = 2.5
    region: float = 0.8
    price: float = 2.5
    detail: float = 0.6
    stale: float = 4.0

    def row(self) -> Floats:
        """The weights in the order of Cause."""
        return np.array([getattr(self, cause.name.lower()) for cause in Cause])


class Lack(IntEnum):
    """What a manager may lack for a pair: the columns of their costs."""

    TOPIC = 0
    SKILL = 1
    LANGUAGE = 2
    REGION = 3
    GRADE = 4


@dataclass(frozen=True, slots=True)
class ManagerWeights:
    """What each lack costs at its worst, in points of the logit; opposite skills twice as much."""

    ideal: float = 3.0
    topic: float = 4.0
    skill: float = 1.0
    language: float = 1.5
    region: float = 0.6
    grade: float = 0.6

    def row(self) -> Floats:
        """The weights in the order of Lack."""
        return np.array([getattr(self, lack.name.lower()) for lack in Lack])


def probability(ideal: float, costs: Array) -> Floats:
    """The logistic function of what is left of `ideal`. costs: float[n, causes]."""
    return np.asarray(expit(ideal - costs.sum(axis=1)), np.float64)


def topic_match(topics: Array, shares: Array, others: Array, other_shares: Array) -> Floats:
    """The cosine of two mixtures of topics, in [0, 1]."""
    matched = np.zeros(len(topics))
    for place in range(topics.shape[1]):
        same = topics[:, place, None] == others
        matched += shares[:, place] * (same * other_shares).sum(axis=1)
    return np.clip(matched, 0.0, 1.0)


def distance(schools: Array, others: Array) -> Floats:
    """1 − the cosine of two vectors of length 1: from 0, the same, to 2, opposite."""
    cosine = np.einsum("ij,ij->i", schools, others, dtype=np.float64)
    return np.asarray(1 - np.clip(cosine, -1, 1), np.float64)


def trl_gap(trl: Array, min_trl: Array) -> Floats:
    """How far a TRL falls short of what is asked for, in [0, 1]; 0 where nothing is asked."""
    short = np.clip(min_trl.astype(int) - trl, 0, LARGEST_GAP)
    return np.where(min_trl == NOT_STATED, 0.0, short / LARGEST_GAP)


def overrun(price: Array, budget: Array) -> Floats:
    """How far a price exceeds a budget, in [0, 1]; 0 where one of them isn't stated."""
    stated = (price != NOT_STATED) & (budget != NOT_STATED)
    doublings = np.log2(np.where(stated, price, 1) / np.where(stated, budget, 1))
    return np.clip(doublings, 0, LARGEST_OVERRUN) / LARGEST_OVERRUN


def nearness(regions: Array, others: Array) -> Floats:
    """As `matcher.domain.regions.proximity`, for codes of prefectures."""
    near = np.where(regions // 100_000 == others // 100_000, 0.2, 0.0)
    near = np.where(regions // 10_000 == others // 10_000, 0.6, near)
    return np.where(regions == others, 1.0, near)
