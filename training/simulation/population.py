"""Who and what is on a synthetic platform, as arrays: what their records tell and what is hidden.

A row is an organisation, outcome, need or manager. Days are ordinals. A vector of `DIMENSIONS`
called a school has length 1 and stands in no record: it is how they go about things.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.int32]
Small = npt.NDArray[np.int8]

DIMENSIONS = 3
"""Of a school: few enough to be learned from a handful of interactions."""

TOPICS_OF_AN_ITEM = 3
ZH, EN = 1, 2
"""Bits of `languages`."""

NOT_STATED = 0
"""A price, budget or least TRL that there is none of."""

NO_END = np.iinfo(np.int32).max
"""The day that never comes."""


@dataclass(frozen=True, slots=True, eq=False)
class Topical:
    """Rows with topics. topics: int16[n, 3], all different; shares: float32[n, 3], of length 1.

    schools: float32[n, DIMENSIONS], hidden. organisations: rows of `Organisations`.
    regions: codes of prefectures. languages: bits of ZH and EN. created: the day of arrival.
    """

    topics: npt.NDArray[np.int16]
    shares: Floats
    schools: Floats
    organisations: Codes
    regions: Codes
    languages: Small
    created: Codes

    def __len__(self) -> int:
        return len(self.created)


@dataclass(frozen=True, slots=True, eq=False)
class Listed(Topical):
    """What is listed for others to find.

    detail: in [0, 1], how much is written. updated: the day of the last edit, at most `created`.
    expires: the last day of validity, NO_END without one.
    """

    detail: Floats
    updated: Codes
    expires: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes(Listed):
    """price: yuan. quality, fame (how often it is looked at) and stale_from (a day) are hidden."""

    trl: Small
    price: npt.NDArray[np.int64]
    quality: Floats
    fame: Floats
    stale_from: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Needs(Listed):
    """min_trl: the least TRL asked for. budget: yuan."""

    min_trl: Small
    budget: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Managers(Topical):
    """grades: places in Grade. Their school is what they are skilled at."""

    grades: Small
    capacity: npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Organisations:
    """kinds: holder, enterprise or agency (HOLDER …). responsiveness: in [0, 1], hidden."""

    kinds: Small
    regions: Codes
    schools: Floats
    responsiveness: Floats

    def __len__(self) -> int:
        return len(self.kinds)


HOLDER, ENTERPRISE, AGENCY = 0, 1, 2
"""Kinds of organisation: who owns outcomes, has needs, employs managers."""


def unit(vectors: npt.NDArray[Any]) -> Floats:
    """The rows scaled to length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
